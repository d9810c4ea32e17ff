import type { RevocationProof } from '@lianshu/seal';
import { NationalId } from '@lianshu/statement';
import {
  acceptsForm,
  type IdentityOutcome,
  type IdentityRequest,
  SIGNING_METHODS,
} from '../credentials/index.ts';
import { certificateName } from './card-name.ts';
import { type JudgingDeps, judgeEnvelope } from './judge-envelope.ts';
import { Patience } from './patience.ts';
import type { NameProofOf, PersonOf } from './person-key.ts';
import { RECEIPT_SKEW_MS } from './seal-envelope.ts';
import { SealerFault, type SignInOutcome, type SignInRequest } from './sealer-types.ts';
import type { VerifiedCard } from './verify-request.ts';

/** What confirming a card needs: no case, no tag key, no chain. */
export interface ConfirmingDeps<Request> extends JudgingDeps<Request, VerifiedCard> {
  readonly confirm: (request: IdentityRequest, signal: AbortSignal) => Promise<IdentityOutcome>;
  readonly waitMs: number;
  readonly nowMs: () => number;
}

/** What signing somebody in needs besides. */
export interface SignInDeps extends ConfirmingDeps<SignInRequest> {
  readonly personOf: PersonOf;
  readonly nameProofOf: NameProofOf;
}

/** Ten minutes, as for a signature, and a minute between the clocks. */
const STATEMENT_AGE_MS = 600_000;
const CLOCK_SKEW_MS = 60_000;

/** A card whose signature and identity are confirmed, and what proved it. */
export interface ConfirmedCard {
  readonly outcome: 'confirmed';
  readonly id: NationalId;
  readonly signer: VerifiedCard;
  readonly revocation: RevocationProof;
}

/**
 * The checks of a signature (LIANSHU-VP/1, 1–20, 22, 23, 25; 21 where no list is fresh) over a statement that counts
 * nowhere, then the identity service. What cannot be decided now is not held: the person comes again later.
 */
export async function confirmCard<
  Request extends Pick<SignInRequest, 'nationalId' | 'form' | 'receivedAtMs'> &
    Readonly<{ statement: Readonly<{ signedAt: string }> }>,
>(
  deps: ConfirmingDeps<Request>,
  request: Request,
): Promise<ConfirmedCard | Exclude<SignInOutcome, { readonly outcome: 'confirmed' }>> {
  if (Math.abs(deps.nowMs() - request.receivedAtMs) > RECEIPT_SKEW_MS)
    throw new SealerFault('request-malformed');
  if (!acceptsForm(SIGNING_METHODS, request.form))
    return { outcome: 'refused', check: 1, code: 'E_METHOD_DISABLED' };
  const ageMs = request.receivedAtMs - Date.parse(request.statement.signedAt);
  if (!(ageMs >= -CLOCK_SKEW_MS && ageMs <= STATEMENT_AGE_MS + CLOCK_SKEW_MS))
    return { outcome: 'refused', check: 2, code: 'E_TX_EXPIRED' };
  const patience = new Patience(deps.waitMs);
  const verdict = await judgeEnvelope(deps, request, patience);
  if (verdict.outcome === 'refused') return verdict;
  if (verdict.outcome === 'indeterminate') return { outcome: 'undecided', reason: verdict.code };
  const id = NationalId.parse(request.nationalId);
  if (!(id instanceof NationalId)) throw new SealerFault('sealer-fault');
  const { signer, revocation } = verdict;
  const { subjectSerialNumber } = signer;
  const identity = await deps.confirm({ subjectSerialNumber, nationalId: id.reveal() }, patience.signal);
  if (identity.outcome === 'refused') return { outcome: 'refused', check: 22, code: identity.code };
  if (identity.outcome === 'unavailable') return { outcome: 'undecided', reason: identity.code };
  return { outcome: 'confirmed', id, signer, revocation };
}

/** Who signs in. Pseudonym and proof of the name exist only after all checks; nothing is sealed, tagged, logged or kept. */
export async function signIn(deps: SignInDeps, request: SignInRequest): Promise<SignInOutcome> {
  const card = await confirmCard(deps, request);
  if (card.outcome !== 'confirmed') return card;
  const person = deps.personOf(card.id);
  const name = certificateName(card.signer.certificate);
  return {
    outcome: 'confirmed',
    person,
    ...(name === undefined ? {} : { nameProof: deps.nameProofOf(person, name) }),
  };
}
