import { decodeHeld } from './held-record.ts';
import { judgeEnvelope } from './judge-envelope.ts';
import { Patience } from './patience.ts';
import { identityOf, type SealingDeps, sealConfirmed } from './seal-envelope.ts';
import type { HeldReference, SettleOutcome } from './sealer-types.ts';
import type { RequestVerdict } from './verify-request.ts';

/**
 * Decides a held signature (trust.md §2, "Held"): opens it with its day's hold key, asks again what was left
 * open, and seals or refuses. The time of receipt stays; validity is judged at it.
 *
 * Identity is always asked. Revocation is judged anew only if it was the reason for holding, again by
 * a list or, without a fresh one, by OCSP as of now; otherwise the proof of the time of receipt stands. The caller compares `recordCommitment` with its row.
 */
export async function settleHeld(deps: SealingDeps, reference: HeldReference): Promise<SettleOutcome> {
  const plaintext = deps.holdKeys.open(reference.holdKeyId, reference.ciphertext);
  const held = decodeHeld(plaintext);
  plaintext.fill(0);
  const { request } = held;
  const { recordCommitment } = request;

  const patience = new Patience(deps.waitMs);
  const verdict: RequestVerdict =
    held.verified === undefined
      ? await judgeEnvelope(deps, request, patience)
      : { outcome: 'passed', ...held.verified };
  if (verdict.outcome === 'refused') return { ...verdict, recordCommitment };
  if (verdict.outcome === 'indeterminate')
    return { outcome: 'still-held', recordCommitment, reason: verdict.code };

  const { signer, revocation } = verdict;
  const identity = await deps.confirm(identityOf(request, signer), patience.signal);
  if (identity.outcome === 'refused')
    return { outcome: 'refused', check: 22, code: identity.code, recordCommitment };
  if (identity.outcome === 'unavailable')
    return { outcome: 'still-held', recordCommitment, reason: identity.code };
  return sealConfirmed(deps, request, { signer, revocation, confirmation: identity.proof });
}
