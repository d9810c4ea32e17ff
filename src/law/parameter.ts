import type { Localised } from './localised.ts';

/** How sure we are of a parameter: `project-default` is a choice of ours where the law is silent. */
export type ParameterStatus = 'confirmed' | 'unconfirmed' | 'project-default';

/**
 * One value of the law with where it stands. `value` is undefined where the text then in force is not known to
 * us: such a parameter is `unconfirmed` and is never filled from a newer text (law.md §2, L-2).
 */
export interface Parameter<Value> {
  readonly value: Value | undefined;
  /** Act, article and paragraph, in Chinese: `公民投票法 §12 II`. */
  readonly citation: string;
  readonly status: ParameterStatus;
  /** Day of promulgation of the text that was read; absent where we do not know it. */
  readonly promulgated?: string;
  /** First day of the provision itself; absent where it is its pack's or is unconfirmed. */
  readonly effectiveFrom?: string;
  /** Last day of the provision itself; absent where it is in force, or its end is not known to us. */
  readonly effectiveTo?: string;
  readonly note?: Localised;
}

type Extra = Readonly<{
  promulgated?: string;
  effectiveFrom?: string;
  effectiveTo?: string;
  note?: Localised;
}>;

/** A parameter read from the text in force. */
export const confirmed = <Value>(value: Value, citation: string, extra: Extra = {}): Parameter<Value> => ({
  value,
  citation,
  status: 'confirmed',
  ...extra,
});

/** A choice of this project where the law is silent; shown as such wherever it acts (law.md §19). */
export const projectDefault = <Value>(
  value: Value,
  citation: string,
  extra: Extra = {},
): Parameter<Value> => ({ value, citation, status: 'project-default', ...extra });

/** A parameter whose text at that time is not known to us; it may carry what was reported of it. */
export const unconfirmed = <Value>(
  citation: string,
  extra: Extra & Readonly<{ value?: Value }> = {},
): Parameter<Value> => ({ value: undefined, citation, status: 'unconfirmed', ...extra });

/** Whether a provision bound on a day, by its own dates alone; its pack's dates are asked of the pack. */
export const boundOn = (
  { effectiveFrom, effectiveTo }: Pick<Parameter<unknown>, 'effectiveFrom' | 'effectiveTo'>,
  day: string,
): boolean =>
  (effectiveFrom === undefined || effectiveFrom <= day) && (effectiveTo === undefined || day <= effectiveTo);

/** Thrown where a computation needs a value that the pack does not know. */
export class LawUnknown extends Error {
  readonly code = 'law-unknown';
  constructor(pack: string, parameter: string) {
    super(`${pack} does not know ${parameter}: the text then in force is unconfirmed`);
  }
}
