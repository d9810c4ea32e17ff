import { EFFECTS, NET } from './tally.ts';

function grown<T extends Uint8Array | Uint32Array>(column: T, make: (length: number) => T): T {
  const next = make(column.length * 2);
  next.set(column);
  return next;
}

/**
 * Six bytes for each entry of the log: its case and act by number, the number it raises, and where it stands now.
 * Counts at any earlier size follow by one pass over the columns. Grows by doubling.
 */
export class EntryColumns {
  #size = 0;
  #groups = new Uint32Array(4096);
  #effects = new Uint8Array(4096);
  #states = new Uint8Array(4096);

  get size(): number {
    return this.#size;
  }

  push(group: number, effect: number, state: number): void {
    if (this.#size === this.#groups.length) {
      this.#groups = grown(this.#groups, (length) => new Uint32Array(length));
      this.#effects = grown(this.#effects, (length) => new Uint8Array(length));
      this.#states = grown(this.#states, (length) => new Uint8Array(length));
    }
    this.#groups[this.#size] = group;
    this.#effects[this.#size] = effect;
    this.#states[this.#size] = state;
    this.#size += 1;
  }

  group(index: number): number {
    return this.#groups[index] ?? 0;
  }

  state(index: number): number {
    return index < this.#size ? (this.#states[index] ?? 0) : 0;
  }

  setState(index: number, state: number): void {
    this.#states[index] = state;
  }

  withState(state: number): readonly number[] {
    const found: number[] = [];
    for (let i = 0; i < this.#size; i++) if (this.#states[i] === state) found.push(i);
    return found;
  }

  /** Per group, how often each effect occurred among the first `size` entries. */
  tallies(groups: number, size: number): readonly (readonly number[])[] {
    const sums = new Float64Array(groups * EFFECTS);
    const end = Math.min(size, this.#size);
    for (let i = 0; i < end; i++) {
      const at = (this.#groups[i] ?? 0) * EFFECTS + (this.#effects[i] ?? 0);
      sums[at] = (sums[at] ?? 0) + 1;
    }
    return Array.from({ length: groups }, (_, group) => [
      ...sums.subarray(group * EFFECTS, (group + 1) * EFFECTS),
    ]);
  }

  /** What one group's count changed by between the given ends: entries before the first, then up to each next. */
  netChanges(group: number, ends: readonly number[]): readonly number[] {
    let from = 0;
    return ends.map((end) => {
      let sum = 0;
      for (let i = from; i < end; i++) if (this.#groups[i] === group) sum += NET[this.#effects[i] ?? 0] ?? 0;
      from = end;
      return sum;
    });
  }
}
