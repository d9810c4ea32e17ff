import { QuestionBatcher, type QuestionLimits } from '../platform/question-batcher.ts';
import {
  type IdentityConfirmation,
  type IdentityOutcome,
  type IdentityRequest,
  MAX_IDENTITY_BATCH,
  UNAVAILABLE,
} from './identity-confirmation.ts';

/**
 * Gathers single questions into calls of at most {@link MAX_IDENTITY_BATCH}. Every question has an outcome by
 * its deadline: a silent, failing or over-full service gives `unavailable`, never an exception.
 */
export class IdentityBatcher {
  readonly #batcher: QuestionBatcher<IdentityRequest, IdentityOutcome>;

  constructor(port: IdentityConfirmation, limits: Omit<QuestionLimits, 'maxBatch'>) {
    this.#batcher = new QuestionBatcher((requests, signal) => port.confirm(requests, signal), UNAVAILABLE, {
      ...limits,
      maxBatch: MAX_IDENTITY_BATCH,
    });
  }

  confirm(request: IdentityRequest): Promise<IdentityOutcome> {
    return this.#batcher.ask(request);
  }
}
