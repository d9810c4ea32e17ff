import type { PolicyCode } from '@lianshu/pki';
import type { ProblemEntry } from '../platform/http/problem.ts';
import { LAW, type Pair, refused, waiting } from './policy-sentence.ts';

const WAIT: Pair = [
  '請下載承諾書留存，不必重簽；收到的時間算數，結果會顯示在收執頁。',
  'Download the promise and keep it; do not sign again. The time of receipt counts, and the receipt page will show the result.',
];

const ISSUED_BY_MOICA: Pair = [
  '請確認插入的是內政部核發的自然人憑證，不是工商憑證、健保卡或金融卡。',
  'Check that the card is a Citizen Digital Certificate of the Ministry of the Interior, not a business, health or bank card.',
];

const COUNTER: Pair = [
  '請攜帶身分證到任一戶政事務所的憑證櫃檯查詢或補換發，再回來連署。',
  'Take your ID card to the certificate counter of any household registration office, then come back and sign.',
];

/** Checks 11–22 of LIANSHU-VP/1: the certificate, its issuer, its revocation, and whose it is. */
export const CERTIFICATE_SENTENCES = {
  E_CERT_FORMAT: refused(422, ['憑證的格式無法辨識。', 'the certificate cannot be read.'], ISSUED_BY_MOICA),
  E_CERT_CRIT_EXT: refused(
    422,
    ['憑證含有本系統不認得的必要欄位。', 'the certificate has a critical field this system does not know.'],
    ISSUED_BY_MOICA,
  ),
  E_CERT_KEY_WEAK: refused(
    422,
    ['憑證金鑰的強度不足。', 'the key of the certificate is too weak.'],
    COUNTER,
    LAW.presumption,
  ),
  E_CERT_KEYUSAGE: refused(
    422,
    [
      '這張憑證不能用來簽章（可能選到加密用的那一張）。',
      'this certificate is not for signing (it may be the encryption one).',
    ],
    ['請重新簽一次，並選擇簽章用的憑證。', 'Sign once more and choose the certificate for signing.'],
    LAW.presumption,
  ),
  E_ISSUER_UNKNOWN: refused(
    422,
    [
      '這張憑證不是由內政部憑證管理中心核發的。',
      'this certificate was not issued by the interior ministry’s certification authority.',
    ],
    ISSUED_BY_MOICA,
    LAW.credential,
  ),
  E_SIM_IN_PROD: refused(
    422,
    [
      '這是示範用的模擬憑證，正式系統不接受。',
      'this is a simulated certificate for demonstrations; the real system does not take it.',
    ],
    ['請使用您自己的自然人憑證。', 'Please use your own Citizen Digital Certificate.'],
    LAW.credential,
  ),
  E_CERT_POLICY: refused(
    422,
    [
      '這張憑證的保證等級或用途不符合規定。',
      'the assurance level or purpose of this certificate is not the required one.',
    ],
    ISSUED_BY_MOICA,
    LAW.presumption,
  ),
  E_SUBJECT_TYPE: refused(
    422,
    ['這不是中華民國國民的自然人憑證。', 'this is not the certificate of a natural person who is a citizen.'],
    ISSUED_BY_MOICA,
    LAW.eligibility,
  ),
  E_ID_TAIL: refused(
    422,
    [
      '卡片的持卡人和您輸入的身分證統一編號不同。',
      'the card belongs to another person than the national ID number you typed.',
    ],
    [
      '請檢查輸入的身分證統一編號，並使用您本人的卡片。',
      'Check the number you typed, and use your own card.',
    ],
    LAW.credential,
  ),
  E_CERT_NOT_YET: refused(
    422,
    ['這張憑證還沒到生效日。', 'this certificate is not valid yet.'],
    ['請在憑證生效之後再來連署。', 'Please come back once it is valid.'],
    LAW.presumption,
  ),
  E_CERT_EXPIRED: refused(
    422,
    ['這張憑證已經過期。', 'this certificate has expired.'],
    [
      '請到內政部憑證管理中心網站申請展期，或到戶政事務所重新申辦，再回來連署。',
      'Renew it on the website of the interior ministry’s certification authority, or apply anew at a household registration office, then come back.',
    ],
    LAW.presumption,
  ),
  E_SIG_INVALID: refused(
    422,
    [
      '簽章驗證不通過，內容可能在途中被更動。',
      'the signature does not verify; something may have changed on the way.',
    ],
    [
      '請重新簽一次；若仍不行，請換一台電腦或瀏覽器。',
      'Sign once more; if it fails again, try another computer or browser.',
    ],
    LAW.presumption,
  ),
  E_CERT_SIG: refused(
    422,
    ['憑證上核發機關的簽章驗證不通過。', 'the issuer’s signature on the certificate does not verify.'],
    ISSUED_BY_MOICA,
  ),
  E_CHAIN: waiting(
    ['核發機關的憑證鏈目前無法確認。', 'the issuer’s own certificates cannot be confirmed at this moment.'],
    WAIT,
  ),
  E_REVOKED: refused(
    422,
    ['這張憑證已經被廢止。', 'this certificate has been revoked.'],
    COUNTER,
    LAW.presumption,
  ),
  E_SUSPENDED: refused(
    422,
    ['這張憑證目前停用中。', 'this certificate is suspended.'],
    [
      '請到內政部憑證管理中心網站或戶政事務所辦理復用，再回來連署。',
      'Have it resumed on the website of the interior ministry’s certification authority or at a household registration office, then come back.',
    ],
    LAW.presumption,
  ),
  I_CRL_STALE: waiting(
    ['最新的憑證廢止清冊還沒有取得。', 'the current list of revoked certificates has not arrived yet.'],
    WAIT,
  ),
  I_OCSP_UNAVAILABLE: waiting(
    ['憑證狀態查詢服務暫時沒有回應。', 'the certificate status service does not answer at the moment.'],
    WAIT,
  ),
  I_OCSP_UNKNOWN: waiting(
    [
      '憑證狀態查詢服務還不認得這張憑證。',
      'the certificate status service does not know this certificate yet.',
    ],
    WAIT,
  ),
  E_ID_NOT_BOUND: refused(
    422,
    [
      '內政部查無這張憑證與您輸入的身分證統一編號相符的紀錄。',
      'the interior ministry has no record that this certificate belongs to the number you typed.',
    ],
    [
      '請檢查輸入的身分證統一編號；若正確無誤，請洽戶政事務所的憑證櫃檯。',
      'Check the number you typed; if it is right, ask the certificate counter of a household registration office.',
    ],
    LAW.credential,
  ),
  E_CERT_NOT_ACTIVATED: refused(
    422,
    ['這張憑證還沒有開卡。', 'this certificate has not been activated.'],
    [
      '請到內政部憑證管理中心網站完成開卡，再回來連署。',
      'Activate it on the website of the interior ministry’s certification authority, then come back.',
    ],
    LAW.credential,
  ),
  I_ICS_UNAVAILABLE: waiting(
    [
      '內政部的身分確認服務暫時沒有回應。',
      'the interior ministry’s identity service does not answer at the moment.',
    ],
    WAIT,
  ),
} satisfies Readonly<Partial<Record<PolicyCode, ProblemEntry>>>;
