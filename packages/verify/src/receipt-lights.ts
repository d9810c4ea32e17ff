import type { ReceiptWitnesses } from './receipt-witnesses.ts';
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

const WITNESSED: Localised = { 'zh-Hant-TW': '見證足夠', en: 'Enough witnesses' };

/**
 * Four lights for a receipt: readable, signed by a trusted key, included, witnessed by the policy's quorum. A promise
 * leaves the third open; without a policy that asks for witnesses nobody can say anything about the fourth.
 */
export function receiptLights(verdict: ReceiptVerdict, witnesses?: ReceiptWitnesses): readonly Light[] {
  const stop = STOPPED_AT[verdict.code];
  const lights = LABELS.map((label, step): Light => {
    if (step < stop) return { label, state: 'on' };
    return { label, state: step === stop && verdict.code !== 'promised' ? 'off' : 'unknown' };
  });
  const isAsked = verdict.code === 'included' && witnesses?.required === true;
  return [...lights, { label: WITNESSED, state: !isAsked ? 'unknown' : witnesses.quorum ? 'on' : 'off' }];
}
