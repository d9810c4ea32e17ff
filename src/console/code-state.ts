/** Which access code of a case holds: from its acts, never from a column. */

interface Act {
  readonly kind: string;
  readonly body: unknown;
}

export interface CodeState {
  /** How many codes were given so far; the newest has this number. */
  readonly issued: number;
  /** Whether the newest may be used. */
  readonly holds: boolean;
}

type Body = Readonly<{ mode?: string; step?: string; of?: string }>;

/** @param acts those that stand, oldest first */
export function codeStateOf(acts: readonly Act[]): CodeState {
  let state: CodeState = { issued: 0, holds: false };
  for (const { kind, body } of acts) {
    const { mode, step, of } = (body ?? {}) as Body;
    const isFirst = kind === 'collection' && mode !== 'paper' && state.issued === 0;
    const isFurther = kind === 'access-code' && step === 'issued';
    const ends =
      (kind === 'access-code' && step === 'ended') ||
      // 辦法 §8 III: the supplement has a code of its own.
      (kind === 'supplement' && of === 'signers' && step === 'ordered');
    if (isFirst || isFurther) state = { issued: state.issued + 1, holds: true };
    else if (ends) state = { ...state, holds: false };
  }
  return state;
}
