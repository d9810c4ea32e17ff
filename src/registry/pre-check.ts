import type { CheckReason } from './check-reasons.ts';
import type { CountyCode } from './counties.ts';
import type { RegistryFault } from './registry.ts';

/**
 * 預查: what the registry says of a person at signing, check 26 of LIANSHU-VP/1. A forecast: legally decisive is the
 * batch check on the day the roster is filed (公民投票法 §8), so nothing that is signed waits for it or depends on it.
 */

/** One question. It names no case: the registry learns that somebody signed, as the identity service does, not what. */
export interface PreCheckQuestion {
  readonly nationalId: string;
  /** The day age and residence are forecast for. */
  readonly on: string;
}

export interface PreCheckAnswer {
  /** Where the person is registered; absent where the registry has no household registration. */
  readonly county?: CountyCode;
  /** Whether the person would count: `eligible`, why not, or `pending` where the registry must look closer. */
  readonly forecast: 'eligible' | 'pending' | CheckReason;
}

/** Most rows of one call. */
export const MAX_PRE_CHECK_ROWS = 200;

/** Answers in the order of the questions; a row the registry left out has none. */
export type PreChecked =
  | Readonly<{ ok: true; answers: readonly (PreCheckAnswer | undefined)[] }>
  | Readonly<{ ok: false; fault: RegistryFault }>;

/** The port. Never throws for what the other side does; keeps nothing of what was asked. */
export interface PreCheck {
  ask(questions: readonly PreCheckQuestion[], signal: AbortSignal): Promise<PreChecked>;
}
