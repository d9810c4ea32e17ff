/** What callers make of a sealer that does not answer now. */
import { type SealerClient, SealerFault } from './sealer-types.ts';

/** A sealer that is busy or away is no answer; anything else is a fault of ours. */
export const noAnswerNow = (error: unknown): undefined => {
  if (error instanceof SealerFault && error.retryable) return undefined;
  throw error;
};

/**
 * The lead proposers' marks of drafts, each asked for once: it never changes. A draft without a key was signed by nobody,
 * and an empty mark is on no signature. Undefined while the sealer does not answer.
 */
export function leadMarks(
  sealer: Pick<SealerClient, 'leadMark'>,
): (of: Readonly<{ draft: string; person: Uint8Array }>) => Promise<Uint8Array | undefined> {
  const known = new Map<string, Uint8Array>();
  return async (of) => {
    const mark = known.get(of.draft) ?? (await sealer.leadMark(of).catch(noKeyYet));
    if (mark !== undefined && mark.length > 0) known.set(of.draft, mark);
    return mark;
  };
}

const noKeyYet = (error: unknown): Uint8Array | undefined =>
  error instanceof SealerFault && error.code === 'case-not-ready' ? new Uint8Array() : noAnswerNow(error);
