import type { CatalogueCode, HoldReason } from '../credentials/index.ts';

/** The kind of record entry a signature becomes (trust.md §1). The tag's own act string for a proposal is `proposal`. */
export type Act = 'joint-signature' | 'proposal-signature';

/** How the signature bytes are shaped (identity.md §9, method profile). */
export type SignatureForm = 'cms-attached' | 'cms-detached' | 'pkcs1';

/** The two sealed parts of one signature (trust.md §3). */
export type Part = 'evidence' | 'roster';

/** The stored fields from which the statement 連署書 is rendered again, byte for byte (identity.md §9). */
export interface StatementFields {
  readonly caseNumber: string;
  readonly mainText: string;
  /** SHA-256 of the published text file, 64 lower-case hex digits. */
  readonly textDigest: string;
  /** `2026-11-21T12:00:00+08:00`, as it stands in the statement. */
  readonly signedAt: string;
  /** 交易序號: 22 characters base64url. */
  readonly transaction: string;
}

/** One whole envelope, as posted by the signer. The sealer takes nothing less: no tag for a bare number. */
export interface SealRequest {
  readonly act: Act;
  readonly statement: StatementFields;
  readonly nationalId: string;
  /** `s`, 32 bytes, made in the browser (trust.md §2). */
  readonly receiptSecret: Uint8Array;
  readonly form: SignatureForm;
  readonly signature: Uint8Array;
  /** DER; required for `pkcs1`, otherwise taken from the CMS. */
  readonly certificate?: Uint8Array;
  /** `L` as the client computed it; the sealer recomputes and refuses a difference. */
  readonly recordCommitment: Uint8Array;
  /** When the last byte of the request arrived: decides validity, window and promise. */
  readonly receivedAtMs: number;
  /**
   * Of a proposal: the pseudonym of the draft's lead proposer, with whom the confirmed signer is compared. Whether they
   * are one person stands in {@link SettledSeal.leadMark}, readable to this sealer alone.
   */
  readonly leadPerson?: Uint8Array;
}

/** One record of a sealed chain: where its key stands and its ciphertext. Store all three. */
export interface SealedRecord {
  readonly epochId: string;
  readonly place: number;
  readonly ciphertext: Uint8Array;
}

/** An epoch's first key, wrapped to its recipients as an age file. Store with `ON CONFLICT (epoch_id) DO NOTHING`. */
export interface WrappedEpoch {
  readonly epochId: string;
  readonly part: Part;
  readonly wrapped: Uint8Array;
}

/** What is stored once everything passed. Each retry seals anew (other epoch places, other `publicTag`); the first stored row counts. */
export interface SettledSeal {
  readonly outcome: 'sealed';
  readonly act: Act;
  readonly caseNumber: string;
  /** `L`. */
  readonly recordCommitment: Uint8Array;
  /** `E`. */
  readonly evidenceCommitment: Uint8Array;
  /** `r`. */
  readonly leafSecret: Uint8Array;
  /** `t`: never leaves the system, never enters the record. */
  readonly duplicateTag: Uint8Array;
  /** `T`, the entry's `tag`. */
  readonly publicTag: Uint8Array;
  readonly evidence: SealedRecord;
  readonly rosterRecord: SealedRecord;
  /** The epochs of `evidence` and `rosterRecord`, in this order. */
  readonly epochs: readonly WrappedEpoch[];
  readonly warnings: readonly string[];
  /** Of a proposal: 32 bytes, random, or the draft's {@link SealerClient.leadMark} where the lead proposer signed. */
  readonly leadMark?: Uint8Array;
}

/** Sealed at once, with the promise for the case that inclusion takes over 2 s. */
export interface Sealed extends SettledSeal {
  /** Signed note of the sealer's own key: `<origin>/promise`. */
  readonly promise: string;
}

/** Received but not decided (trust.md §2, "Held"): takes no tag. Only the sealer opens the ciphertext, with that day's hold key. */
export interface Held {
  readonly outcome: 'held';
  readonly act: Act;
  readonly caseNumber: string;
  readonly recordCommitment: Uint8Array;
  readonly evidenceCommitment: Uint8Array;
  readonly leafSecret: Uint8Array;
  readonly holdKeyId: string;
  readonly ciphertext: Uint8Array;
  readonly reason: HoldReason;
  readonly promise: string;
}

/** Refused for good: a code of LIANSHU-VP/1, or `commitment-mismatch` (L does not match its parts; check 4). */
export interface Refused {
  readonly outcome: 'refused';
  readonly check: number;
  readonly code: CatalogueCode;
}

export type SealOutcome = Sealed | Held | Refused;

/** A stored held row, as returned in {@link Held}. */
export interface HeldReference {
  readonly holdKeyId: string;
  readonly ciphertext: Uint8Array;
}

export interface StillHeld {
  readonly outcome: 'still-held';
  readonly recordCommitment: Uint8Array;
  readonly reason: HoldReason;
}

export interface SettleRefused extends Refused {
  readonly recordCommitment: Uint8Array;
}

export type SettleOutcome = SettledSeal | StillHeld | SettleRefused;

/** `ready` means K_case exists and recipients for both parts are on file: only then does `seal` accept the case. */
export interface CaseState {
  readonly caseNumber: string;
  readonly ready: boolean;
  readonly evidenceRecipients: number;
  readonly rosterRecipients: number;
}

export interface RevocationListState {
  readonly issuerSki: string;
  /** Decimal CRLNumber. */
  readonly crlNumber: string;
  readonly nextUpdateMs: number;
}

export interface SealerHealth {
  readonly ready: boolean;
  /** Verifier key (vkey) of the promise note, for publication. */
  readonly promiseKey: string;
  readonly crl: readonly RevocationListState[];
  readonly inFlight: number;
  /** Absent where this house has no registry. */
  readonly preCheck?: PreCheckHealth;
}

