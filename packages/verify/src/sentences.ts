import type { MalformedCode, NotProvenCode, PromiseFacts, ReceiptFacts, ReceiptVerdict } from './verdict.ts';

/** One text in both languages of the service. */
export type Localised = Readonly<{ 'zh-Hant-TW': string; en: string }>;

/** A verdict in words: a headline, one sentence on what is proved, one on what is not. */
export type Sentences = Readonly<{ headline: Localised; proved: Localised; notProved: Localised }>;

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

const ACTS = {
  'joint-signature': both('連署', 'joint signature'),
  'proposal-signature': both('提案', 'proposal signature'),
} as const;

const NOTHING = both('關於這份簽署，什麼都沒有證明。', 'Nothing is proved about any signature.');

/** The entry a receipt is about, for use inside a sentence. */
export const entryName = (receipt: ReceiptFacts): Localised =>
  both(
    `第 ${receipt.caseNumber} 號案的${ACTS[receipt.act]['zh-Hant-TW']}（公卷 ${receipt.origin} 第 ${receipt.index} 件）`,
    `the ${ACTS[receipt.act].en} on case ${receipt.caseNumber} (entry ${receipt.index} of the log ${receipt.origin})`,
  );

/** What no receipt proves, however good. */
export const NOT_WHO = both(
  '收執不證明是誰簽署，也不證明是否符合資格；資格以名冊提出之日為準。',
  'A receipt does not prove who signed, nor that the signer is eligible: that is decided on the day the roster is filed.',
);

function included(receipt: ReceiptFacts): Sentences {
  const name = entryName(receipt);
  const held = receipt.held
    ? both(
        '這是「已收到、待確認」的紀錄，尚未計入。',
        'This entry says "received and held": it is not counted yet.',
      )
    : both('', '');
  return {
    headline: both('已證明：收錄在公卷中', 'Proven: included in the public record'),
    proved: both(
      `${name['zh-Hant-TW']}已收錄於公卷：收執內的資料重新算出該件，並到達由${receipt.signedBy.join('、')}簽章的樹根。${held['zh-Hant-TW']}`,
      `${name.en} is included: the receipt's own parts recompute that entry and lead to the root signed by ${receipt.signedBy.join(', ')}. ${held.en}`.trim(),
    ),
    notProved: both(
      `未證明：之後是否被不予計算（請用 --log 或網站查詢）。${NOT_WHO['zh-Hant-TW']}`,
      `Not proved: whether a later entry excludes it (ask the log). ${NOT_WHO.en}`,
    ),
  };
}

function promised(promise: PromiseFacts): Sentences {
  const { caseNumber, received, publishBy, signedBy } = promise;
  return {
    headline: both('承諾書有效，尚非收錄證明', 'A valid promise, not yet proof of inclusion'),
    proved: both(
      `${signedBy.join('、')}簽章承諾：第 ${caseNumber} 號案的簽署於 ${received} 收到，最遲 ${publishBy} 公布於公卷。`,
      `${signedBy.join(', ')} signed that a signature on case ${caseNumber} was received at ${received} and will be in the published record by ${publishBy}.`,
    ),
    notProved: both(
      '未證明：承諾是否已履行。期限過後仍不在公卷中，這份檔案就是營運者違約的證據。',
      'Not proved: whether it was kept. If the entry is missing after that time, this file is evidence against the operator.',
    ),
  };
}

const REFUSALS: Readonly<
  Record<MalformedCode | NotProvenCode, Readonly<{ headline: Localised; why: Localised }>>
> = {
  'no-trusted-key': {
    headline: both('未證明：沒有可信任的金鑰', 'Not proven: no trusted key'),
    why: both(
      '沒有提供公卷的公開金鑰，簽章無從驗證。',
      'No public key of the log was given, so no signature could be verified.',
    ),
  },
  'unknown-signer': {
    headline: both('未證明：簽章者不是您信任的公卷', 'Not proven: signed by no log you trust'),
    why: both('檔案上的簽章都不屬於您提供的金鑰。', 'No signature on the file belongs to a key you gave.'),
  },
  'bad-signature': {
    headline: both('未證明：簽章錯誤', 'Not proven: a signature is wrong'),
    why: both(
      '以信任的金鑰驗證時簽章不符：檔案遭更動或偽造。',
      'A signature under a trusted key does not hold: the file was changed or forged.',
    ),
  },
  'other-log': {
    headline: both('未證明：不是這份公卷的簽章', 'Not proven: not signed by this log'),
    why: both(
      '簽章有效，但金鑰名稱不是檢查點所屬的公卷。',
      'A signature holds, but its key is not that of the log named in the checkpoint.',
    ),
  },
  'not-included': {
    headline: both('未證明：紀錄不在樹中', 'Not proven: the entry is not in the tree'),
    why: both(
      '由收執資料算出的紀錄，到不了簽章所載的樹根。',
      'The entry recomputed from the receipt does not lead to the signed root.',
    ),
  },
  'file-too-large': {
    headline: both('不是收執：檔案過大', 'Not a receipt: the file is too large'),
    why: both('收執只有幾千位元組。', 'A receipt has a few thousand bytes.'),
  },
  'not-a-receipt': {
    headline: both('不是收執', 'Not a receipt'),
    why: both(
      '檔案既不是收執（tlog-proof），也不是簽章的承諾書。',
      'The file is neither a receipt (tlog-proof) nor a signed promise.',
    ),
  },
  'line-ends-changed': {
    headline: both('檔案的換行被改過', 'The line ends of the file were changed'),
    why: both(
      '郵件或編輯程式改了換行字元；請使用原始下載的檔案。',
      'A mail or editor program changed them; use the file as it was downloaded.',
    ),
  },
  'proof-malformed': {
    headline: both('收執格式錯誤', 'The receipt is malformed'),
    why: both('索引或雜湊路徑無法讀取。', 'Its index or path cannot be read.'),
  },
  'extra-malformed': {
    headline: both('收執格式錯誤', 'The receipt is malformed'),
    why: both(
      '用來重算紀錄的資料（extra）缺少或無法讀取。',
      'The data to recompute the entry (extra) is missing or cannot be read.',
    ),
  },
  'note-malformed': {
    headline: both('收執格式錯誤', 'The receipt is malformed'),
    why: both('簽章部分無法讀取。', 'The signed part cannot be read.'),
  },
  'checkpoint-malformed': {
    headline: both('收執格式錯誤', 'The receipt is malformed'),
    why: both('檢查點無法讀取。', 'The checkpoint cannot be read.'),
  },
};

/** What a receipt proves by itself, in words. */
export function receiptSentences(verdict: ReceiptVerdict): Sentences {
  if (verdict.code === 'included') return included(verdict.receipt);
  if (verdict.code === 'promised') return promised(verdict.promise);
  const { headline, why } = REFUSALS[verdict.code];
  return { headline, proved: why, notProved: NOTHING };
}
