import type { Patience } from './patience.ts';
import type { RevocationStatus } from './revocation-status.ts';
import type { Verdict, VerifiedCard } from './verify-request.ts';

/** What judging an envelope needs. */
export interface JudgingDeps<Request, Signer extends VerifiedCard> {
  /** Checks 4–20, in a worker. */
  readonly verify: (request: Request) => Promise<Verdict<Signer>>;
  /** Check 21. */
  readonly status: RevocationStatus;
}

/**
 * Steps ④ and ⑤ of intake with check 21 standing in for 20 where no list is fresh (trust.md §2). Check 20 is the
 * last one of `verifyEnvelope`, and L is compared for an undecided envelope too: whoever is asked about here
 * passed everything else.
 *
 * A list decides wherever there is a fresh one: also one that arrived while the service was asked, and then
 * whatever the service said. A service that was asked and gave nothing leaves the code of its own check, 21, the
 * last that was carried out; `I_CRL_STALE` stays where nobody could be asked. Both hold the signature.
 */
export async function judgeEnvelope<Request, Signer extends VerifiedCard>(
  deps: JudgingDeps<Request, Signer>,
  request: Request,
  patience: Patience,
): Promise<Verdict<Signer>> {
  const verdict = await deps.verify(request);
  if (verdict.outcome !== 'indeterminate' || verdict.standIn === undefined) return verdict;
  const { signer, standIn } = verdict;
  const question = { certificate: signer.certificate, issuerSki: standIn };
  const answer = await deps.status.ask(question, patience.half());
  if (answer.outcome === 'not-asked') return verdict;

  const again = await deps.verify(request);
  if (again.outcome !== 'indeterminate' || again.standIn === undefined) return again;
  switch (answer.outcome) {
    case 'good':
      return { outcome: 'passed', signer, revocation: answer.proof };
    case 'refused':
      return answer;
    case 'unavailable':
      return { outcome: 'indeterminate', code: answer.code, signer };
    default:
      return answer satisfies never;
  }
}
