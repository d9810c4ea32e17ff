/** What the house findings of `lianshu doctor` mean, in both languages. */
import type { BothLanguages, Explanation } from './record/index.ts';

/** Findings that are not about the log itself. */
export type HouseCode =
  | 'schema-ok'
  | 'schema-behind'
  | 'schema-newer'
  | 'schema-differs'
  | 'keys-ok'
  | 'key-exposed'
  | 'keys-missing'
  | 'log-keys-unusable'
  | 'policy-unusable'
  | 'disk-ok'
  | 'disk-low'
  | 'disk-full'
  | 'clock-behind-journal'
  | 'condition-serving'
  | 'condition-read-only'
  | 'condition-refused'
  | 'sequencer-running'
  | 'sequencer-absent';

const text = (zh: string, en: string): BothLanguages => ({ 'zh-Hant-TW': zh, en });

/** What each means and what to do; `{name}` stands for a fact. */
export const HOUSE_TEXTS: Readonly<Record<HouseCode, Explanation>> = {
  'schema-ok': { what: text('資料庫結構是這一版的。', 'The schema is this release’s.') },
  'schema-behind': {
    what: text(
      '資料庫結構較舊：還缺 {missing}。',
      'The schema is older than this release: {missing} not applied.',
    ),
    next: text('執行 npx lianshu migrate。', 'Run npx lianshu migrate.'),
  },
  'schema-newer': {
    what: text('資料庫結構比這一版新。', 'The schema is newer than this release.'),
    next: text(
      '改用較新的版本；舊版可以暫時並行。',
      'Use the newer release; the old one may run beside it for a while.',
    ),
  },
  'schema-differs': {
    what: text('{name} 在套用之後被改過。', '{name} was changed after it was applied.'),
    next: text(
      '還原這個檔案；要改結構請新增下一號。',
      'Restore the file; to change the schema, add the next number.',
    ),
  },
  'keys-ok': { what: text('金鑰檔只有擁有者能讀。', 'Key files can be read by their owner only.') },
  'key-exposed': {
    what: text('其他人讀得到這個金鑰檔（權限 {mode}）。', 'Others can read this key file (mode {mode}).'),
    next: text(
      '改為 0600，並想清楚誰讀過；若無法排除外洩，請輪替。',
      'Make it 0600 and find out who may have read it; if a leak cannot be ruled out, rotate the key.',
    ),
  },
  'keys-missing': {
    what: text('這裡沒有金鑰。', 'There are no keys here.'),
    next: text(
      '從保管處放回；全新的安裝用 npx lianshu keys 產生。',
      'Bring them back from where they are kept; for a new installation, run npx lianshu keys.',
    ),
  },
  'log-keys-unusable': {
    what: text('公卷的金鑰不能用：{cause}', 'The log’s keys cannot be used: {cause}'),
    next: text('檢查 keys/log/ 或 LIANSHU_KEY_STORE。', 'Look at keys/log/ or LIANSHU_KEY_STORE.'),
  },
  'policy-unusable': {
    what: text('見證政策檔不能用：{cause}', 'The witness policy cannot be used: {cause}'),
    next: text(
      '依所指的行修正；公布過的政策有副本在 public/log/policy。',
      'Mend the line it names; the published copy is public/log/policy.',
    ),
  },
  'disk-ok': { what: text('磁碟還有 {free} MiB。', '{free} MiB are free.') },
  'disk-low': {
    what: text('磁碟只剩 {free} MiB。', 'Only {free} MiB are free.'),
    next: text(
      '清出空間；檢查點日記簿寫不進去時排序程序會停止。',
      'Make room: the sequencer stops when it cannot write its journal.',
    ),
  },
  'disk-full': {
    what: text(
      '磁碟只剩 {free} MiB，隨時會停止。',
      'Only {free} MiB are free; the service is about to stop.',
    ),
    next: text(
      '立刻清出空間，不要動 checkpoint-journal 與 public/。',
      'Make room now; leave checkpoint-journal and public/ alone.',
    ),
  },
  'clock-behind-journal': {
    what: text(
      '時鐘比檢查點日記簿最後寫入的時間早 {seconds} 秒。',
      'The clock is {seconds} s before the journal was last written.',
    ),
    next: text('先校正時鐘，再啟動。', 'Set the clock right before you start.'),
  },
  'condition-serving': {
    what: text('各程序看到的狀態：收件。', 'What every process sees: entries are taken.'),
  },
  'condition-read-only': {
    what: text('各程序看到的狀態：唯讀（{reasons}）。', 'What every process sees: read-only ({reasons}).'),
    next: text(
      '排序程序每幾秒重新比對，一致後自動恢復。',
      'The sequencer compares again every few seconds and goes on by itself.',
    ),
  },
  'condition-refused': {
    what: text(
      '上一次啟動被拒，所有程序停止寫入（{reasons}）。',
      'The last start was refused; no process enters anything ({reasons}).',
    ),
    next: text(
      '處理下面各項，再啟動排序程序；通過比對就會解除。',
      'Deal with the findings below and start the sequencer: a check that passes lifts it.',
    ),
  },
  'sequencer-running': { what: text('排序程序正在執行。', 'A sequencer is running.') },
  'sequencer-absent': {
    what: text('沒有排序程序：一分鐘後收件會停止。', 'No sequencer is running: intake stops after a minute.'),
    next: text('啟動 npx lianshu serve sequencer。', 'Start npx lianshu serve sequencer.'),
  },
};
