/** What a finding means and what to do about it, in both languages. */
import type { FindingCode } from './start-check-finding.ts';

/** A text in both languages. */
export type BothLanguages = Readonly<{ 'zh-Hant-TW': string; en: string }>;

/** What was found, and the next act; an `ok` needs none. */
export type Explanation = Readonly<{ what: BothLanguages; next?: BothLanguages }>;

const text = (zh: string, en: string): BothLanguages => ({ 'zh-Hant-TW': zh, en });

/** Shared next acts: the runbooks in `docs/runbooks/` have the long form. */
const STOP_AND_COMPARE = text(
  '不要刪改任何檔案，也不要用別的設定再試。先找出資料庫為何較舊：還原了備份，或切換到落後的備援？把較新的資料庫找回來再啟動。docs/runbooks/start-refused.md',
  'Delete and change nothing, and do not try other settings. Find out why the database is older: was a backup restored, or a stale standby promoted? Bring the newer database back and start again. docs/runbooks/start-refused.md',
);
const FORKED = text(
  '同一個件數有兩個不同的根，表示歷史被改過或分岔。停止一切寫入，保存雙方的檢查點作為證據，通知見證人。docs/runbooks/start-refused.md',
  'Two roots for one size mean that history was changed or forked. Stop all writing, keep both checkpoints as evidence, tell the witnesses. docs/runbooks/start-refused.md',
);
const DAMAGED = text(
  '資料庫本身不完整或被改動。從同步備援或較新的備份還原，不要手動修補。docs/runbooks/start-refused.md',
  'The database itself is damaged or was edited. Restore it from the synchronous standby or a later backup; mend nothing by hand. docs/runbooks/start-refused.md',
);
const REPUBLISH = text(
  '公開檔案可以由資料庫重寫：把這個資料夾移到別處保存（不要刪），再啟動一次；檢查點日記簿不要動。docs/runbooks/start-refused.md',
  'Public files can be written anew from the database: move this folder away (do not delete it) and start again; leave the journal where it is. docs/runbooks/start-refused.md',
);
const KEYS = text(
  '確認 LIANSHU_LOG_ORIGIN、LIANSHU_DATA 與 keys/log/ 屬於這個資料庫。',
  'Make sure that LIANSHU_LOG_ORIGIN, LIANSHU_DATA and keys/log/ belong to this database.',
);
const WITNESS = text(
  '聯絡這個見證人的管理者，檢查網址、憑證與服務。docs/runbooks/witness-disagrees.md',
  'Ask the people who run this witness; check address, certificate and service. docs/runbooks/witness-disagrees.md',
);

