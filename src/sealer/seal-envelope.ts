import { POLICY_VERSION } from '@lianshu/pki';
import { encodeEvidence, encodeRosterRecord, type RevocationProof } from '@lianshu/seal';
import { duplicateTag, NationalId, publicTag } from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import {
  acceptsForm,
  type ConfirmationProof,
  type IdentityOutcome,
  type IdentityRequest,
  SIGNING_METHODS,
} from '../credentials/index.ts';
import type { CaseKeyring } from './case-keys.ts';
import type { ForecastRequest } from './county-forecasts.ts';
import type { EpochChains } from './epoch-chains.ts';
import { encodeHeld, type HeldRecord } from './held-record.ts';
import type { HoldKeyring } from './hold-keys.ts';
import { type JudgingDeps, judgeEnvelope } from './judge-envelope.ts';
import { leadMarkFor } from './lead-mark.ts';
import { Patience } from './patience.ts';
import type { NameProofOf, PersonOf } from './person-key.ts';
import type { PromiseSigner } from './promise-signer.ts';
import {
  type Held,
  SealerFault,
  type SealOutcome,
  type SealRequest,
  type SettledSeal,
} from './sealer-types.ts';
import type { VerifiedSigner } from './verify-request.ts';

/** What sealing one envelope needs. */
export interface SealingDeps extends JudgingDeps<SealRequest, VerifiedSigner> {
  /** Check 22; answers `unavailable` when the signal aborts. */
  readonly confirm: (request: IdentityRequest, signal: AbortSignal) => Promise<IdentityOutcome>;
  /** How long a signer waits for outside services, all together. */
  readonly waitMs: number;
  readonly cases: CaseKeyring;
  readonly epochs: EpochChains;
  readonly holdKeys: HoldKeyring;
  readonly promises: PromiseSigner;
  readonly personOf: PersonOf;
  readonly nameProofOf: NameProofOf;
  /** 預查: told of each person whose signature was sealed; returns at once and never throws. */
  readonly forecast: (person: ForecastRequest) => void;
  readonly nowMs: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** How far intake's time of receipt may lie from the sealer's clock: nobody back-dates past a deadline or a revocation. */
export const RECEIPT_SKEW_MS = 600_000;

/**
 * Steps ④ to ⑦ of intake (trust.md §2) for one whole envelope:
 * ④ statement rendered again, commitments recomputed ⑤ CMS, certificate, revocation ⑥ identity ⑦ tag, seal.
 *
 * A duplicate tag exists only after ⑥: a bare number, an unverified envelope or an unconfirmed person gives
 * none. What cannot be decided now is held and takes no tag.
 */
export async function sealEnvelope(deps: SealingDeps, request: SealRequest): Promise<SealOutcome> {
  deps.cases.require(request.statement.caseNumber);
  if (Math.abs(deps.nowMs() - request.receivedAtMs) > RECEIPT_SKEW_MS)
    throw new SealerFault('request-malformed');

  if (!acceptsForm(SIGNING_METHODS, request.form))
    return { outcome: 'refused', check: 1, code: 'E_METHOD_DISABLED' };
  const patience = new Patience(deps.waitMs);
  const verdict = await judgeEnvelope(deps, request, patience);
  if (verdict.outcome === 'refused') return verdict;
  if (verdict.outcome === 'indeterminate')
    return hold(deps, { request, reason: verdict.code }, verdict.signer);

  const { signer, revocation } = verdict;
  const identity = await deps.confirm(identityOf(request, signer), patience.signal);
  if (identity.outcome === 'refused') return { outcome: 'refused', check: 22, code: identity.code };
  if (identity.outcome === 'unavailable')
    return hold(deps, { request, reason: identity.code, verified: { signer, revocation } }, signer);

  const sealed = await sealConfirmed(deps, request, { signer, revocation, confirmation: identity.proof });
  return { ...sealed, promise: promise(deps, request) };
}

/** Who is asked about at ⑥. */
export function identityOf(request: SealRequest, signer: VerifiedSigner): IdentityRequest {
  return {
    subjectSerialNumber: signer.subjectSerialNumber,
    nationalId: nationalIdOf(request).reveal(),
  };
}

/** A request in which everything of ④–⑥ passed. */
export interface Confirmed {
  readonly signer: VerifiedSigner;
  readonly revocation: RevocationProof;
  readonly confirmation: ConfirmationProof;
}

/** Step ⑦: the only place where a duplicate tag is computed. Requires that everything before it passed. */
export async function sealConfirmed(
  deps: SealingDeps,
  request: SealRequest,
  { signer, revocation, confirmation }: Confirmed,
): Promise<SettledSeal> {
  const { act, recordCommitment } = request;
  const { caseNumber } = request.statement;
  const id = nationalIdOf(request);
  const keys = deps.cases.require(caseNumber);
  const tagAct = act === 'joint-signature' ? 'joint-signature' : 'proposal';
  const tag = duplicateTag(nodePrimitives, keys.key, tagAct, id);
  const tagSecret = deps.randomBytes(32);
  const evidence = encodeEvidence({
    act,
    caseNumber,
    statement: signer.statement,
    form: request.form,
    signature: request.signature,
    certificate: signer.certificate,
    nationalId: id.reveal(),
    receiptSecret: request.receiptSecret,
    tagSecret,
    identityConfirmation: confirmation,
    revocationProof: revocation,
    policyVersion: POLICY_VERSION,
    warnings: signer.warnings,
    receivedAt: new Date(request.receivedAtMs).toISOString(),
    confirmedAt: new Date(deps.nowMs()).toISOString(),
  });
  const plain = { evidence, roster: encodeRosterRecord(id.reveal()) };
  const sealed = await deps.epochs.seal({ caseNumber, act, keys }, recordCommitment, plain);
  plain.evidence.fill(0);
  plain.roster.fill(0);
  const { receivedAtMs } = request;
  deps.forecast({ recordCommitment, caseNumber, act, nationalId: id.reveal(), receivedAtMs });
  return {
    outcome: 'sealed',
    act,
    caseNumber,
    recordCommitment,
    evidenceCommitment: signer.evidenceCommitment,
    leafSecret: signer.leafSecret,
    duplicateTag: tag,
    publicTag: publicTag(nodePrimitives, tagSecret, tag),
    ...sealed,
    warnings: signer.warnings,
    ...(act === 'proposal-signature'
      ? { leadMark: leadMarkFor(keys, deps.personOf(id), request.leadPerson, deps.randomBytes) }
      : {}),
  };
}

function hold(deps: SealingDeps, record: HeldRecord, signer: VerifiedSigner): Held {
  const { request, reason } = record;
  const plaintext = encodeHeld(record);
  const { holdKeyId, ciphertext } = deps.holdKeys.seal(plaintext);
  plaintext.fill(0);
  return {
    outcome: 'held',
    act: request.act,
    caseNumber: request.statement.caseNumber,
    recordCommitment: request.recordCommitment,
    evidenceCommitment: signer.evidenceCommitment,
    leafSecret: signer.leafSecret,
    holdKeyId,
    ciphertext,
    reason,
    promise: promise(deps, request),
  };
}

function promise(deps: SealingDeps, { recordCommitment, statement, receivedAtMs }: SealRequest): string {
  return deps.promises.sign({ recordCommitment, caseNumber: statement.caseNumber, receivedAtMs });
}

function nationalIdOf(request: SealRequest): NationalId {
  const id = NationalId.parse(request.nationalId);
  if (!(id instanceof NationalId)) throw new SealerFault('sealer-fault');
  return id;
}
