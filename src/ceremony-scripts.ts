/** What is said and done in a key ceremony, step by step: words only. `ceremony.ts` asks and writes down. */

/** A line in both languages. */
export type Said = Readonly<{ 'zh-Hant-TW': string; en: string }>;

/** What the person at the keyboard must answer: `yes`, free words, or the same words as an earlier answer. */
export type Answer =
  | Readonly<{ kind: 'yes' }>
  | Readonly<{ kind: 'words'; least: number }>
  | Readonly<{ kind: 'same-as'; step: string }>;

/** One step. `{origin}` and `{store}` are filled in; `shows: 'keys'` lists the log's public keys with their digests. */
export type Step = Readonly<{ id: string; say: Said; shows?: 'keys'; answer: Answer }>;

const YES: Answer = { kind: 'yes' };
const said = (zh: string, en: string): Said => ({ 'zh-Hant-TW': zh, en });

const OPENING: readonly Step[] = [
  {
    id: 'capacities',
    say: said(
      '請輸入在場者的身分，以頓號或逗號分隔。只寫職務（例如 主持人、操作人、監督團體代表），不寫姓名。至少三人。',
      'Type the capacities of those present, separated by commas: for example chair, operator, observer. No names. At least three.',
    ),
    answer: { kind: 'words', least: 3 },
  },
  {
    id: 'aloud',
    say: said(
      '主持人唸：「今天我們處理公卷 {origin} 的簽章金鑰。每一步都唸出來、寫下來；任何人都可以喊停。」',
      'The chair says: “Today we handle the signing keys of the log {origin}. Each step is read aloud and written down; anybody may stop it.”',
    ),
    answer: YES,
  },
  {
    id: 'machine',
    say: said(
      '操作人確認並唸出：這台機器沒有無線網路、沒有接其他儲存裝置；螢幕大家都看得到；錄影（如有）不拍鍵盤。',
      'The operator checks and says: this machine has no wireless network and no other storage; everybody sees the screen; a camera, if any, does not see the keyboard.',
    ),
    answer: YES,
  },
];

const CLOSING: readonly Step[] = [
  {
    id: 'closing',
    say: said(
      '主持人問：「有人對任何一步有異議嗎？」沒有異議才回答「是」。',
      'The chair asks: “Does anybody object to any step?” Answer yes only if nobody does.',
    ),
    answer: YES,
  },
];

const READ_KEYS: Step = {
  id: 'read-keys',
  say: said(
    '操作人逐組唸出下列公鑰的摘要，監督者在自己的裝置上另外計算並對照。全部相符才回答「是」。',
    'The operator reads the digests of these public keys group by group; an observer computes them on a device of their own. Answer yes only if all agree.',
  ),
  shows: 'keys',
  answer: YES,
};

/** The ceremonies there are, by their name on the command line. */
export const CEREMONIES: Readonly<Record<'log-keys' | 'rotation', readonly Step[]>> = {
  'log-keys': [
    ...OPENING,
    {
      id: 'made',
      say: said(
        '操作人在大家面前產生金鑰（lianshu keys，或在權杖內產生），存放處：{store}。做完才回答「是」。',
        'In front of everybody the operator makes the keys (lianshu keys, or inside the token), kept at {store}. Answer yes when done.',
      ),
      answer: YES,
    },
    READ_KEYS,
    {
      id: 'copies',
      say: said(
        '私鑰的離線副本（如有）裝入兩個封袋，簽名在封口，交給兩個不同身分的人。請輸入這兩個身分；沒有副本就輸入「無」。',
        'Offline copies of the private key, if any, go into two envelopes, signed over the flap, to two people of different capacities. Type the two capacities, or “none”.',
      ),
      answer: { kind: 'words', least: 1 },
    },
    {
      id: 'nothing-left',
      say: said(
        '操作人確認並唸出：這台機器上沒有留下私鑰的其他副本，暫存檔已刪除。',
        'The operator checks and says: no other copy of the private key is left on this machine, and temporary files are gone.',
      ),
      answer: YES,
    },
    ...CLOSING,
  ],
  rotation: [
    ...OPENING,
    {
      id: 'why',
      say: said(
        '主持人唸出更名換鑰的理由。請輸入理由（例如 定期更換、設備更換、懷疑外洩）。',
        'The chair reads the reason for another name and other keys. Type it: for example scheduled, new device, suspected theft.',
      ),
      answer: { kind: 'words', least: 1 },
    },
    {
      id: 'stopped',
      say: said(
        '操作人停止排序程序；監督者看到 /healthz 或 lianshu doctor 說它已停止。',
        'The operator stops the sequencer; an observer sees /healthz or lianshu doctor say so.',
      ),
      answer: YES,
    },
    READ_KEYS,
    {
      id: 'plan',
      say: said(
        '操作人執行 lianshu rotate-log（不加 --confirm），唸出計畫的每一行。請輸入操作人唸出的代碼。',
        'The operator runs lianshu rotate-log without --confirm and reads each line of the plan. Type the code the operator reads.',
      ),
      answer: { kind: 'words', least: 1 },
    },
    {
      id: 'plan-again',
      say: said(
        '另一人在自己的裝置上核對計畫後，唸出代碼。請輸入這個人唸出的代碼。',
        'A second person checks the plan on a device of their own and reads the code. Type what that person reads.',
      ),
      answer: { kind: 'same-as', step: 'plan' },
    },
    {
      id: 'carried-out',
      say: said(
        '操作人以 --confirm 執行；大家看到「公卷已更名」。',
        'The operator runs it with --confirm; everybody sees “The log goes on under its new name”.',
      ),
      answer: YES,
    },
    {
      id: 'verified',
      say: said(
        '監督者以 lianshu-verify log --from 先前保存的檢查點 驗證新公卷，結果為「已證明」。',
        'An observer verifies with lianshu-verify log --from a checkpoint kept from before; the result is “Proven”.',
      ),
      answer: YES,
    },
    {
      id: 'old-key',
      say: said(
        '舊私鑰的每一份副本當場銷毀（檔案覆寫刪除、權杖刪除物件、封袋銷毀）。',
        'Every copy of the old private key is destroyed on the spot: files overwritten and removed, the token’s object deleted, envelopes destroyed.',
      ),
      answer: YES,
    },
    ...CLOSING,
  ],
};
