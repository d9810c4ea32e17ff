/** What drafting asks of the workspace: who is signed in, what they may do, and who else was invited. */

/** Somebody signed in at the workspace. */
export interface Person {
  readonly id: string;
  /** By citizen certificate (may lead), or by passkey (was invited). */
  readonly kind: 'card' | 'passkey';
  /** How colleagues call them here; never public. */
  readonly label: string;
}

/** A person invited to a draft. */
export interface Member {
  readonly account: string;
  readonly label: string;
  /** Has registered a passkey; before that, an invitation is on its way. */
  readonly hasCome: boolean;
}

/** The people of drafts, as the module of lead proposers keeps them. */
export interface Members {
  /** Ids of the drafts this person was invited to help with. */
  draftsOf(person: Person): Promise<readonly string[]>;
  listOf(draft: string): Promise<readonly Member[]>;
  /** A one-time link for somebody under this label. */
  invite(draft: string, label: string, by: Person): Promise<string>;
  /** Takes a person's mandate away; nothing happens where there is none. */
  end(draft: string, account: string): Promise<void>;
}

/** What a person is in one draft. */
export type Role = 'lead' | 'co-drafter';
