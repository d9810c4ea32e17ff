/** 歷程: what one run of the house looked like from outside. Plain data; `check-history.ts` judges it. */

/** A root hash in hexadecimal: compared as text. */
export type RootHex = string;

/** An envelope that some client sent. */
export type SentEnvelope = Readonly<{
  commitment: string;
  person: number;
  caseNumber: string;
  /** The tags its entry may bear: sealed at once, or settled after a hold. */
  tags: readonly string[];
}>;

/** What one client was told of one envelope, once. Times are the house's own, in milliseconds. */
export type Answer = Readonly<{
  commitment: string;
  atMs: number;
  told:
    | Readonly<{ kind: 'included'; index: number }>
    | Readonly<{ kind: 'promised'; publishByMs: number; isHeld: boolean }>
    | Readonly<{ kind: 'refused'; code: string }>;
}>;

/** A checkpoint somebody saw. */
export type SeenCheckpoint = Readonly<{
  size: number;
  root: RootHex;
  atMs: number;
  /**
   * `public` and `witnessed` (the newest that reached its quorum): as published, in the order seen. `receipt`: in a
   * receipt, which may run ahead of publication.
   */
  from: 'public' | 'witnessed' | 'receipt';
}>;

/** Numbers of one case and act. */
export type Numbers = Readonly<{
  counted: number;
  held: number;
  settledCounted: number;
  settledRefused: number;
  signed: number;
  voided: number;
}>;

/** A count that was displayed, with the checkpoint it names. */
export type ShownCount = Readonly<{
  caseNumber: string;
  size: number;
  root: RootHex;
  /** Some displays state fewer of them. */
  numbers: Partial<Numbers>;
  where: string;
}>;

/** One run, complete: everybody was answered, nothing waits. */
export type History = Readonly<{
  envelopes: readonly SentEnvelope[];
  answers: readonly Answer[];
  checkpoints: readonly SeenCheckpoint[];
  counts: readonly ShownCount[];
  /** The entries of the final log files, in order, and the checkpoint they are published under. */
  final: Readonly<{ entries: readonly Uint8Array[]; size: number; root: RootHex }>;
  /** Kinds of acts that this run caused, beside signatures and what becomes of them. */
  actKinds: readonly string[];
}>;
