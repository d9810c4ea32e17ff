/** 帳號與授權: who somebody signed in is, and what they may do for which draft or case. */

/**
 * What an account may do for one draft or case. `lead`: 領銜人, the only legal actor (law.md §19). `co-drafter` and
 * `assistant`: invited. `e-system`: the lead proposer signed in with certificate and access code 系統認證碼 of this case,
 * for this session only (電子連署及查對作業辦法 §§5, 6).
 */
export type Mandate = 'lead' | 'co-drafter' | 'assistant' | 'e-system';

/** Mandates that are given and kept; `e-system` is a session's own. */
export type KeptMandate = Exclude<Mandate, 'e-system'>;

/** Somebody signed in. Holds no name and no national ID. */
export interface Account {
  /** Random, 16 characters. */
  readonly id: string;
  /** By citizen certificate (may lead), or by passkey (was invited). */
  readonly kind: 'card' | 'passkey';
  /** 領銜人帳號 with a short code, or the label the inviting person chose. */
  readonly label: string;
  /** Of a card account: the sealer's pseudonym of the person, 32 bytes. Goes into `proposals.open`, onto no page. */
  readonly person: Uint8Array | undefined;
  /** Of a card's session: with it the sealer says whether a name is the one on the card. Goes onto no page. */
  readonly nameProof: Uint8Array | undefined;
  /** Digest of the session's secret: names it, opens nothing. */
  readonly sessionName: string;
  /** The case whose access code was given at this sign-in; undefined once that code holds no more. */
  readonly eSystem: string | undefined;
}

/** Which draft (random id or 草案編號) or case, and what for. */
export interface ScopedMandate {
  readonly scope: string;
  readonly mandate: Mandate;
  /** Last day, Asia/Taipei; undefined until ended. */
  readonly untilOn: string | undefined;
}

/** A person with a mandate for one draft or case, as its lead proposer sees them. */
export interface Member {
  readonly account: string;
  readonly label: string;
  readonly mandate: KeptMandate;
  readonly givenAtMs: number;
  readonly untilOn: string | undefined;
  /** Has an account that can sign in; before that an invitation is on its way. */
  readonly hasCome: boolean;
}