/** Values of facts come from the finding; a text may use `{name}` for each. */
export const FINDING_MESSAGES: Readonly<Record<FindingCode, Explanation>> = {
  'database-ok': { what: text('資料庫自身一致。', 'The database agrees with itself.') },
  'database-empty': { what: text('資料庫裡還沒有公卷。', 'The database holds no log yet.') },
  'database-other-log': {
    what: text('資料庫裡是另一個公卷：{found}。', 'The database holds another log: {found}.'),
    next: KEYS,
  },
  'database-edge': {
    what: text('右緣算不出記載的根（撕裂）。', 'The right edge does not give the stored root (torn).'),
    next: DAMAGED,
  },
  'database-checkpoint': {
    what: text(
      '資料庫裡的檢查點不是本公卷金鑰所簽，或說的是另一棵樹。',
      'The stored checkpoint is not signed by a key of this log, or speaks of another tree.',
    ),
    next: KEYS,
  },
  'database-indexes': {
    what: text(
      '件次到 {highest}，與公卷的件數不符。',
      'Entries reach index {highest}, which is not where the log ends.',
    ),
    next: DAMAGED,
  },
  'database-gap': {
    what: text('第 {index} 件不見了。', 'Entry {index} is missing.'),
    next: DAMAGED,
  },
  'database-tile-missing': {
    what: text(
      '第 {level} 層應有 {expected} 塊雜湊磚，資料庫有 {found} 塊。',
      'Level {level} should have {expected} full tiles; the database has {found}.',
    ),
    next: DAMAGED,
  },
  'database-tile-differs': {
    what: text(
      '第 {level} 層第 {tile} 塊雜湊磚與其下的內容不符：有人改過，或寫到一半。',
      'Tile {tile} of level {level} does not follow from what lies below it: it was edited, or torn.',
    ),
    next: DAMAGED,
  },
  'database-count': {
    what: text(
      '第 {case} 案的計數與逐件重算不同（欄位 {column}）。',
      'The stored count of case {case} is not what its entries give (column {column}).',
    ),
    next: DAMAGED,
  },
  'clock-behind': {
    what: text(
      '這台機器的時鐘比最後一個檢查點早 {seconds} 秒。',
      'This machine’s clock is {seconds} s before the last checkpoint.',
    ),
    next: text('先校正時鐘，再啟動。', 'Set the clock right, then start.'),
  },
  'journal-ok': {
    what: text(
      '檢查點日記簿是資料庫的前段。',
      'The checkpoint journal is a beginning of the database’s log.',
    ),
  },
  'journal-missing': {
    what: text(
      '公卷已有內容，但檢查點日記簿不在這裡。',
      'The log has entries, but its checkpoint journal is not here.',
    ),
    next: text(
      '把檢查點日記簿放回來。只有確定別處沒有更新的公卷時，才用 LIANSHU_ADOPT_LOG=1 啟動一次。',
      'Bring the journal back. Only if you are certain that no later state exists anywhere, start once with LIANSHU_ADOPT_LOG=1.',
    ),
  },
  'journal-adopted': {
    what: text(
      '沒有檢查點日記簿；依您的聲明接手這個公卷。',
      'No checkpoint journal; the log is taken over as you stated.',
    ),
    next: text('成功啟動後移除 LIANSHU_ADOPT_LOG。', 'Remove LIANSHU_ADOPT_LOG after this start.'),
  },
  'journal-unreadable': {
    what: text(
      '檢查點日記簿在第 {offset} 位元組起讀不懂。',
      'The checkpoint journal cannot be read from byte {offset} on.',
    ),
    next: text(
      '從備份放回檢查點日記簿；不要自行改寫。',
      'Put the journal back from a copy; do not rewrite it.',
    ),
  },
  'journal-contradicts-itself': {
    what: text(
      '檢查點日記簿自相矛盾：兩行說的不是同一個公卷。',
      'The checkpoint journal contradicts itself: two lines speak of different logs.',
    ),
    next: FORKED,
  },
  'journal-torn-line': {
    what: text(
      '檢查點日記簿最後有 {bytes} 位元組是寫到一半的行（當機的痕跡），不予採用。',
      'The journal ends in {bytes} bytes of an unfinished line (the trace of a crash); they are not used.',
    ),
  },
  'journal-ahead': {
    what: text(
      '檢查點日記簿知道的比資料庫多：資料庫像是還原了舊備份。',
      'The checkpoint journal knows more than the database, which looks like a restored backup.',
    ),
    next: STOP_AND_COMPARE,
  },
  'journal-differs': {
    what: text(
      '同一件數，檢查點日記簿與資料庫的根不同。',
      'At one size the checkpoint journal and the database have different roots.',
    ),
    next: FORKED,
  },
  'public-ok': {
    what: text('公開檔案是資料庫的前段。', 'The public files are a beginning of the database’s log.'),
  },
  'public-none': {
    what: text(
      '還沒有公開的檢查點；將由資料庫重新公布。',
      'No checkpoint is public here; it will be published from the database.',
    ),
  },
  'public-checkpoint-unreadable': {
    what: text(
      '公開的檢查點讀不懂，或不是本公卷金鑰所簽（{cause}）。',
      'The public checkpoint cannot be read or is not signed by a key of this log ({cause}).',
    ),
    next: REPUBLISH,
  },
  'public-other-log': {
    what: text('公開資料夾裡是另一個公卷：{found}。', 'The public folder holds another log: {found}.'),
    next: KEYS,
  },
  'public-ahead': {
    what: text(
      '公開的檢查點知道的比資料庫多：資料庫像是還原了舊備份。',
      'The public checkpoint knows more than the database, which looks like a restored backup.',
    ),
    next: STOP_AND_COMPARE,
  },
  'public-differs': {
    what: text(
      '同一件數，公開的檢查點與資料庫的根不同。',
      'At one size the public checkpoint and the database have different roots.',
    ),
    next: FORKED,
  },
  'public-files-ahead': {
    what: text('公開的檔案比資料庫多。', 'Public files reach further than the database.'),
    next: STOP_AND_COMPARE,
  },
  'public-file-missing': {
    what: text('已公布的檔案不見了。', 'A published file is missing.'),
    next: REPUBLISH,
  },
  'public-file-differs': {
    what: text(
      '已公布的檔案與資料庫不同：自第 {differsAt} 位元組起（{bytes} 位元組，應為 {expected}）。',
      'A published file differs from the database from byte {differsAt} on ({bytes} bytes, {expected} expected).',
    ),
    next: REPUBLISH,
  },
  'no-trace': {
    what: text(
      '資料庫裡有公卷，但這台機器上沒有它的檢查點日記簿與公開檔案。',
      'The database holds a log, but neither its journal nor its public files are on this machine.',
    ),
    next: text(
      '把它們帶來。只有確定別處沒有更新的公卷時，才用 LIANSHU_ADOPT_LOG=1 啟動一次。',
      'Bring them. Only if you are certain that no later state exists anywhere, start once with LIANSHU_ADOPT_LOG=1.',
    ),
  },
  'witness-ok': {
    what: text('見證人所知是資料庫的前段。', 'What the witness knows is a beginning of the database’s log.'),
  },
  'witness-new': {
    what: text('見證人還不認識這個公卷。', 'The witness knows nothing of this log yet.'),
    next: text(
      '它沒有記憶，不計入：請檢查網址。新加入的見證人，公卷運作後自然會副署。只有所有見證人都是新的，並確定別處沒有更新的公卷時，才用 LIANSHU_ADOPT_LOG=1 啟動一次。docs/runbooks/witness-disagrees.md',
      'It remembers nothing and does not count: check the address. One that just joined cosigns as soon as the log runs. Only if all are new, and you are certain that no later state exists anywhere, start once with LIANSHU_ADOPT_LOG=1. docs/runbooks/witness-disagrees.md',
    ),
  },
  'witness-adopted': {
    what: text(
      '見證人還不認識這個公卷；依您的聲明計入。',
      'The witness knows nothing of this log yet; it counts as you stated.',
    ),
    next: text('成功啟動後移除 LIANSHU_ADOPT_LOG。', 'Remove LIANSHU_ADOPT_LOG after this start.'),
  },
  'witness-ahead': {
    what: text(
      '見證人知道的比資料庫多：資料庫、檢查點日記簿與公開檔案可能都還原成舊的。',
      'The witness knows more than the database: database, journal and public files may all be old copies.',
    ),
    next: STOP_AND_COMPARE,
  },
  'witness-differs': {
    what: text(
      '同一件數，見證人與資料庫的根不同。',
      'At one size the witness and the database have different roots.',
    ),
    next: FORKED,
  },
  'witness-silent': {
    what: text('見證人沒有可採用的回答（{cause}）。', 'The witness gave no answer that counts ({cause}).'),
    next: WITNESS,
  },
  'witness-forgot': {
    what: text(
      '見證人曾副署較大的件數，現在所知較少：它遺失了狀態，不計入。',
      'The witness cosigned a larger size and now knows less: it lost its state and does not count.',
    ),
    next: WITNESS,
  },
  'quorum-ok': {
    what: text(
      '已回答的見證人達到法定人數（{answered}／{witnesses}）。',
      'The witnesses that answered reach the quorum ({answered} of {witnesses}).',
    ),
  },
  'quorum-missing': {
    what: text(
      '只有 {answered}／{witnesses} 個見證人回答，未達法定人數：先唯讀，達到後自動恢復。缺：{missing}',
      'Only {answered} of {witnesses} witnesses answered, fewer than the quorum: read-only until they do. Missing: {missing}',
    ),
    next: WITNESS,
  },
  'no-quorum': {
    what: text(
      '見證政策不要求任何副署（quorum none），公卷不會被標示為已見證。',
      'The witness policy asks for no cosignature (quorum none); nothing will be called witnessed.',
    ),
    next: text(
      '在政策中訂出法定人數。正式環境若真要如此，須明說 LIANSHU_WITHOUT_WITNESSES=1。',
      'Name a quorum in the policy. To run in production without, say so: LIANSHU_WITHOUT_WITNESSES=1.',
    ),
  },
  'no-witnesses': {
    what: text(
      '沒有設定任何見證人：三處都還原成舊狀態時，無人能察覺。',
      'No witness is configured: if database, journal and files are all restored together, nobody notices.',
    ),
    next: text(
      '設定 LIANSHU_WITNESS_POLICY。正式環境若真要如此，須明說 LIANSHU_WITHOUT_WITNESSES=1。',
      'Set LIANSHU_WITNESS_POLICY. To run in production without, say so: LIANSHU_WITHOUT_WITNESSES=1.',
    ),
  },
};
