import { toBase64Url } from '@lianshu/statement';
import { QuestionBatcher } from '../platform/question-batcher.ts';
import { legalDateOf, monotonicMs } from '../platform/time.ts';
import { MAX_PRE_CHECK_ROWS, type PreCheck, type PreCheckQuestion } from '../registry/index.ts';
import { type CountyDays, UNKNOWN_COUNTY } from './county-days.ts';
import type { Act, PreCheckHealth } from './sealer-types.ts';

/** A confirmed person whose envelope was sealed. Personal data. */
export interface ForecastRequest {
  readonly recordCommitment: Uint8Array;
  readonly caseNumber: string;
  readonly act: Act;
  readonly nationalId: string;
  readonly receivedAtMs: number;
}

/** How long rows are gathered, and how long one is waited for in all. */
export interface Patience {
  readonly lingerMs: number;
  readonly deadlineMs: number;
}

export const DEFAULT_PATIENCE: Patience = { lingerMs: 500, deadlineMs: 3_000 };
const LIMITS = { maxBatch: MAX_PRE_CHECK_ROWS, maxCalls: 2, maxWaiting: 4_000 };
/** An envelope that intake has not reported by then was not stored: a second signature, a lost connection. */
const FORGET_AFTER_MS = 120_000;
const MOST_WAITING = 50_000;

/** Without the number: it goes with the question, and the question with its batch. */
interface Waiting {
  readonly caseNumber: string;
  readonly act: Act;
  readonly receivedAtMs: number;
  readonly sinceMs: number;
  county: string | undefined;
  isStored: boolean;
}

export interface CountyForecastsDeps {
  readonly registry: PreCheck;
  readonly patience: Patience;
  readonly days: Pick<CountyDays, 'count'>;
  /** Told when the registry stops answering, with why, and when it answers again (undefined). */
  readonly onChange: (code: string | undefined) => void;
}

/**
 * 預查: asks the registry about those whose envelopes were sealed, in batches that name no case, and counts them by
 * county once intake reports that they were stored. It is asked beside the signing path and decides nothing in it: an
 * answer that is late, missing or refused makes an unknown county. What the registry forecasts of eligibility is read and
 * dropped: legally decisive is the check of the roster.
 *
 * A national ID is kept only as long as its batch is out, at most the deadline; the county of a commitment until intake
 * reports it, at most two minutes. In memory only.
 */
export class CountyForecasts {
  readonly #deps: CountyForecastsDeps;
  readonly #batcher: QuestionBatcher<PreCheckQuestion, string | undefined>;
  readonly #waiting = new Map<string, Waiting>();
  #asked = 0;
  #answered = 0;
  #counted = 0;
  #silence: string | undefined;

  constructor(deps: CountyForecastsDeps) {
    this.#deps = deps;
    this.#batcher = new QuestionBatcher((questions, signal) => this.#ask(questions, signal), undefined, {
      ...LIMITS,
      ...deps.patience,
    });
  }

  /** Returns at once. Must be called for a confirmed person only. */
  begin({ recordCommitment, caseNumber, act, nationalId, receivedAtMs }: ForecastRequest): void {
    this.#forgetOld();
    const name = toBase64Url(recordCommitment);
    if (this.#waiting.has(name) || this.#waiting.size >= MOST_WAITING) return;
    const sinceMs = monotonicMs();
    const waiting: Waiting = { caseNumber, act, receivedAtMs, sinceMs, county: undefined, isStored: false };
    this.#waiting.set(name, waiting);
    this.#asked += 1;
    void this.#batcher.ask({ nationalId, on: legalDateOf(receivedAtMs) }).then((county) => {
      if (county !== undefined) this.#answered += 1;
      waiting.county = county ?? UNKNOWN_COUNTY;
      this.#countIfDone(name, waiting);
    });
  }

  /** Intake's report. Said once for each; what is not known here any more is left to be counted as unknown. */
  stored(recordCommitments: readonly Uint8Array[]): void {
    for (const commitment of recordCommitments) {
      const name = toBase64Url(commitment);
      const waiting = this.#waiting.get(name);
      if (waiting === undefined) continue;
      waiting.isStored = true;
      this.#countIfDone(name, waiting);
    }
  }

  health(): PreCheckHealth {
    return { asked: this.#asked, answered: this.#answered, counted: this.#counted };
  }

  #countIfDone(name: string, { caseNumber, act, receivedAtMs, county, isStored }: Waiting): void {
    if (county === undefined || !isStored || !this.#waiting.delete(name)) return;
    this.#counted += 1;
    this.#deps.days.count(receivedAtMs, caseNumber, act, county);
  }

  async #ask(
    questions: readonly PreCheckQuestion[],
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]> {
    const answered = await this.#deps.registry.ask(questions, signal);
    const silence = answered.ok ? undefined : answered.fault;
    if (silence !== this.#silence) this.#deps.onChange(silence);
    this.#silence = silence;
    if (!answered.ok) return [];
    return answered.answers.map((answer) => answer && (answer.county ?? UNKNOWN_COUNTY));
  }

  #forgetOld(): void {
    const before = monotonicMs() - FORGET_AFTER_MS;
    for (const [name, { sinceMs }] of this.#waiting) {
      if (sinceMs >= before) return;
      this.#waiting.delete(name);
    }
  }
}
