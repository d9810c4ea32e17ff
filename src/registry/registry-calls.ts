import { openNote, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { z } from 'zod';
import type { RegistryFault } from './registry.ts';

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

/** No answer that can be used, and why; made a value again by {@link faulty}. */
export class Unanswered extends Error {
  readonly fault: RegistryFault;

  constructor(fault: RegistryFault) {
    super(fault);
    this.fault = fault;
  }
}

/** The work's answer, or the fault it met. Anything else than {@link Unanswered} is ours and goes on. */
export async function faulty<T>(
  work: () => Promise<T>,
): Promise<T | Readonly<{ ok: false; fault: RegistryFault }>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unanswered) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** What a status that is not the expected one means. */
export const faultOf = (status: number): RegistryFault =>
  status === 404
    ? 'unknown-check'
    : status === 409
      ? 'other-batch'
      : status >= 500
        ? 'unreachable'
        : 'malformed';

export type RegistryCall = (
  path: string,
  init?: RequestInit,
) => Promise<Readonly<{ status: number; text: string }>>;

/** Asks the registry, with bounded patience and answers of bounded size. Throws {@link Unanswered}. */
export function registryCalls({ url, fetchFrom, waitMs = WAIT_MS }: RegistrySettings): RegistryCall {
  return async (path, { signal, ...init } = {}) => {
    const patience = AbortSignal.timeout(waitMs);
    const until = signal ? AbortSignal.any([signal, patience]) : patience;
    try {
      const response = await fetchFrom(`${url}${path}`, { redirect: 'error', signal: until, ...init });
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
  };
}

const recipientAnswer = z.strictObject({ v: z.literal(1), statement: z.string().max(8_000) });

/** An age recipient that the registry vouches for, of the given kind: `head`, `of`, the recipient, a line each. */
export async function vouchedRecipient(
  call: RegistryCall,
  keys: readonly VerifierKey[],
  asked: Readonly<{ path: string; head: string; of: string }>,
  signal?: AbortSignal,
): Promise<string> {
  const { status, text } = await call(asked.path, signal ? { signal } : {});
  if (status !== 200) throw new Unanswered(faultOf(status));
  const parsed = recipientAnswer.safeParse(safeJson(text));
  if (!parsed.success) throw new Unanswered('malformed');
  const opened = openNote(nodeNotePrimitives, parsed.data.statement, keys);
  if (!opened.ok) throw new Unanswered('proof-wrong');
  const [head, of, recipient = '', ...rest] = opened.text.split('\n');
  const isIt = head === asked.head && of === asked.of && rest.join('') === '';
  if (!isIt || !/^age1[0-9a-z]{10,4000}$/.test(recipient)) throw new Unanswered('proof-wrong');
  return recipient;
}

export function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
