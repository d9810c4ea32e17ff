import { type RevocationIndex, type TrustStore, verifyEnvelope } from '@lianshu/pki';
import {
  NationalId,
  renderAffidavitStatement,
  renderLoginStatement,
  StatementFault,
} from '@lianshu/statement';
import type { AffidavitRequest, SignInRequest } from './sealer-types.ts';
import { mayStandIn, type Verdict, type VerifiedCard } from './verify-request.ts';

export type LoginVerdict = Verdict<VerifiedCard>;

/**
 * As {@link verifyRequest}, over a sign-in statement `LIANSHU-LOGIN/1` or an affidavit `LIANSHU-AFFIDAVIT/1`, whichever
 * was asked for and nothing else: the bytes are rendered here from the site, or from case and text, so that neither a
 * signature's statement nor another site's login can pass. There is no record commitment: nobody is counted.
 */
export function verifyLogin(
  request: SignInRequest | AffidavitRequest,
  trust: TrustStore,
  revocation: RevocationIndex,
): LoginVerdict {
  const id = NationalId.parse(request.nationalId);
  if (!(id instanceof NationalId)) return { outcome: 'refused', check: 6, code: 'E_ID_FORMAT' };
  const content = renderStatement(request);
  if (content === undefined) return { outcome: 'refused', check: 4, code: 'E_TBS_MISMATCH' };
  const { form, signature, receivedAtMs, certificate: given } = request;
  const verdict = verifyEnvelope(
    {
      form,
      signature,
      content,
      transaction: request.statement.transaction,
      idTail: id.tail,
      receivedAtMs,
      ...(given === undefined ? {} : { certificate: given }),
    },
    trust,
    revocation,
  );
  if (verdict.outcome === 'failed') return { outcome: 'refused', check: verdict.check, code: verdict.code };
  const { certificate, subjectSerialNumber, warnings } = verdict;
  const signer: VerifiedCard = { certificate, subjectSerialNumber, warnings };
  if (verdict.outcome === 'passed') return { outcome: 'passed', signer, revocation: verdict.revocation };
  const open = { outcome: 'indeterminate', code: verdict.code, signer } as const;
  return mayStandIn(verdict, revocation, receivedAtMs) ? { ...open, standIn: verdict.issuerSki } : open;
}

/** The statement's bytes, or undefined for fields that have no place in one. */
export function renderStatement({ statement }: SignInRequest | AffidavitRequest): Uint8Array | undefined {
  try {
    return 'site' in statement ? renderLoginStatement(statement) : renderAffidavitStatement(statement);
  } catch (error) {
    if (error instanceof StatementFault) return undefined;
    throw error;
  }
}
