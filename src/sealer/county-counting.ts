import type { PreCheck } from '../registry/index.ts';
import { CountyDays } from './county-days.ts';
import { CountyForecasts, DEFAULT_PATIENCE } from './county-forecasts.ts';
import type { StateDirectory } from './state-directory.ts';

/** The registry, and how patiently it is asked; see {@link DEFAULT_PATIENCE}. */
export interface PreCheckConfig {
  readonly registry: PreCheck;
  readonly lingerMs?: number;
  readonly deadlineMs?: number;
}

/** What an operator hears of it. */
export interface CountyLogLine {
  readonly level: 'info' | 'warn';
  readonly event: 'no-registry' | 'pre-check-silent' | 'pre-check-answers' | 'county-trouble';
  readonly code?: string;
  /** The legal day, of trouble with its file. */
  readonly where?: string;
}

interface CountingDeps {
  readonly preCheck?: PreCheckConfig;
  readonly nowMs: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly log: (line: CountyLogLine) => void;
}

/** What the sealer counts by county. */
export interface Counties {
  readonly days: CountyDays;
  /** Absent where this house has no registry: what was counted before can still be handed over. */
  readonly forecasts: CountyForecasts | undefined;
}

/** Both parts over the sealer's own directory. Says at start where no registry is connected. */
export function countCounties(
  { preCheck, nowMs, randomBytes, log }: CountingDeps,
  state: StateDirectory,
): Counties {
  const days = new CountyDays({
    state,
    nowMs,
    randomBytes,
    onTrouble: (code, where) => log({ level: 'warn', event: 'county-trouble', code, where }),
  });
  if (preCheck === undefined) {
    log({ level: 'info', event: 'no-registry' });
    return { days, forecasts: undefined };
  }
  const { registry, ...patience } = preCheck;
  const forecasts = new CountyForecasts({
    registry,
    patience: { ...DEFAULT_PATIENCE, ...patience },
    days,
    onChange: (code) =>
      code === undefined
        ? log({ level: 'info', event: 'pre-check-answers' })
        : log({ level: 'warn', event: 'pre-check-silent', code }),
  });
  return { days, forecasts };
}
