import type { PolicyCode } from '@lianshu/pki';
import type { ProblemEntry } from '../platform/http/problem.ts';
import { entry, LAW, type Pair, refused } from './policy-sentence.ts';

const SIGN_AGAIN: Pair = ['請回到連署頁重新簽一次。', 'Go back to the signing page and sign once more.'];

const REPORT: Pair = [
  '請更新跨平台網頁元件（HiPKI）後再簽一次；若仍不行，請把這個代碼告訴客服。',
  'Update the card component (HiPKI) and sign once more; if it happens again, tell the help desk this code.',
];

/** Checks 1–10 of LIANSHU-VP/1: what was sent, for which case, and the shape of the electronic signature. */
export const ENVELOPE_SENTENCES = {
  E_FORMAT: refused(
    400,
    ['送來的資料格式不正確。', 'the data sent does not have the required form.'],
    SIGN_AGAIN,
  ),
  E_TOO_LARGE: refused(
    413,
    ['送來的簽章檔超過大小上限。', 'the signature file is larger than allowed.'],
    [
      '請確認上傳的是這次簽出的檔案，而不是其他檔案。',
      'Check that you uploaded the file you just signed, and not another one.',
    ],
  ),
  E_METHOD_DISABLED: refused(
    422,
    ['這種簽署方式目前不能用於本案連署。', 'this way of signing is not open for this act.'],
    ['請改用自然人憑證 IC 卡。', 'Please use a Citizen Digital Certificate card instead.'],
    LAW.credential,
  ),
  E_TX_UNKNOWN: refused(
    400,
    [
      '這份連署書不是由這個瀏覽器的這次作業取得的。',
      'this statement was not issued to this browser session.',
    ],
    [
      '請在同一個瀏覽器重新取得連署書再簽；若關閉了 Cookie，請先開啟。',
      'Get a new statement in this same browser and sign that; allow cookies if you have turned them off.',
    ],
  ),
  E_TX_USED: refused(
    409,
    ['這份連署書已經用過一次。', 'this statement has been used already.'],
    [
      '若您剛才已送出，請先查看收執；要再簽，請重新取得連署書。',
      'If you have just sent it, look at your receipt first; to sign again, get a new statement.',
    ],
  ),
  E_TX_EXPIRED: refused(
    422,
    ['這份連署書已超過十分鐘的有效時間。', 'this statement is older than its ten minutes.'],
    [
      '請重新取得連署書，並在十分鐘內完成簽署。',
      'Get a new statement and finish signing within ten minutes.',
    ],
  ),
  E_INITIATIVE_CLOSED: refused(
    409,
    ['本案現在不在連署期間內。', 'this case does not take joint signatures now.'],
    [
      '請到案件頁查看連署起訖日期與目前進度。',
      'See the case page for the signing period and where the case stands.',
    ],
    LAW.period,
  ),
  E_TBS_MISMATCH: refused(
    422,
    ['簽署的內容和本站發給您的連署書不同。', 'what was signed differs from the statement we gave you.'],
    [
      '請重新取得連署書，不要更動其中任何文字；若是上傳檔案，請確認沒有另存成其他編碼。',
      'Get a new statement and change nothing in it; if you upload a file, make sure it was not saved in another encoding.',
    ],
  ),
  E_TBS_VERSION: refused(
    422,
    ['這份連署書的格式版本已不再使用。', 'this version of the statement is no longer in use.'],
    ['請重新整理頁面，取得新版連署書再簽。', 'Reload the page, get the current statement and sign that.'],
  ),
  E_TEXT_CHANGED: refused(
    409,
    ['您簽署之後，本案公告的文字已有更動。', 'the published text of this case has changed since you signed.'],
    [
      '請先閱讀目前公告的主文及理由書，同意再重新簽署。',
      'Please read the text as it is published now, and sign again if you agree.',
    ],
  ),
  E_ID_FORMAT: refused(
    422,
    [
      '國民身分證統一編號有誤，檢查碼不符。',
      'the national ID number is not a valid one; its check digit does not fit.',
    ],
    [
      '請對照身分證，重新輸入一個英文字母和九個數字（居留證號不適用）。',
      'Compare with your ID card and type one letter and nine digits again (a resident certificate number does not serve).',
    ],
    LAW.credential,
  ),
  E_CMS_SHAPE: refused(
    422,
    ['簽章檔的結構無法辨識。', 'the structure of the signature file cannot be read.'],
    REPORT,
  ),
  E_CMS_TRAILING: refused(
    422,
    ['簽章檔的後面多了不屬於它的內容。', 'the signature file has something after its end.'],
    REPORT,
  ),
  E_CMS_DIGEST_ALG: refused(422, ['簽章使用的不是 SHA-256。', 'the signature does not use SHA-256.'], REPORT),
  E_CMS_SIG_ALG: refused(
    422,
    ['簽章使用了不接受的演算法。', 'the signature uses an algorithm that is not accepted.'],
    REPORT,
  ),
  E_CMS_SIGNERS: refused(
    422,
    ['簽章檔裡的簽署人不是剛好一位。', 'the signature file does not hold exactly one signer.'],
    ['請由您本人單獨重新簽一次。', 'Please sign once more, alone.'],
  ),
  E_CONTENT_MISMATCH: refused(
    422,
    ['卡片簽的內容和畫面上的連署書不同。', 'the card signed other content than the statement on the screen.'],
    REPORT,
  ),
  E_DIGEST_MISMATCH: refused(
    422,
    [
      '簽章裡的摘要和連署書對不起來，內容可能在途中損壞。',
      'the digest in the signature does not fit the statement; it may have been damaged on the way.',
    ],
    SIGN_AGAIN,
  ),
  E_CTYPE: refused(422, ['簽章標示的內容類型不正確。', 'the signature names a wrong content type.'], REPORT),
  E_ATTR_NONCE: refused(
    422,
    [
      '簽章裡的交易序號和這次連署不同。',
      'the transaction number inside the signature belongs to another attempt.',
    ],
    SIGN_AGAIN,
  ),
  E_SIGNING_TIME: refused(
    422,
    ['您電腦的時間和實際時間相差超過一天。', "your computer's clock is more than a day off."],
    [
      '請先校正電腦的日期與時間，再重新簽一次。',
      'Set the date and time of your computer, then sign once more.',
    ],
  ),
  W_CLOCK: entry(
    200,
    [
      '連署有效；只是您電腦的時間和實際時間相差超過十分鐘。',
      "Your signature stands; only your computer's clock is more than ten minutes off.",
    ],
    [
      '有空時請校正電腦的時間，這次不必重簽。',
      'Set the clock when convenient; there is no need to sign again.',
    ],
  ),
  E_SIGNER_CERT: refused(
    422,
    ['簽章檔裡沒有和簽章相符的憑證。', 'the signature file holds no certificate that fits the signature.'],
    REPORT,
  ),
} satisfies Readonly<Partial<Record<PolicyCode, ProblemEntry>>>;
