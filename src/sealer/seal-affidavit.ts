import { isOcspProof, sealLetter } from '@lianshu/seal';
import type { CaseKeyring } from './case-keys.ts';
import type { PersonOf } from './person-key.ts';
import { type AffidavitOutcome, type AffidavitRequest, SealerFault } from './sealer-types.ts';
import { type ConfirmingDeps, confirmCard } from './sign-in.ts';
import { renderStatement } from './verify-login.ts';

/** What an affidavit needs: the case's recipients, and neither its tag key nor its chains. */
export interface AffidavitDeps extends ConfirmingDeps<AffidavitRequest> {
  readonly cases: Pick<CaseKeyring, 'require'>;
  readonly personOf: PersonOf;
}

/**
 * 切結書: the same checks as a sign-in, over `LIANSHU-AFFIDAVIT/1`; then statement, signature, certificate, national ID
 * and revocation proof are sealed to the case's evidence recipients, so that the proof is kept and the server cannot
 * read it (trust.md §3). `case-not-ready` where the case has no recipients yet.
 */
export async function sealAffidavit(
  deps: AffidavitDeps,
  request: AffidavitRequest,
): Promise<AffidavitOutcome> {
  const { recipients } = deps.cases.require(request.statement.caseNumber);
  const card = await confirmCard(deps, request);
  if (card.outcome !== 'confirmed') return card;
  const statement = renderStatement(request);
  if (statement === undefined) throw new SealerFault('sealer-fault');
  const { revocation } = card;
  const letter = {
    format: 'LIANSHU-AFFIDAVIT-EVIDENCE/1',
    statement: new TextDecoder().decode(statement),
    form: request.form,
    signature: Buffer.from(request.signature).toString('base64url'),
    certificate: Buffer.from(card.signer.certificate).toString('base64url'),
    id: card.id.reveal(),
    received_at: new Date(request.receivedAtMs).toISOString(),
    revocation: isOcspProof(revocation)
      ? { issuer_ski: revocation.issuerSki, response: Buffer.from(revocation.response).toString('base64url') }
      : {
          issuer_ski: revocation.issuerSki,
          crl_number: revocation.crlNumber,
          crl_sha256: revocation.crlSha256,
        },
  };
  const evidence = await sealLetter(JSON.stringify(letter), recipients.evidence);
  return { outcome: 'sealed', person: deps.personOf(card.id), statement, evidence };
}
