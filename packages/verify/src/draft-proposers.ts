/** A paper entry that stands, and what it counts. */
type Paper = Readonly<{ index: number; count: number }>;

/** An act as far as the proposers of a draft follow from it. */
type ProposerAct = Readonly<{
  index: number;
  kind: string;
  case?: string;
  replaces?: number;
  body?: Readonly<Record<string, unknown>>;
}>;

/**
 * The proposers of every draft while the record is read, so that the numbers a case was filed with can be held against
 * the entries before it: electronic ones by their entries, those on paper by an officer's.
 */
export class DraftProposers {
  readonly #counted = new Map<string, number>();
  readonly #paper = new Map<string, readonly Paper[]>();
  readonly #filedAs = new Map<string, string>();

  /** A proposal counts (1) or no longer counts (-1). */
  move(draft: string, by: 1 | -1): void {
    this.#counted.set(draft, (this.#counted.get(draft) ?? 0) + by);
  }

  /** Takes the next act. False for a case filed with other proposers than its draft has, or with a draft not its own. */
  take({ index, kind, case: number, replaces, body }: ProposerAct): boolean {
    if (number === undefined) return true;
    if (kind === 'paper-proposers') {
      const standing = (this.#paper.get(number) ?? []).filter((one) => one.index !== replaces);
      this.#paper.set(number, [...standing, { index, count: Number(body?.['count']) }]);
    }
    if (kind === 'proposal-closed' && typeof body?.['case'] === 'string' && !this.#filedAs.has(number))
      this.#filedAs.set(number, body['case']);
    if (kind !== 'initiative-filed') return true;
    const filed = body?.['proposal'] as
      | Readonly<{ draft: string; electronic: number; paper: number }>
      | undefined;
    if (filed === undefined) return true;
    const paper = (this.#paper.get(filed.draft) ?? []).reduce((sum, { count }) => sum + count, 0);
    return (
      filed.electronic === (this.#counted.get(filed.draft) ?? 0) &&
      filed.paper === paper &&
      this.#filedAs.get(filed.draft) === number
    );
  }
}
