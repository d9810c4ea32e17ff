import { movedDay } from './disaster-closures.ts';
import { daysBetween, daysLater } from './legal-terms.ts';

type Body = Readonly<Record<string, unknown>>;

/** An order of a supplement that stands and by which nothing was opened yet. */
export type SupplementOrder = Readonly<{
  index: number;
  on: string;
  /** The last days its term may have before closures move them: days on which a court held the case are added. */
  lastDays: readonly string[];
}>;

/** 公民投票法 §10 VII, §13 III. */
const SUPPLEMENT_DAYS = 30;

/** Last days as they were counted, and as official closures move them. */
export const movedOrNot = (lastDays: readonly string[], closed: ReadonlySet<string>): readonly string[] => [
  ...new Set(lastDays.flatMap((day) => [day, movedDay(day, closed)])),
];

/** Orders of supplements in one case: which of them stand, and until when each lets people sign. */
export class StandingOrders {
  readonly #orders = new Map<string, SupplementOrder>();
  #suspendedOn: string | undefined;

  of(whom: 'signers' | 'proposers'): SupplementOrder | undefined {
    return this.#orders.get(whom);
  }

  /** By an order something is opened once. */
  use(whom: 'signers' | 'proposers'): void {
    this.#orders.delete(whom);
  }

  order(body: Body, index: number): void {
    const on = String(body['on']);
    this.#orders.set(String(body['of']), { index, on, lastDays: [daysLater(on, SUPPLEMENT_DAYS)] });
  }

  /** What a later entry replaced or retracted orders nothing. */
  withdraw(index: number): void {
    for (const [whom, order] of this.#orders) if (order.index === index) this.#orders.delete(whom);
  }

  /** Terms stand still while a court holds the case (公民投票法 §53; a default of the platform). */
  suspension(body: Body, closed: ReadonlySet<string>): void {
    const on = String(body['on']);
    if (body['step'] === 'begun') {
      this.#suspendedOn ??= on;
      return;
    }
    const from = this.#suspendedOn;
    this.#suspendedOn = undefined;
    if (from === undefined) return;
    for (const [whom, order] of this.#orders) {
      const held = daysBetween(from > order.on ? from : order.on, on);
      if (held <= 0) continue;
      const later = movedOrNot(order.lastDays, closed).map((day) => daysLater(day, held));
      this.#orders.set(whom, { ...order, lastDays: [...new Set([...order.lastDays, ...later])] });
    }
  }
}
