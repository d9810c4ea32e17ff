/** How much is gathered, how long a question may take in all, how many calls run and how many questions wait. */
export interface QuestionLimits {
  readonly lingerMs: number;
  readonly deadlineMs: number;
  /** Questions of one call. */
  readonly maxBatch: number;
  /** Calls at a time. A slow service gets fewer and larger calls, not more. */
  readonly maxCalls: number;
  readonly maxWaiting: number;
}

interface Waiting<Question, Answer> {
  readonly question: Question;
  /** Answers once; later answers are lost, so that a late call cannot change what was told. */
  readonly answer: (answer: Answer) => void;
  isAnswered: boolean;
}

/**
 * Gathers single questions to an outside service into bounded calls. Every question has an answer by its deadline: a
 * silent, failing or over-full service, or one that answers another number of questions, gives `none`, never an exception. A question
 * is forgotten with the call that carried it.
 */
export class QuestionBatcher<Question, Answer> {
  readonly #call: (questions: readonly Question[], signal: AbortSignal) => Promise<readonly Answer[]>;
  readonly #none: Answer;
  readonly #limits: QuestionLimits;
  #gathering: Waiting<Question, Answer>[] = [];
  #timer: NodeJS.Timeout | undefined;
  #calls = 0;
  #waiting = 0;

  constructor(
    call: (questions: readonly Question[], signal: AbortSignal) => Promise<readonly Answer[]>,
    none: Answer,
    limits: QuestionLimits,
  ) {
    this.#call = call;
    this.#none = none;
    this.#limits = limits;
  }

  ask(question: Question): Promise<Answer> {
    if (this.#waiting >= this.#limits.maxWaiting) return Promise.resolve(this.#none);
    this.#waiting += 1;
    return new Promise((resolve) => {
      const deadline = setTimeout(() => waiting.answer(this.#none), this.#limits.deadlineMs);
      const waiting: Waiting<Question, Answer> = {
        question,
        isAnswered: false,
        answer: (answer) => {
          if (waiting.isAnswered) return;
          waiting.isAnswered = true;
          clearTimeout(deadline);
          this.#waiting -= 1;
          resolve(answer);
        },
      };
      this.#gathering.push(waiting);
      if (this.#gathering.length >= this.#limits.maxBatch) this.#send();
      else this.#timer ??= setTimeout(() => this.#send(), this.#limits.lingerMs);
    });
  }

  /** Sends what was gathered, if a call is free; otherwise the next call that ends does. */
  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#calls < this.#limits.maxCalls && this.#gathering.length > 0) {
      const batch = this.#gathering.splice(0, this.#limits.maxBatch).filter(({ isAnswered }) => !isAnswered);
      if (batch.length > 0) void this.#carry(batch);
    }
  }

  async #carry(batch: readonly Waiting<Question, Answer>[]): Promise<void> {
    this.#calls += 1;
    const answers = await this.#answers(batch.map(({ question }) => question));
    this.#calls -= 1;
    batch.forEach(({ answer }, i) => {
      answer(answers[i] ?? this.#none);
    });
    this.#send();
  }

  /** The service's answers, or none at the deadline even if it ignores its signal. */
  async #answers(questions: readonly Question[]): Promise<readonly Answer[]> {
    const cut = new AbortController();
    const silence = Promise.withResolvers<readonly Answer[]>();
    const timer = setTimeout(() => {
      cut.abort();
      silence.resolve([]);
    }, this.#limits.deadlineMs);
    try {
      const answers = await Promise.race([this.#call(questions, cut.signal), silence.promise]);
      return answers.length === questions.length ? answers : [];
    } catch {
      return [];
    } finally {
      clearTimeout(timer);
    }
  }
}
