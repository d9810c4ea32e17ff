import {
  deriveLeafSecret,
  deriveSalt,
  equalBytes,
  evidenceCommitment,
  NationalId,
  recordCommitment,
  signerCommitment,
  toBase64Url,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import { type CatalogueCode, SIGNING_METHODS } from '../credentials/index.ts';
import type { AnnouncedText } from '../initiatives/index.ts';
import { actOfNumber } from '../record/index.ts';
import type { SealerClient, SealOutcome } from '../sealer/index.ts';
import type { IntakeRow, KnownSignature, TakeOutcome } from './joint-signature-store.ts';
import { periodFacts } from './not-open.ts';
import type { ReceiptOpening } from './receipt.ts';
import type { JointSignatureRequest } from './signing-contract.ts';
import { readToken, TRANSACTION_LIFETIME_MS, type Transaction } from './transaction-token.ts';
import { isProposal, renderStatement, specificationOf } from './what-is-signed.ts';

/**
 * 連署、提案: the intake of one signature, in the order of trust.md §2. Which of the two acts it is follows from the
 * number. It reads top to bottom as docs/flows/joint-signature.md; that document argues why a crash between any two steps is safe.
 */

export interface SigningDeps {
  readonly tokenKey: Uint8Array;
  /** The text that can be signed now, or why none can; `atMs` is the time of receipt. */
  readonly announcedText: (caseNumber: string, atMs: number, namedDigest: string) => Promise<AnnouncedText>;
  readonly sealer: Pick<SealerClient, 'seal'>;
  /** The pseudonym of a draft's lead proposer, who must be found among the proposers. */
  readonly leadPerson: (draft: string) => Promise<Uint8Array | undefined>;
  readonly take: (row: IntakeRow) => Promise<TakeOutcome>;
  /** Is `L` known, in which kind, and with which promise? Public facts only. */
  readonly known: (caseNumber: string, commitment: Uint8Array) => Promise<KnownSignature | undefined>;
}

export interface SignCommand {
  readonly caseNumber: string;
  readonly session: string;
  /** When the last byte of the request arrived: it alone decides whether the signature is in time. */
  readonly receivedAtMs: number;
  readonly request: JointSignatureRequest;
  /** True on the way without script. */
  readonly isSecretOurs: boolean;
}

export interface Refusal {
  readonly outcome: 'refused';
  readonly code: CatalogueCode;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export interface Taken {
  readonly outcome: 'taken';
  readonly opening: ReceiptOpening;
  /** Held: taken when its identity or revocation could not be decided, and why. */
  readonly heldFor?: string;
  readonly promise: string;
  /** True when this very signature had been taken before: the answer is the same. */
  readonly isRepeat: boolean;
}

const refuse = (code: CatalogueCode, facts?: Refusal['facts']): Refusal => ({
  outcome: 'refused',
  code,
  ...(facts ? { facts } : {}),
});

/** ① ② ③ ④ here, ⑤ ⑥ ⑦ in the sealer, ⑧ in the batch. A refusal leaves nothing behind. */
export async function signInitiative(deps: SigningDeps, command: SignCommand): Promise<Taken | Refusal> {
  const { caseNumber, request, receivedAtMs } = command;

  // ① Shape and size were judged at the edge; here the method and the MAC.
  if (!SIGNING_METHODS.some(({ id, isEnabled }) => id === request.method && isEnabled))
    return refuse('E_METHOD_DISABLED');
  const transaction = readToken(deps.tokenKey, command.session, request.token);
  if (!transaction || transaction.caseNumber !== caseNumber) return refuse('E_TX_UNKNOWN');
  const text = await deps.announcedText(caseNumber, receivedAtMs, transaction.textDigest);
  if (text.state === 'unknown') return refuse('E_TX_UNKNOWN');

  if (transaction.specification !== specificationOf(caseNumber)) return refuse('E_TBS_VERSION');

  // ② What was taken before is answered again, whatever has expired or closed since.
  const opened = openCommitments(transaction, text.mainText, request, command.isSecretOurs);
  if (opened.outcome === 'opened') {
    const known = await deps.known(caseNumber, request.recordCommitment);
    if (known) return repeat(opened.opening, known);
  }

  // ③
  if (receivedAtMs - transaction.issuedAtMs > TRANSACTION_LIFETIME_MS) return refuse('E_TX_EXPIRED');
  if (text.state !== 'open') return refuse('E_INITIATIVE_CLOSED', periodFacts(text));

  // ④
  if (transaction.textDigest !== text.textDigest) return refuse('E_TEXT_CHANGED');
  if (opened.outcome === 'refused') return opened;

  // ⑤ ⑥ ⑦
  const leadPerson = isProposal(caseNumber) ? await deps.leadPerson(caseNumber) : undefined;
  const sealed = await deps.sealer.seal({
    act: actOfNumber(caseNumber),
    statement: {
      caseNumber,
      mainText: text.mainText,
      textDigest: transaction.textDigest,
      signedAt: transaction.signedAt,
      transaction: transaction.transaction,
    },
    nationalId: opened.nationalId.reveal(),
    receiptSecret: request.receiptSecret,
    form: request.form,
    signature: request.signature,
    certificate: request.certificate,
    recordCommitment: request.recordCommitment,
    receivedAtMs,
    ...(leadPerson === undefined ? {} : { leadPerson }),
  });
  if (sealed.outcome === 'refused') return refuse(sealed.code);

  // ⑧
  const taken = await deps.take(intakeRow(transaction, receivedAtMs, sealed));
  switch (taken.outcome) {
    case 'stored':
      return {
        outcome: 'taken',
        opening: opened.opening,
        promise: sealed.promise,
        isRepeat: false,
        ...(sealed.outcome === 'held' ? { heldFor: sealed.reason } : {}),
      };
    case 'same':
      return repeat(opened.opening, taken);
    case 'transaction-used':
      return refuse('E_TX_USED');
    case 'closed':
      return refuse('E_INITIATIVE_CLOSED');
    case 'already-signed':
      return refuse('E_ALREADY_SIGNED', { firstSignedAt: taken.firstSignedAt });
    default:
      return taken satisfies never;
  }
}

function repeat(opening: ReceiptOpening, { promise, heldFor }: KnownSignature): Taken {
  const again = { outcome: 'taken', promise, isRepeat: true } as const;
  return heldFor === undefined
    ? { ...again, opening }
    : { ...again, opening: { ...opening, kind: 'held' }, heldFor };
}

type Opened =
  | { readonly outcome: 'opened'; readonly nationalId: NationalId; readonly opening: ReceiptOpening }
  | Refusal;

/**
 * Recomputes the signer commitment and `L` from their parts. Whoever does not hold the parts of a known `L`
 * learns nothing about it.
 */
function openCommitments(
  transaction: Transaction,
  mainText: string,
  request: JointSignatureRequest,
  isSecretOurs: boolean,
): Opened {
  const nationalId = NationalId.parse(request.nationalId);
  if (!(nationalId instanceof NationalId)) return refuse('E_ID_FORMAT', { reason: nationalId.code });
  const salt = deriveSalt(nodePrimitives, request.receiptSecret);
  if (toBase64Url(signerCommitment(nodePrimitives, nationalId, salt)) !== transaction.signerCommitment)
    return refuse('E_TBS_MISMATCH');
  const statement = renderStatement({ ...transaction, mainText });
  const evidence = evidenceCommitment(nodePrimitives, {
    statement,
    signature: request.signature,
    certificate: request.certificate,
  });
  const leafSecret = deriveLeafSecret(nodePrimitives, request.receiptSecret);
  const { caseNumber } = transaction;
  const commitment = recordCommitment(nodePrimitives, { caseNumber, leafSecret, evidence });
  if (!equalBytes(commitment, request.recordCommitment)) return refuse('commitment-mismatch');
  return {
    outcome: 'opened',
    nationalId,
    opening: { caseNumber, kind: actOfNumber(caseNumber), commitment, leafSecret, evidence, isSecretOurs },
  };
}

function intakeRow(
  transaction: Transaction,
  receivedAtMs: number,
  sealed: Exclude<SealOutcome, { outcome: 'refused' }>,
): IntakeRow {
  return { caseNumber: transaction.caseNumber, transaction: transaction.transaction, receivedAtMs, sealed };
}
