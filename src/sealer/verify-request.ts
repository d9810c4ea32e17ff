import {
  type EnvelopeIndeterminate,
  type RevocationIndex,
  type TrustStore,
  verifyEnvelope,
} from '@lianshu/pki';
import type { RevocationProof } from '@lianshu/seal';
import {
  deriveLeafSecret,
  deriveSalt,
  equalBytes,
  evidenceCommitment,
  NationalId,
  recordCommitment,
  renderJointSignatureStatement,
  renderProposalStatement,
  StatementFault,
  signerCommitment,
  toBase64Url,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import type { CatalogueCode } from '../credentials/index.ts';
import type { SealRequest } from './sealer-types.ts';

/** Whose card signed, as far as checks 4 to 20 tell. */
export interface VerifiedCard {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly subjectSerialNumber: string;
  readonly warnings: readonly string[];
}

/** Who signed and what proved it. */
export interface VerifiedSigner extends VerifiedCard {
  /** The rendered statement, equal to what was signed. */
  readonly statement: string;
  readonly evidenceCommitment: Uint8Array;
  readonly leafSecret: Uint8Array;
}

/** Steps ④ and ⑤ of intake (trust.md §2). Plain data: crosses from worker to sealer. */
export type Verdict<Signer extends VerifiedCard> =
  | { readonly outcome: 'refused'; readonly check: number; readonly code: CatalogueCode }
  | { readonly outcome: 'passed'; readonly signer: Signer; readonly revocation: RevocationProof }
  | {
      readonly outcome: 'indeterminate';
      readonly code: 'E_CHAIN' | 'I_CRL_STALE' | 'I_OCSP_UNAVAILABLE' | 'I_OCSP_UNKNOWN';
      readonly signer: Signer;
      /** Key identifier of the issuer whose OCSP service may decide instead of a list; absent where none may. */
      readonly standIn?: string;
    };

export type RequestVerdict = Verdict<VerifiedSigner>;

/**
 * Renders the statement again from its fields, verifies the envelope over exactly those bytes, and recomputes
 * the record commitment from its parts. Pure; bounded by the size limits of the wire.
 *
 * The commitment comes last because E is taken over the signer's certificate, which may lie inside the CMS; it
 * is compared for an undecided envelope too.
 */
export function verifyRequest(
  request: SealRequest,
  trust: TrustStore,
  revocation: RevocationIndex,
): RequestVerdict {
  const id = NationalId.parse(request.nationalId);
  if (!(id instanceof NationalId)) return { outcome: 'refused', check: 6, code: 'E_ID_FORMAT' };
  const statement = renderStatement(request, id);
  if (statement === undefined) return { outcome: 'refused', check: 4, code: 'E_TBS_MISMATCH' };

  const { form, signature, receivedAtMs } = request;
  const verdict = verifyEnvelope(
    {
      form,
      signature,
      content: statement,
      transaction: request.statement.transaction,
      idTail: id.tail,
      receivedAtMs,
      ...(request.certificate === undefined ? {} : { certificate: request.certificate }),
    },
    trust,
    revocation,
  );
  if (verdict.outcome === 'failed') return { outcome: 'refused', check: verdict.check, code: verdict.code };

  const { certificate, subjectSerialNumber, warnings } = verdict;
  const evidence = evidenceCommitment(nodePrimitives, { statement, signature, certificate });
  const leafSecret = deriveLeafSecret(nodePrimitives, request.receiptSecret);
  const { caseNumber } = request.statement;
  const recomputed = recordCommitment(nodePrimitives, { caseNumber, leafSecret, evidence });
  if (!equalBytes(recomputed, request.recordCommitment))
    return { outcome: 'refused', check: 4, code: 'commitment-mismatch' };

  const signer: VerifiedSigner = {
    statement: new TextDecoder().decode(statement),
    certificate,
    subjectSerialNumber,
    warnings,
    evidenceCommitment: evidence,
    leafSecret,
  };
  if (verdict.outcome === 'passed') return { outcome: 'passed', signer, revocation: verdict.revocation };
  const open = { outcome: 'indeterminate', code: verdict.code, signer } as const;
  return mayStandIn(verdict, revocation, receivedAtMs) ? { ...open, standIn: verdict.issuerSki } : open;
}

/**
 * Whether OCSP may be asked: only where a list is all that is missing. A list that is no longer fresh still says
 * who was revoked, and no revocation but a suspension is ever taken back (RFC 5280 §5.3.1): such a card waits for
 * the next list, and no answer can make it good.
 */
export function mayStandIn(
  { code, issuerSki, certificateSerial }: EnvelopeIndeterminate,
  revocation: RevocationIndex,
  receivedAtMs: number,
): boolean {
  if (code !== 'I_CRL_STALE') return false;
  const serial = Uint8Array.from(Buffer.from(certificateSerial, 'hex'));
  const { list } = revocation.judge(issuerSki, serial, receivedAtMs);
  return (
    list === undefined || revocation.judge(issuerSki, serial, list.nextUpdateMs - 1).status !== 'revoked'
  );
}

/** The statement's bytes, or undefined for fields that have no place in a statement. */
function renderStatement(request: SealRequest, id: NationalId): Uint8Array | undefined {
  const salt = deriveSalt(nodePrimitives, request.receiptSecret);
  const commitment = toBase64Url(signerCommitment(nodePrimitives, id, salt));
  const { caseNumber, mainText, textDigest, signedAt, transaction } = request.statement;
  const fields = { mainText, textDigest, signedAt, transaction, signerCommitment: commitment };
  try {
    return request.act === 'joint-signature'
      ? renderJointSignatureStatement({ ...fields, caseNumber })
      : renderProposalStatement({ ...fields, draftId: caseNumber });
  } catch (error) {
    if (error instanceof StatementFault) return undefined;
    throw error;
  }
}
