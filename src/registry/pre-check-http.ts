import { createCipheriv } from 'node:crypto';
import { sealLetter } from '@lianshu/seal';
import { canonicalJson, type JsonValue, toBase64Url, toHex } from '@lianshu/statement';
import { openNote, toBase64 } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { z } from 'zod';
import { isReasonFor } from './check-reasons.ts';
import { isCountyCode } from './counties.ts';
import {
  MAX_PRE_CHECK_ROWS,
  type PreCheck,
  type PreCheckAnswer,
  type PreChecked,
  type PreCheckQuestion,
} from './pre-check.ts';
import {
  faultOf,
  faulty,
  type RegistrySettings,
  registryCalls,
  safeJson,
  Unanswered,
  vouchedRecipient,
} from './registry-calls.ts';

export interface PreCheckSettings extends RegistrySettings {
  readonly randomBytes: (length: number) => Uint8Array;
}

const row = z.string().regex(/^[0-9a-f]{32}$/);
const answerShape = z.strictObject({
  v: z.literal(1),
  request: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z
    .array(
      z.tuple([
        row,
        z
          .string()
          .regex(/^[0-9]{5}$/)
          .nullable(),
        z.string().max(40),
      ]),
    )
    .max(MAX_PRE_CHECK_ROWS),
  proof: z.string().max(8_000),
});

const RECIPIENT = { path: '/pre-check/recipient', head: 'lianshu-registry-pre-check/1', of: 'recipient' };

/** A batch as it is sent: `key` an age file of the batch's key, and under it each number, bound to its row and day. */
async function sealBatch(
  questions: readonly PreCheckQuestion[],
  recipient: string,
  randomBytes: PreCheckSettings['randomBytes'],
): Promise<Readonly<{ body: Uint8Array; places: ReadonlyMap<string, number> }>> {
  const key = Uint8Array.from(randomBytes(32));
  const places = new Map<string, number>();
  const rows = questions.map(({ nationalId, on }, place) => {
    const id = toHex(randomBytes(16));
    places.set(id, place);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(Buffer.from(`lianshu-pre-check/1\n${id}\n${on}\n`));
    const sealed = Buffer.concat([
      nonce,
      cipher.update(nationalId, 'ascii'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return { on, row: id, sealed: toBase64Url(sealed) };
  });
  // By their random numbers: the order in which people signed is not told.
  rows.sort((a, b) => (a.row < b.row ? -1 : 1));
  const wrapped = await sealLetter(toBase64Url(key), [recipient]);
  key.fill(0);
  return { body: canonicalJson({ key: toBase64Url(wrapped), rows, v: 1 }), places };
}

/** What the registry's note signs: the request it answers, and each row of the answer. */
const provenText = (request: string, rows: JsonValue): string =>
  `lianshu-pre-check/1\n${request}\n${toBase64(sha256(canonicalJson(rows)))}\n`;

/** Judges an answer against what was asked: it is used only if all of it may be, but it may leave rows out. */
function judge(
  text: string,
  request: string,
  places: ReadonlyMap<string, number>,
  keys: PreCheckSettings['keys'],
): readonly (PreCheckAnswer | undefined)[] {
  const parsed = answerShape.safeParse(safeJson(text));
  if (!parsed.success) throw new Unanswered('malformed');
  const { rows, proof } = parsed.data;
  if (parsed.data.request !== request) throw new Unanswered('other-batch');
  const opened = openNote(nodeNotePrimitives, proof, keys);
  if (!opened.ok || opened.text !== provenText(request, rows)) throw new Unanswered('proof-wrong');
  const waiting = new Map(places);
  const answers = new Array<PreCheckAnswer | undefined>(places.size).fill(undefined);
  for (const [id, county, forecast] of rows) {
    const place = waiting.get(id);
    if (place === undefined || !waiting.delete(id)) throw new Unanswered('foreign-row');
    if (forecast !== 'eligible' && forecast !== 'pending' && !isReasonFor('electronic', forecast))
      throw new Unanswered('reason-unknown');
    if (county !== null && !isCountyCode(county)) throw new Unanswered('malformed');
    answers[place] = { forecast, ...(county === null ? {} : { county }) };
  }
  return answers;
}

/**
 * The registry's pre-check over HTTPS, as {@link PreCheck}: `GET /pre-check/recipient`, `POST /pre-check`. The
 * recipient is asked for once and anew after a request that was refused: the registry changes its key when it wants.
 */
export function preCheckHttp(settings: PreCheckSettings): PreCheck {
  const call = registryCalls(settings);
  let recipient: Promise<string> | undefined;

  async function ask(questions: readonly PreCheckQuestion[], signal: AbortSignal): Promise<PreChecked> {
    recipient ??= vouchedRecipient(call, settings.keys, RECIPIENT, signal);
    const to = await recipient;
    const { body, places } = await sealBatch(questions, to, settings.randomBytes);
    const { status, text } = await call('/pre-check', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(body),
      signal,
    });
    if (status !== 200) throw new Unanswered(status === 422 ? 'unreadable' : faultOf(status));
    return { ok: true, answers: judge(text, toHex(sha256(body)), places, settings.keys) };
  }

  return {
    async ask(questions, signal) {
      if (questions.length === 0) return { ok: true, answers: [] };
      const answered = await faulty(() => ask(questions.slice(0, MAX_PRE_CHECK_ROWS), signal));
      if (!answered.ok) recipient = undefined;
      return answered;
    },
  };
}
