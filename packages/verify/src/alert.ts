import type { JsonValue } from '@lianshu/statement';
import { ANOMALIES } from './log-words.ts';
import type { AnomalyCode } from './record-anomaly.ts';
import type { Localised } from './sentences.ts';

/** What a monitor can find besides the anomalies of the entries themselves. */
export type WatchCode =
  | 'log-unreachable'
  | 'checkpoint-refused'
  | 'files-wrong'
  | 'fork'
  | 'rollback'
  | 'other-origin'
  | 'stall'
  | 'quorum-missing'
  | 'witness-fork'
  | 'witness-ahead'
  | 'witness-clock'
  | 'entry-malformed'
  | 'entry-unknown-kind'
  | 'count-mismatch'
  | 'count-unreadable'
  | 'act-without-proof'
  | 'approval-wrong'
  | 'approval-missing'
  | 'act-repeated'
  | 'result-not-of-all'
  | 'void-without-total'
  | 'void-beyond-total'
  | 'void-not-as-signed'
  | 'void-missing'
  | 'closed-overdue'
  | 'closed-early'
  | 'closed-late'
  | 'late-signature'
  | 'back-dated'
  | 'dated-ahead'
  | 'day-overdue'
  | 'destruction-overdue'
  | 'held-overdue'
  | 'promise-broken'
  | 'promise-unreadable'
  | 'receipt-contradicted'
  | 'replaced-key-used';

export type AlertCode = WatchCode | AnomalyCode;

/** Which part of a round found it: an alert ends only when that part ran again and no longer finds it. */
export type AlertPart =
  | 'reach'
  | 'tree'
  | 'witnesses'
  | 'record'
  | 'numbers'
  | 'site'
  | 'duties'
  | 'promises';

/**
 * One thing a monitor found. `id` is the same each time the same thing is found again; `detail` is for people and
 * free of control characters; `evidence` holds what another person needs to check it, files included by name; `grade`
 * is how bad it is where it can get worse: a count, greater is worse.
 */
export type Alert = Readonly<{
  id: string;
  code: AlertCode;
  part: AlertPart;
  detail: string;
  grade?: number;
  case?: string;
  entry?: number;
  evidence?: Readonly<{ [name: string]: JsonValue }>;
}>;

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

const WATCHES: Readonly<Record<WatchCode, Localised>> = {
  'log-unreachable': both('無法讀取公卷', 'The log cannot be read'),
  'checkpoint-refused': both('檢查點不可信', 'The checkpoint cannot be trusted'),
  'files-wrong': both(
    '公卷的檔案與簽章的檢查點不符',
    'The log’s files are not the tree its checkpoint signs',
  ),
  fork: both(
    '公卷分岔：兩個簽章的檢查點互相矛盾',
    'The log has forked: two signed checkpoints contradict each other',
  ),
  rollback: both('公卷倒退：比先前見過的短', 'The log went back behind what was seen'),
  'other-origin': both('同一網址換成另一份公卷', 'Another log is served in its place'),
  stall: both('檢查點停滯', 'The checkpoint stands still'),
  'quorum-missing': both('見證人副署未達法定人數', 'Too few witnesses cosign'),
  'witness-fork': both('見證人看到另一份公卷', 'A witness was shown another log'),
  'witness-ahead': both(
    '見證人看過更新的公卷，公布的卻是舊的',
    'A witness has seen a newer log than the one published',
  ),
  'witness-clock': both('見證人所述的時間尚未到來', 'A witness states a time that is yet to come'),
  'entry-malformed': both('公卷收錄了不合格式的件', 'The log holds an entry that is none'),
  'entry-unknown-kind': both('公卷收錄了不明類型的件', 'The log holds an entry of an unknown kind'),
  'count-mismatch': both('顯示的數字與重算不同', 'A number shown is not what the entries give'),
  'count-unreadable': both('無法讀取顯示的數字', 'A shown number cannot be read'),
  'act-without-proof': both('行為沒有應附的證明', 'An act lacks the proof it must carry'),
  'act-repeated': both('同一份簽署的行為再次登錄', 'One signed act is entered again'),
  'approval-wrong': both('承辦人員的核可無法成立', 'An approval by two officers does not hold'),
  'approval-missing': both(
    '機關的行為沒有二位承辦人員的核可',
    'An act of the authority lacks the approval of two officers',
  ),
  'result-not-of-all': both(
    '戶政機關查對的不是當時計入的全部電子簽署',
    'The registry did not check every electronic signature that counted then',
  ),
  'void-without-total': both(
    '作廢沒有戶政機關簽署的總數為據',
    'Signatures voided without the registry’s signed total',
  ),
  'void-beyond-total': both(
    '作廢超過戶政機關簽署的總數',
    'More signatures voided than the registry’s signed total',
  ),
  'void-not-as-signed': both(
    '作廢的不是戶政機關簽署的那些件',
    'Other signatures voided than the registry signed',
  ),
  'void-missing': both('戶政機關刪除的簽署仍計入', 'Signatures that the registry deleted still count'),
  'closed-overdue': both('期間已滿而沒有截止', 'A period has ended and the case is not closed'),
  'closed-early': both('期間未滿就截止', 'A case was closed before its period ended'),
  'closed-late': both(
    '截止登錄逾時，時間可能倒填',
    'The closing was logged late: its time may be back-dated',
  ),
  'late-signature': both('期間屆滿後才收錄簽署', 'Signatures logged after the period had ended'),
  'back-dated': both(
    '行為的時間早於見證過的檢查點',
    'An act claims a time before a checkpoint that lacks it',
  ),
  'dated-ahead': both('行為的時間還沒有到', 'An act claims a time that has not come'),
  'day-overdue': both('缺少每日標記', 'A day mark is overdue'),
  'destruction-overdue': both('已逾銷毀期限', 'The date of destruction has passed'),
  'held-overdue': both('待確認的簽署逾期未定', 'A held signature has waited too long'),
  'promise-broken': both('承諾書未履行', 'A signed promise is broken'),
  'promise-unreadable': both('承諾書無法驗證', 'A promise file cannot be verified'),
  'receipt-contradicted': both('公卷與收執矛盾', 'The log contradicts a receipt'),
  'replaced-key-used': both('已汰換的公卷金鑰仍在簽章', 'A replaced or compromised log key still signs'),
};

/** What an alert means, in both languages. */
export const alertWords = (code: AlertCode): Localised =>
  code in WATCHES ? WATCHES[code as WatchCode] : ANOMALIES[code as AnomalyCode];

/** Alerts that stay for ever once seen: they are evidence, and nothing that happens later undoes them. */
const LASTING: ReadonlySet<AlertCode> = new Set<AlertCode>([
  'fork',
  'rollback',
  'other-origin',
  'witness-fork',
  'promise-broken',
  'receipt-contradicted',
  'closed-late',
  'late-signature',
  'back-dated',
  'dated-ahead',
  'replaced-key-used',
]);

export const isLasting = (code: AlertCode): boolean => LASTING.has(code);
