import type { PolicyCode } from '@lianshu/pki';
import type { ProblemEntry } from '../platform/http/problem.ts';
import { entry, LAW, type Pair, refused, waiting } from './policy-sentence.ts';

const PHONE_AGAIN: Pair = [
  '請在連署頁重新產生條碼，再用手機簽一次。',
  'Get a new code on the signing page and sign with your phone once more.',
];

const NOTHING_TO_DO: Pair = [
  '不必重簽，稍後收執頁會更新。',
  'Do not sign again; the receipt page will update by itself.',
];

/** Checks 23–27 of LIANSHU-VP/1: method extras, one person once, eligibility, the record. */
export const OUTCOME_SENTENCES = {
  E_FIDO_CHECKSUM: refused(
    422,
    ['行動自然人憑證回覆的檢核碼不符。', 'the answer of the mobile certificate service fails its checksum.'],
    PHONE_AGAIN,
  ),
  E_FIDO_OP: refused(
    422,
    ['手機回覆的是登入確認，不是簽章。', 'the phone answered with a sign-in, not with a signature.'],
    ['請重新簽一次，並在手機上選擇「簽章」。', 'Sign once more and choose “sign” on the phone.'],
    LAW.presumption,
  ),
  E_FIDO_CERT: refused(
    422,
    ['手機回覆的憑證和簽章用的憑證不同。', 'the certificate the phone sent is not the one that signed.'],
    PHONE_AGAIN,
  ),
  E_HIPKI: refused(
    422,
    ['讀卡元件回報簽章沒有成功。', 'the card component reports that signing failed.'],
    [
      '請重新插卡再簽一次；若仍不行，請把完整代碼告訴客服。',
      'Insert the card again and sign once more; if it fails, tell the help desk the whole code.',
    ],
  ),
  E_DIW: refused(
    422,
    [
      '數位憑證皮夾的出示結果不符合連署要求。',
      'what the digital wallet presented does not meet the requirements for signing.',
    ],
    ['請改用自然人憑證 IC 卡。', 'Please use a Citizen Digital Certificate card instead.'],
    LAW.credential,
  ),
  E_ALREADY_SIGNED: entry(
    409,
    [
      '這次沒有再計入一次：您先前已經連署過本案，那一次仍然有效。',
      'Nothing was counted a second time: you have already signed this case, and that signature stands.',
    ],
    [
      '不必再簽；請用當時下載的收執查看狀態。',
      'No need to sign again; check its state with the receipt you downloaded then.',
    ],
    LAW.once,
  ),
  E_NOT_ELIGIBLE: refused(
    422,
    [
      '依目前的戶籍資料，您不符合連署資格。',
      'by the household register as it is now, you are not eligible to sign.',
    ],
    [
      '資格以名冊提出當日的戶籍資料為準；若資料有誤，請洽戶籍所在地的戶政事務所。',
      'Eligibility is decided by the register on the day the roster is submitted; if the data are wrong, ask your household registration office.',
    ],
    LAW.eligibility,
  ),
  I_HOUSEHOLD_PENDING: entry(
    200,
    [
      '連署已計入；戶籍資格的初步查詢還沒有回覆。',
      'Your signature is counted; the preliminary look at the household register has not answered yet.',
    ],
    [
      '不必做任何事；資格以名冊提出當日的戶籍資料為準。',
      'Nothing to do; eligibility is decided by the register on the day the roster is submitted.',
    ],
    LAW.eligibility,
  ),
  I_LOG_PENDING: waiting(['正在寫入公開紀錄。', 'it is being written to the public record.'], NOTHING_TO_DO),
  I_TSA_PENDING: entry(
    200,
    ['連署已計入；外部時戳還在等候。', 'Your signature is counted; the outside time-stamp is still to come.'],
    NOTHING_TO_DO,
  ),
} satisfies Readonly<Partial<Record<PolicyCode, ProblemEntry>>>;