/**
 * `current` = the key of today, or of yesterday in the first hour, is never destroyed; `absent` = gone already
 * (a repeat is harmless).
 */
export interface ForgetOutcome {
  readonly outcome: 'forgotten' | 'absent' | 'current';
}

/** Totals of a legal day that is over: how many of a case's stored signers the registry has in which county. */
export interface CountyDay {
  readonly day: string;
  readonly rows: readonly {
    readonly caseNumber: string;
    readonly act: Act;
    /** Five digits, or `unknown`. */
    readonly county: string;
    readonly counted: number;
  }[];
}

/** How the pre-check goes, since the start, all cases together; nobody's county follows from it. */
export interface PreCheckHealth {
  readonly asked: number;
  readonly answered: number;
  /** Of those stored, with or without a county. */
  readonly counted: number;
}

/** One sign-in 登入 as posted, over a statement `LIANSHU-LOGIN/1`. */
export interface SignInRequest {
  readonly statement: {
    /** Host name as in the address bar, with its port if there is one. */
    readonly site: string;
    readonly signedAt: string;
    readonly transaction: string;
  };
  readonly nationalId: string;
  readonly form: SignatureForm;
  readonly signature: Uint8Array;
  /** DER; required for `pkcs1`, otherwise taken from the CMS. */
  readonly certificate?: Uint8Array;
  readonly receivedAtMs: number;
}

/**
 * Who signed in: `person` is their pseudonym (see `person-key.ts`), the same at every sign-in, and no tag. Neither name
 * nor number comes back; `nameProof` answers one question later, whether a typed name is the one on the card. `undecided`: identity or revocation could not be asked; nothing is kept, try again.
 */
export type SignInOutcome =
  | { readonly outcome: 'confirmed'; readonly person: Uint8Array; readonly nameProof?: Uint8Array }
  | { readonly outcome: 'undecided'; readonly reason: HoldReason }
  | Refused;

/** The lead proposer's affidavit 切結書 as posted, over a statement `LIANSHU-AFFIDAVIT/1`. */
export interface AffidavitRequest extends Omit<SignInRequest, 'statement'> {
  readonly statement: {
    readonly caseNumber: string;
    /** Hex SHA-256 of the affidavit's full text. */
    readonly textDigest: string;
    readonly signedAt: string;
    readonly transaction: string;
  };
}

/**
 * Who signed the affidavit (the pseudonym of sign-in), the bytes that were signed, and what proves it as an age file to
 * the case's evidence recipients: this server cannot open it. `undecided` as for a sign-in.
 */
export type AffidavitOutcome =
  | {
      readonly outcome: 'sealed';
      readonly person: Uint8Array;
      readonly statement: Uint8Array;
      readonly evidence: Uint8Array;
    }
  | Exclude<SignInOutcome, { readonly outcome: 'confirmed' }>;

/**
 * The sealer as intake sees it. Refusals are values; everything else throws {@link SealerFault}, and a fault
 * always means: nothing is stored, the same request may be sent again.
 */
export interface SealerClient {
  seal(request: SealRequest): Promise<SealOutcome>;
  signIn(request: SignInRequest): Promise<SignInOutcome>;
  sealAffidavit(request: AffidavitRequest): Promise<AffidavitOutcome>;
  /** The mark that the signature of `person` carries under this draft, if they lead it and signed. */
  leadMark(of: Readonly<{ draft: string; person: Uint8Array }>): Promise<Uint8Array>;
  /** Whether a name is the one on the card with which `person` signed in and was given `proof`. */
  isNameOnCard(claim: Readonly<{ person: Uint8Array; name: string; proof: Uint8Array }>): Promise<boolean>;
  settle(held: HeldReference): Promise<SettleOutcome>;
  /** Creates K_case once and reads the recipients from the sealer's own directory; idempotent. */
  openCase(caseNumber: string): Promise<CaseState>;
  forgetHoldKey(holdKeyId: string): Promise<ForgetOutcome>;
  /** Tells which of the envelopes it sealed were stored and counted: only they are counted by county. */
  noteStored(recordCommitments: readonly Uint8Array[]): Promise<void>;
  /** Totals by county of days that are over, the same until {@link forgetCountyDay}. */
  countyDays(): Promise<readonly CountyDay[]>;
  /** A day's totals are in the database: the sealer forgets them. */
  forgetCountyDay(day: string): Promise<ForgetOutcome>;
  health(): Promise<SealerHealth>;
  reloadRevocation(): Promise<readonly RevocationListState[]>;
  close(): void;
}

/**
 * `sealer-busy` queue full or worker replaced: 503 with Retry-After · `sealer-unreachable` no connection or
 * time-out · `case-not-ready` call openCase first / recipients missing · `case-key-lost` K_case was made once and is
 * gone: a new one would let everybody sign twice · `request-malformed` a bug of the
 * caller · `hold-key-destroyed` the held record can never be opened · `hold-record-unreadable` other bytes
 * than the sealer gave · `sealer-fault` anything else.
 */
export type SealerFaultCode =
  | 'sealer-busy'
  | 'sealer-unreachable'
  | 'case-not-ready'
  | 'case-key-lost'
  | 'request-malformed'
  | 'hold-key-destroyed'
  | 'hold-record-unreadable'
  | 'sealer-fault';

/** The sealer could not answer. Carries a code and nothing of the request. */
export class SealerFault extends Error {
  readonly code: SealerFaultCode;
  /** True when the same request may succeed a moment later. */
  readonly retryable: boolean;

  constructor(code: SealerFaultCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'SealerFault';
    this.code = code;
    this.retryable = code === 'sealer-busy' || code === 'sealer-unreachable';
  }
}
