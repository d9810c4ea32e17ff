import { canonicalJson, type JsonValue, toBase64Url } from '@lianshu/statement';
import { openNote, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { z } from 'zod';
import { judgeAnswer } from './judge-answer.ts';
import type { CheckBatch, ElectronicRoll, PaperSheet, Registry, RegistryFault } from './registry.ts';

export interface RegistrySettings {
  /** Without a trailing slash. */
  readonly url: string;
  /** The registry's keys, pinned: see {@link readRegistryKeys}. */
  readonly keys: readonly VerifierKey[];
  readonly fetchFrom: typeof fetch;
  /** How long one answer is waited for; 20 s unless told. */
  readonly waitMs?: number;
}

const WAIT_MS = 20_000;
const MAX_ANSWER_BYTES = 16 << 20;

const roll = (one: ElectronicRoll | undefined): JsonValue =>
  one === undefined
    ? null
    : { case: one.caseNumber, entries: Object.fromEntries(one.entries), export: one.export };

const sheet = ({ caseNumber, on, row, sealed, sheet: number, township }: PaperSheet): JsonValue => ({
  case: caseNumber,
  ...(on === undefined ? {} : { on }),
  row,
  sealed: toBase64Url(sealed),
  sheet: number,
  township,
});

/** The bytes of a batch, canonical JSON; their SHA-256 is the batch's name in the public record. */
export const batchBytes = (batch: CheckBatch): Uint8Array =>
  canonicalJson({
    barred: batch.barred.map(({ caseNumber, electronic, paper }) => ({
      case: caseNumber,
      electronic: roll(electronic),
      paper: paper.map(sheet),
    })),
    case: batch.caseNumber,
    check: batch.id,
    electronic: roll(batch.electronic),
    letterTo: batch.letterTo,
    of: batch.of,
    on: batch.on,
    paper: batch.paper.map(sheet),
    required: batch.required,
    v: 1,
  });

const recipientAnswer = z.strictObject({ v: z.literal(1), statement: z.string().max(8_000) });

class Unanswered extends Error {
  readonly fault: RegistryFault;

  constructor(fault: RegistryFault) {
    super(fault);
    this.fault = fault;
  }
}

/**
 * The household registry over HTTPS, as {@link Registry}: `GET /cases/<case>/recipient`, `PUT /checks/<id>`,
 * `GET /checks/<id>`. The ministry's own interface is not public (未確認): this wire is the project's, see README.
 */
export function registryHttp({ url, keys, fetchFrom, waitMs = WAIT_MS }: RegistrySettings): Registry {
  async function call(
    path: string,
    init: RequestInit = {},
  ): Promise<Readonly<{ status: number; text: string }>> {
    const options = { redirect: 'error', signal: AbortSignal.timeout(waitMs), ...init } as const;
    try {
      const response = await fetchFrom(`${url}${path}`, options);
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of response.body ?? []) {
        length += chunk.length;
        if (length > MAX_ANSWER_BYTES) throw new Unanswered('malformed');
        chunks.push(chunk);
      }
      return { status: response.status, text: Buffer.concat(chunks).toString('utf8') };
    } catch (error) {
      // The cause may quote an address or a body; only the code goes on.
      throw error instanceof Unanswered ? error : new Unanswered('unreachable');
    }
  }

  const faulty = async <T>(work: () => Promise<T>) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Unanswered) return { ok: false as const, fault: error.fault };
      throw error;
    }
  };

  const faultOf = (status: number): RegistryFault =>
    status === 404
      ? 'unknown-check'
      : status === 409
        ? 'other-batch'
        : status >= 500
          ? 'unreachable'
          : 'malformed';

  return {
    recipientFor: (caseNumber) =>
      faulty(async () => {
        const { status, text } = await call(`/cases/${caseNumber}/recipient`);
        if (status !== 200) throw new Unanswered(faultOf(status));
        const parsed = recipientAnswer.safeParse(safeJson(text));
        if (!parsed.success) throw new Unanswered('malformed');
        const opened = openNote(nodeNotePrimitives, parsed.data.statement, keys);
        if (!opened.ok) throw new Unanswered('proof-wrong');
        const [head, of, recipient = '', ...rest] = opened.text.split('\n');
        const isIt = head === 'lianshu-registry-recipient/1' && of === caseNumber && rest.join('') === '';
        if (!isIt || !/^age1[0-9a-z]{10,4000}$/.test(recipient)) throw new Unanswered('proof-wrong');
        return { ok: true as const, recipient };
      }),

    send: (id, body) =>
      faulty(async () => {
        const { status } = await call(`/checks/${id}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: Buffer.from(body),
        });
        if (status !== 202) throw new Unanswered(faultOf(status));
        return { ok: true as const };
      }),

    ask: (sent) =>
      faulty(async () => {
        const { status, text } = await call(`/checks/${sent.id}`);
        if (status !== 200) throw new Unanswered(faultOf(status));
        return judgeAnswer(sent, text, keys);
      }),
  };
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
