import type { Localised } from './sentences.ts';
import type { ReceiptVerdict } from './verdict.ts';

/** One light of a receipt: lit, out, or not reached because an earlier step failed. */
export type Light = Readonly<{ label: Localised; state: 'on' | 'off' | 'unknown' }>;

/** The step at which each verdict stopped: 0 reading, 1 signature, 2 inclusion, 3 none. */
const STOPPED_AT: Readonly<Record<ReceiptVerdict['code'], number>> = {
  included: 3,
  promised: 2,
  'not-included': 2,
  'no-trusted-key': 1,
  'unknown-signer': 1,
  'bad-signature': 1,
  'other-log': 1,
  'file-too-large': 0,
  'not-a-receipt': 0,
  'line-ends-changed': 0,
  'proof-malformed': 0,
  'extra-malformed': 0,
  'note-malformed': 0,
  'checkpoint-malformed': 0,
};

const LABELS: readonly Localised[] = [
  { 'zh-Hant-TW': '讀得懂', en: 'Readable' },
  { 'zh-Hant-TW': '簽章可信', en: 'Signed by a trusted key' },
  { 'zh-Hant-TW': '收錄在公卷', en: 'Included in the log' },
];

/** Three lights for a receipt: readable, signed by a trusted key, included. A promise leaves the third open. */
export function receiptLights(verdict: ReceiptVerdict): readonly Light[] {
  const stop = STOPPED_AT[verdict.code];
  return LABELS.map((label, step) => {
    if (step < stop) return { label, state: 'on' };
    return { label, state: step === stop && verdict.code !== 'promised' ? 'off' : 'unknown' };
  });
}
