import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { type SampleLog, sampleSignature } from './sample-log.ts';

/** A builder for tests: entries of a made-up case 9901, as an honest house writes them. Not part of the package. */

/** An act; `at` is the Taipei time without its zone. */
export const sampleAct = (
  kind: string,
  at: string,
  body: JsonValue,
  caseNumber?: string,
): Readonly<Record<string, JsonValue>> => ({
  at: `${at}+08:00`,
  basis: '測試',
  body,
  capacity: 'operator',
  ...(caseNumber === undefined ? {} : { case: caseNumber }),
  kind,
  v: 1,
});

export const sampleFiled = sampleAct(
  'initiative-filed',
  '2026-11-19T08:00:00',
  {
    leadProposer: { en: 'A', 'zh-Hant-TW': '甲' },
    origin: 'here',
    rulePack: 'tw.referendum.national@2025-12-03',
    subject: { en: 'S', 'zh-Hant-TW': '案' },
    subjectMatter: 'principle',
  },
  '9901',
);

export const sampleOpened = sampleAct(
  'opened',
  '2026-11-19T09:00:00',
  {
    collectedOn: '2026-05-20',
    electors: 1000,
    firstDay: '2026-05-21',
    lastDay: '2026-11-20',
    mode: 'electronic',
    threshold: 10,
  },
  '9901',
);

export const sampleClosed = sampleAct('closed', '2026-11-21T00:00:30', {}, '9901');

const both = { 'zh-Hant-TW': '案', en: 'case' };
/** A draft that begins to collect proposers. */
export const sampleDraftOpened = sampleAct(
  'proposal-opened',
  '2026-11-20T09:00:00',
  {
    subject: both,
    leadProposer: both,
    subjectMatter: 'policy',
    rulePack: 'tw.referendum.national@2025-12-03',
    allowedBy: both,
    textDigest: '0f'.repeat(32),
    firstDay: '2026-11-20',
    lastDay: '2027-05-20',
    threshold: 1_955,
    electors: 19_548_531,
  },
  'D00001',
);

export const sampleDay = (date: string): JsonValue => {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return sampleAct('day', `${next}T00:00:06`, { date });
};

export const signatureEntry = (n: number): JsonValue => sampleSignature(n, 'joint-signature').entry;
export const heldEntry = (n: number): JsonValue => sampleSignature(n, 'held').entry;
export const voidEntry = (index: number, of: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  act: 'joint-signature',
  case: '9901',
  ground: 'not-qualified',
  index,
  kind: 'void',
  v: 1,
  ...of,
});
export const settledEntry = (index: number, of: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  act: 'joint-signature',
  case: '9901',
  index,
  kind: 'settled',
  outcome: 'counted',
  tag: sampleSignature(index + 7_000, 'joint-signature').tag,
  v: 1,
  ...of,
});
export const refusedEntry = (index: number): JsonValue => ({
  act: 'joint-signature',
  case: '9901',
  code: 'E_ID_NOT_BOUND',
  index,
  kind: 'settled',
  outcome: 'refused',
  v: 1,
});

/**
 * Two days of signing: index 0 filed, 1 opened, 2–4 signatures, 5 and 6 held, 7 day, 8 settled as counted (5),
 * 9 settled as refused (6), 10 signature, 11 day, 12 closed. Counted 5.
 */
export const sampleCourse: readonly JsonValue[] = [
  sampleFiled,
  sampleOpened,
  signatureEntry(1),
  signatureEntry(2),
  signatureEntry(3),
  heldEntry(4),
  heldEntry(5),
  sampleDay('2026-11-19'),
  settledEntry(5),
  refusedEntry(6),
  signatureEntry(6),
  sampleDay('2026-11-20'),
  sampleClosed,
];

/** `counts/9901.json` of a log, with what is to be claimed. */
export function sampleCounts(
  log: SampleLog,
  size: number,
  counts: Readonly<Record<string, number>>,
): Uint8Array {
  const [, , root = ''] = log.checkpoint(size).split('\n');
  return canonicalJson({
    at: '2026-11-21T00:01:00+08:00',
    case: '9901',
    counts: {
      'joint-signature': {
        counted: 0,
        held: 0,
        settledCounted: 0,
        settledRefused: 0,
        signed: 0,
        voided: 0,
        ...counts,
      },
    },
    root,
    size,
    v: 1,
  });
}

/** What {@link sampleCourse} counts. */
export const SAMPLE_COUNTS = {
  counted: 5,
  held: 0,
  settledCounted: 1,
  settledRefused: 1,
  signed: 4,
  voided: 0,
};

/** The case page's machine-readable part. */
export const samplePage = (log: SampleLog, size: number, shown: string): Uint8Array => {
  const [, , root = ''] = log.checkpoint(size).split('\n');
  return new TextEncoder().encode(
    `<p class="count-number" data-size="${size}" data-root="${root}" data-count="9901">${shown}</p>`,
  );
};

/** What the API says of the case. */
export const sampleApi = (
  log: SampleLog,
  size: number,
  count: Readonly<{ electronic: number; excluded: number }>,
  acts: readonly number[],
): Uint8Array => {
  const [, , root = ''] = log.checkpoint(size).split('\n');
  const document = {
    acts: acts.map((index) => ({ index, kind: 'x' })),
    case: '9901',
    count: { checkpoint: { root, size }, origin: 'record', ...count },
  };
  return new TextEncoder().encode(JSON.stringify(document));
};
