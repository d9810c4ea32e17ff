import { both, element, factList, make, text } from './page-dom.browser.ts';
import { receiptLights } from './receipt-lights.ts';
import type { ReceiptWitnesses, WitnessLine } from './receipt-witnesses.ts';
import { type Localised, receiptSentences } from './sentences.ts';
import { OUTCOMES, type ReceiptVerdict } from './verdict.ts';

const box = element('verdict', HTMLElement);

const MARKS = { on: '✓', off: '✕', unknown: '–' } as const;

function factsOf(verdict: ReceiptVerdict, isNamed: boolean): readonly (readonly [Localised, string])[] {
  if (verdict.code === 'promised') return [[text('承諾', 'Commitment'), verdict.promise.commitment]];
  if (verdict.code !== 'included') return [];
  const { origin, index, size, commitment, signedBy, cosignedBy, unchecked } = verdict.receipt;
  return [
    [text('公卷', 'Log'), origin],
    [text('件次', 'Entry'), `${index} / ${size}`],
    [text('承諾', 'Commitment'), commitment],
    [text('簽章', 'Signed by'), signedBy.join(', ')],
    [text('副署', 'Cosigned by'), isNamed ? '' : cosignedBy.join(', ')],
    [text('未查驗', 'Not checked'), unchecked.join(', ')],
  ];
}

const minute = (seconds: number): string =>
  `${new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 16).replace('T', ' ')} (UTC+8)`;

function witnessState({ state, timestamp }: WitnessLine): Localised {
  if (state === 'missing') return text('沒有副署', 'no cosignature');
  if (state === 'unchecked') return text('ML-DSA-44 副署：未查驗', 'ML-DSA-44 cosignature: not checked');
  const at = timestamp === undefined ? '' : ` ${minute(timestamp)}`;
  return text(`已副署${at}`, `cosigned${at}`);
}

function witnessSentence({ required, quorum }: ReceiptWitnesses): Localised {
  if (!required) return text('您的政策不要求見證。', 'Your policy asks for no witness.');
  return quorum
    ? text(
        '見證足夠：達到您的政策所要求數目的見證人，都看過這同一份公卷。',
        'Enough witnesses: as many as your policy asks for have seen this same log.',
      )
    : text(
        '見證不足：已收錄，但營運者仍可能給別人看另一份公卷。公布幾分鐘後再取一次收執。',
        'Not enough witnesses: included, but the operator might still show another log to others. Fetch the receipt again some minutes after publication.',
      );
}

function witnessRows(witnesses: ReceiptWitnesses | undefined): readonly HTMLElement[] {
  if (witnesses === undefined)
    return [
      both(
        'p',
        text(
          '沒有見證政策檔，因此不判斷見證是否足夠（可在「金鑰與政策」加入）。',
          'No witness policy was given, so nothing is said about enough witnesses (add one under “Keys and policy”).',
        ),
        'small',
      ),
    ];
  const rows = witnesses.lines.map((line) =>
    make('li', line.state, make('strong', '', line.name), ' ', both('span', witnessState(line))),
  );
  return [both('p', witnessSentence(witnesses)), make('ul', 'witnesses', ...rows)];
}

/** Shows what one file proves, with lights, sentences and facts; the box can take the focus afterwards. */
export function showVerdict(verdict: ReceiptVerdict, witnesses: ReceiptWitnesses | undefined): void {
  const { headline, proved, notProved } = receiptSentences(verdict);
  const lights = receiptLights(verdict, witnesses).map(({ label, state }) =>
    make('li', '', make('span', `light ${state}`, MARKS[state]), both('span', label)),
  );
  const isDemo =
    (verdict.code === 'included' && verdict.receipt.demo) ||
    (verdict.code === 'promised' && verdict.promise.demo);
  const demo = text('示範：展示系統的檔案，沒有法律效力。', 'Demonstration: this file has no legal effect.');
  box.className = `verdict ${OUTCOMES[verdict.code].tone}`;
  box.replaceChildren(
    both('h2', headline),
    make('ul', 'lights', ...lights),
    both('p', proved),
    both('p', notProved),
    ...(verdict.code === 'included' ? witnessRows(witnesses) : []),
    ...(isDemo ? [both('p', demo)] : []),
    ...factList(factsOf(verdict, witnesses !== undefined)),
  );
  box.hidden = false;
}
