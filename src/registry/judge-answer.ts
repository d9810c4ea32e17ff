import { canonicalJson, fromBase64Url, type JsonValue, toBase64Url, toHex, utf8 } from '@lianshu/statement';
import { openNote, toBase64, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { z } from 'zod';
import {
  CHECK_REASONS,
  type CheckReason,
  type Ground,
  isReasonFor,
  tallyOf,
  toldReasons,
} from './check-reasons.ts';
import type { CheckedBatch, CheckProgress, CheckTotals, RegistryFault, SentBatch } from './registry.ts';

const count = z.int().nonnegative();
const hex = z.string().regex(/^[0-9a-f]{64}$/);
const counts = z.record(z.string().max(40), z.int().positive());
const totals = { received: count, valid: count, excluded: counts };
const id = z.string().regex(/^[0-9a-f]{32}$/);
const MAX_ROWS = 20_000;

const result = z.strictObject({
  of: z.enum(['proposers', 'signers']),
  on: z.iso.date(),
  ...totals,
  required: z.int().positive(),
  reasons: counts,
  batch: hex,
  electronic: z.strictObject({ ...totals, voids: hex }),
});

const answer = z.discriminatedUnion('state', [
  z.strictObject({ v: z.literal(1), check: id, state: z.literal('working'), done: count, of: count }),
  z.strictObject({ v: z.literal(1), check: id, state: z.literal('refused'), code: z.string().max(60) }),
  z.strictObject({
    v: z.literal(1),
    check: id,
    state: z.literal('finished'),
    rows: z
      .array(z.tuple([z.string().regex(/^[ep]\d{1,15}$/), z.string().regex(/^[A-Z_]{1,40}$/)]))
      .max(MAX_ROWS),
    result,
    proof: z.string().max(8_000),
    letter: z
      .string()
      .max(8_000_000)
      .regex(/^[A-Za-z0-9_-]+$/)
      .nullable(),
  }),
]);

type Finished = Extract<z.infer<typeof answer>, { state: 'finished' }>;

function saidDigest(caseNumber: string, body: JsonValue): Uint8Array {
  const { proof: _, ...said } = body as Readonly<Record<string, JsonValue>>;
  return sha256(
    canonicalJson({ body: said, capacity: 'registry', case: caseNumber, kind: 'check-result', v: 1 }),
  );
}

/** What the registry's note signs of an act: not when or under which provision we enter it, which is ours to say. */
const provenText = (caseNumber: string, body: JsonValue): string =>
  `lianshu-act/1\n${toBase64(saidDigest(caseNumber, body))}\n`;

/** The name by which a `void` refers to this result: the digest that its proof signs, base64url. */
export const resultName = (caseNumber: string, body: JsonValue): string =>
  toBase64Url(saidDigest(caseNumber, body));

/** Digest of which entries are deleted on which statutory ground: a line each, by index. */
function voidsDigest(voids: readonly Readonly<{ index: number; ground: Ground }>[]): string {
  const lines = [...voids]
    .sort((a, b) => a.index - b.index)
    .map(({ index, ground }) => `${index} ${ground}\n`);
  return toHex(sha256(utf8(lines.join(''))));
}

const sumOf = (excluded: Readonly<Record<string, number | undefined>>): number =>
  Object.values(excluded).reduce<number>((sum, n) => sum + (n ?? 0), 0);

/** 收受 = 有效 + 各事由之和. */
export const addsUp = ({ received, valid, excluded }: CheckTotals): boolean =>
  received === valid + sumOf(excluded);

const same = (a: object, b: object): boolean =>
  canonicalJson(a as JsonValue).every((byte, i, all) => {
    const other = canonicalJson(b as JsonValue);
    return other.length === all.length && other[i] === byte;
  });

type Failed = Readonly<{ ok: false; fault: RegistryFault }>;
const failed = (fault: RegistryFault): Failed => ({ ok: false, fault });

type Deleted = Readonly<{ row: string; reason: CheckReason }>;

/** Every row sent has one answer, with a reason that may be; else the fault. */
function judgeRows(sent: SentBatch, rows: Finished['rows']): readonly Deleted[] | RegistryFault {
  const asked = new Set([...sent.entries.map((n) => `e${n}`), ...sent.paper.map((n) => `p${n}`)]);
  const deleted: Deleted[] = [];
  for (const [row, word] of rows) {
    if (!asked.delete(row)) return 'foreign-row';
    if (word === 'VALID') continue;
    if (!isReasonFor(row.startsWith('e') ? 'electronic' : 'paper', word)) return 'reason-unknown';
    deleted.push({ row, reason: word });
  }
  return asked.size > 0 ? 'partial' : deleted;
}

function totalsOf(received: number, deleted: readonly Deleted[]): CheckTotals {
  const excluded = tallyOf(deleted.map(({ reason }) => CHECK_REASONS[reason].ground));
  return { received, valid: received - deleted.length, excluded };
}

const pick = ({ received, valid, excluded }: CheckTotals): CheckTotals => ({ received, valid, excluded });

function judgeFinished(
  sent: SentBatch,
  { rows, result: body, proof, letter }: Finished,
  keys: readonly VerifierKey[],
): CheckedBatch | RegistryFault {
  if (body.batch !== sent.digest || body.of !== sent.of || body.required !== sent.required)
    return 'other-batch';
  const deleted = judgeRows(sent, rows);
  if (typeof deleted === 'string') return deleted;
  const electronic = deleted.filter(({ row }) => row.startsWith('e'));
  const whole = totalsOf(rows.length, deleted);
  const sums =
    addsUp(whole) &&
    same(pick(body as CheckTotals), whole) &&
    same(pick(body.electronic as CheckTotals), totalsOf(sent.entries.length, electronic)) &&
    same(
      body.reasons,
      toldReasons(
        deleted.map(({ reason }) => reason),
        sent.least,
      ),
    );
  if (!sums) return 'sum-wrong';
  // From here on nobody's reason is known here any more: only grounds, which the record tells by entry.
  const voids = electronic.map(({ row, reason }) => ({
    index: Number(row.slice(1)),
    ground: CHECK_REASONS[reason].ground,
  }));
  if (body.electronic.voids !== voidsDigest(voids)) return 'voids-differ';
  const opened = openNote(nodeNotePrimitives, proof, keys);
  if (!opened.ok || opened.text !== provenText(sent.caseNumber, body as JsonValue)) return 'proof-wrong';
  return {
    body: { ...body, proof } as CheckedBatch['body'],
    voids,
    paper: deleted.filter(({ row }) => row.startsWith('p')).map(({ row }) => Number(row.slice(1))),
    letter: letter === null ? undefined : fromBase64Url(letter),
  };
}

/**
 * Judges an answer against what was sent: a result is used whole or not at all. `keys` are the registry's, pinned; a
 * key that is not among them proves nothing.
 */
export function judgeAnswer(sent: SentBatch, text: string, keys: readonly VerifierKey[]): CheckProgress {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failed('malformed');
  }
  const parsed = answer.safeParse(value);
  if (!parsed.success) return failed('malformed');
  const { data } = parsed;
  if (data.check !== sent.id) return failed('other-batch');
  if (data.state === 'refused') return failed('unreadable');
  if (data.state === 'working') return { ok: true, state: 'working', done: data.done, of: data.of };
  const checked = judgeFinished(sent, data, keys);
  return typeof checked === 'string' ? failed(checked) : { ok: true, state: 'finished', checked };
}
