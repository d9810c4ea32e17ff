import type { LogRefusalCode } from './log-fault.ts';
import type { AnomalyCode } from './record-anomaly.ts';
import type { Localised } from './sentences.ts';

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

/** What each refusal means, for people. */
export const REFUSALS: Readonly<Record<LogRefusalCode, Localised>> = {
  'log-unreachable': both('無法讀取公卷', 'The log cannot be read'),
  'log-not-found': both('公卷缺少檔案', 'A file of the log is missing'),
  'log-answer-too-large': both('公卷的檔案過大', 'A file of the log is too large'),
  'no-trusted-key': both(
    '沒有可信任的公開金鑰（請加 --keys 檔案，或設定 LIANSHU_KEYS）',
    'No trusted key was given (give --keys FILE or set LIANSHU_KEYS)',
  ),
  'note-malformed': both('檢查點格式錯誤', 'The checkpoint is no signed note'),
  'note-bad-signature': both('檢查點的簽章不符', 'A signature on the checkpoint does not hold'),
  'note-no-known-key': both('檢查點沒有信任的金鑰簽章', 'No trusted key signed the checkpoint'),
  'checkpoint-malformed': both('檢查點內容錯誤', 'The signed text is no checkpoint'),
  'checkpoint-other-log': both('這是另一份公卷的檢查點', 'This is the checkpoint of another log'),
  'checkpoint-signature-missing': both(
    '檢查點缺少公卷另一把金鑰的簽章',
    'A key of this log has not signed the checkpoint',
  ),
  'policy-other-log': both('見證政策沒有列出這份公卷', 'The policy does not list this log'),
  'quorum-missing': both('見證人副署未達法定人數', 'Too few witnesses cosigned the checkpoint'),
  'bundle-malformed': both('件束檔無法切分', 'An entry bundle does not divide into entries'),
  'tile-length': both('雜湊磚長度錯誤', 'A tile has the wrong length'),
  'tile-differs': both('雜湊磚與件不符', 'A tile differs from what the entries give'),
  'entry-differs': both('件與雜湊磚不符', 'An entry differs from its leaf hash'),
  'root-differs': both('全部檔案算出的根與簽章的根不同', 'All files together do not give the signed root'),
  'log-forked': both(
    '公卷分岔：兩個簽章的檢查點不屬於同一棵樹。請保存兩份並公開',
    'The log has forked: two signed checkpoints are not of one tree. Keep both and make them public',
  ),
  'log-rolled-back': both('公卷倒退：比已見過的短', 'The log went back: it is shorter than one already seen'),
  'log-older-copy': both('這份副本比保存的檢查點舊', 'This copy is older than the saved checkpoint'),
  'log-other-origin': both('公卷名稱與先前不同', 'The log’s name is another than before'),
  'stamp-wrong': both('時戳不成立', 'A time-stamp does not hold'),
  'entry-not-json': both('有一件不是 JSON', 'An entry is not JSON'),
  'entry-not-canonical': both('有一件不是正規 JSON', 'An entry is not canonical JSON'),
  'entry-unknown-kind': both('有一件的類型不明', 'An entry is of an unknown kind'),
  'entry-shape': both('有一件的內容不合其類型', 'An entry has not the shape of its kind'),
};

/** What each anomaly means. */
export const ANOMALIES: Readonly<Record<AnomalyCode, Localised>> = {
  'commitment-twice': both('同一份承諾收錄兩次', 'The same commitment is logged twice'),
  'signature-before-opened': both('開始連署之前的簽署', 'A signature before its case was opened'),
  'signature-after-closed': both('截止之後新增的簽署', 'A signature added after its case was closed'),
  'settled-not-held': both('確定的對象不是待確認的件', 'A settled entry names none that is held'),
  'settled-twice': both('同一件確定兩次', 'A held signature is settled twice'),
  'settled-other-case': both(
    '確定的對象屬於另一案或另一行為',
    'A settled entry names one of another case or act',
  ),
  'void-not-counted': both('作廢的對象沒有計入', 'A void names an entry that does not count'),
  'void-twice': both('同一件作廢兩次', 'A signature is voided twice'),
  'void-other-case': both('作廢的對象屬於另一案或另一行為', 'A void names one of another case or act'),
  'closed-not-open': both('沒有開始就截止', 'A case is closed that is not open'),
  'proposers-differ': both(
    '提出時所載的提案人數，與該草案在公卷中的件數不符，或該草案並未以此案提出',
    'The proposers a case was filed with are not those the record has of its draft, or the draft was not closed as that case',
  ),
  'filed-again': both('同一案再次登錄：以第一次為準', 'A case is filed again: the first filing stands'),
  'opened-again': both(
    '未命補提而再次開始連署：以第一次的期間與門檻為準',
    'A case is opened again with no supplement ordered: the first period and threshold stand',
  ),
  'period-differs': both(
    '開始連署或提案所載的日期、門檻或選舉人數，不是公卷與法律所定：不生效力',
    'An opening names days, a threshold or electors that do not follow from the record and the law: it opens nothing',
  ),
  'day-order': both('每日標記缺漏或順序錯誤', 'Day marks are missing or out of order'),
  'day-early': both('當日未結束就標記', 'A day was marked before it had ended'),
  'act-time': both('行為的時間不存在', 'The time of an act does not exist'),
  'replaces-nothing': both('取代的對象不在前面', 'An act replaces what is not before it'),
};
