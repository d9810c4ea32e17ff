/**
 * Four eyes, checked from outside: an act of the Commission stands on the assertions of two officers over exactly that
 * act, under keys the record itself announced. Shares nothing with the server's code (`src/officers`).
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { canonicalJson, fromBase64Url, type JsonValue } from '@lianshu/statement';
import type { Alert } from './alert.ts';
import type { FoldedAct } from './record-fold.ts';

type Body = Readonly<Record<string, JsonValue>>;

const PURPOSE = 'officer-mandate:commission';
const ENDED: readonly unknown[] = ['replaced', 'destroyed', 'compromised'];
/** An act and its approval are entered together; what else follows from the act comes between them. */
const REACH = 8;
const PRESENT_AND_VERIFIED = 0x05;

const onStep =
  (...steps: readonly string[]) =>
  (body: Body): boolean =>
    steps.includes(String(body['step']));

/**
 * Acts that only two officers may enter, once any officer's key is announced. How a case ended that is only re-told from
 * public reports is nobody's act here; of a case of this house it would be a decision.
 */
const NEEDS_TWO: Readonly<Record<string, (body: Body, isRetold: boolean) => boolean>> = {
  decision: (body, isRetold) => !isRetold || body['decides'] !== undefined,
  hearing: () => true,
  'check-request': () => true,
  supplement: onStep('ordered'),
  affidavit: onStep('handed-in'),
  'access-code': onStep('ended'),
  opinion: () => true,
  'notice-to-collect': () => true,
  'raw-count': () => true,
  stop: () => true,
  suspension: () => true,
  vote: () => true,
  'purpose-notice': () => true,
  retraction: () => true,
  announcement: () => true,
  switch: () => true,
  closure: () => true,
  'paper-proposers': () => true,
  'initiative-filed': (body) => body['onPaper'] !== undefined,
  delivered: () => true,
  'election-day': () => true,
};

/** Acts of a lead proposer that only officers correct. */
const MENDED_BY_TWO: ReadonlySet<string> = new Set(['collection']);

interface OfficerKey {
  readonly publicKey: KeyObject | undefined;
  isLive: boolean;
}

export type ApprovalFault =
  | 'no-such-act'
  | 'repeated'
  | 'malformed'
  | 'same-key'
  | 'key-unknown'
  | 'key-ended'
  | 'not-over-this-act'
  | 'user-not-verified'
  | 'signature-wrong';

const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

function keyOf(spki: JsonValue | undefined): KeyObject | undefined {
  const der = typeof spki === 'string' ? fromBase64Url(spki) : undefined;
  if (der === undefined) return undefined;
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    const isP256 = key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    return isP256 || key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

const digestOf = (act: FoldedAct, nonce: string): Buffer =>
  sha256(
    canonicalJson({
      act: {
        body: act.body ?? {},
        capacity: act.capacity,
        kind: act.kind,
        ...(act.replaces === undefined ? {} : { replaces: act.replaces }),
        ...(act.why === undefined ? {} : { why: act.why }),
      },
      case: act.case ?? '',
      nonce,
      v: 1,
    } as JsonValue),
  );

/** One assertion (W3C WebAuthn §7.2, the steps that concern a reader) over an action's digest. */
function assertionFault(
  assertion: Body,
  digest: Uint8Array,
  key: OfficerKey | undefined,
): ApprovalFault | undefined {
  const [clientData, authenticatorData, signature] = ['clientDataJSON', 'authenticatorData', 'signature'].map(
    (name) => fromBase64Url(String(assertion[name])),
  );
  if (!clientData || !authenticatorData || !signature || authenticatorData.length < 37) return 'malformed';
  if (key?.publicKey === undefined) return 'key-unknown';
  if (!key.isLive) return 'key-ended';
  let said: unknown;
  try {
    said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(clientData));
  } catch {
    return 'malformed';
  }
  const { type, challenge } = (said ?? {}) as Readonly<Record<string, unknown>>;
  const bound = sha256('LIANSHU-APPROVAL/1', Uint8Array.of(0), digest).toString('base64url');
  if (type !== 'webauthn.get' || challenge !== bound) return 'not-over-this-act';
  const flags = authenticatorData[32] ?? 0;
  if ((flags & PRESENT_AND_VERIFIED) !== PRESENT_AND_VERIFIED) return 'user-not-verified';
  const algorithm = key.publicKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
  return verify(algorithm, signed, key.publicKey, signature) ? undefined : 'signature-wrong';
}

/** A fold keeps its acts between rounds, and what an approval rests on lies before it: judged once. */
const judged = new WeakMap<FoldedAct, { readonly fault: ApprovalFault | undefined }>();

function approvalFault(
  approval: FoldedAct,
  digest: Uint8Array,
  keys: ReadonlyMap<string, OfficerKey>,
): ApprovalFault | undefined {
  const known = judged.get(approval);
  if (known !== undefined) return known.fault;
  const list = approval.body?.['approvals'];
  const assertions = (Array.isArray(list) ? list : []) as readonly Body[];
  const names = assertions.map(({ key }) => String(key));
  const fault =
    assertions.length !== 2
      ? 'malformed'
      : names[0] === names[1]
        ? 'same-key'
        : assertions
            .map((assertion, i) => assertionFault(assertion, digest, keys.get(names[i] ?? '')))
            .find((one) => one !== undefined);
  judged.set(approval, { fault });
  return fault;
}

const alertOf = (code: 'approval-wrong' | 'approval-missing', act: FoldedAct, why: string): Alert => ({
  id: `${code} ${act.index}`,
  code,
  part: 'record',
  detail: `entry ${act.index} (${act.kind})${why}`,
  entry: act.index,
  ...(act.case === undefined ? {} : { case: act.case }),
});

/** Approvals that do not hold, and acts that stand without one although officers' keys were announced before them. */
export function watchApprovals(acts: readonly FoldedAct[]): readonly Alert[] {
  const keys = new Map<string, OfficerKey>();
  const recent = new Map<string, FoldedAct[]>();
  const owing = new Map<number, FoldedAct>();
  const seen = new Set<string>();
  // As it was filed first: filing again changes nothing.
  const origins = new Map<string, JsonValue | undefined>();
  const found: Alert[] = [];
  for (const act of acts) {
    const body: Body = act.body ?? {};
    if (act.kind === 'key-event' && body['purpose'] === PURPOSE) {
      const name = String(body['sha256']);
      const known = keys.get(name);
      if (body['event'] === 'in-use') keys.set(name, { publicKey: keyOf(body['publicKey']), isLive: true });
      else if (known !== undefined && ENDED.includes(body['event'])) known.isLive = false;
    }
    if (act.kind === 'initiative-filed' && act.case !== undefined && !origins.has(act.case))
      origins.set(act.case, body['origin']);
    // What is of no case stands together: officers approve acts of the platform as well.
    const of = act.case ?? '';
    const before = recent.get(of) ?? [];
    if (act.kind !== 'approval') {
      recent.set(of, [...before.slice(1 - REACH), act]);
      const isRetold = origins.get(of) === 'public-reports';
      const isMended = act.replaces !== undefined && MENDED_BY_TWO.has(act.kind);
      if (keys.size > 0 && (isMended || NEEDS_TWO[act.kind]?.(body, isRetold))) owing.set(act.index, act);
      continue;
    }
    const [action, nonce] = [String(body['action']), String(body['nonce'])];
    const covered = before.findLast((one) => digestOf(one, nonce).toString('hex') === action);
    const fault: ApprovalFault | undefined = seen.has(action)
      ? 'repeated'
      : covered === undefined
        ? 'no-such-act'
        : approvalFault(act, Buffer.from(action, 'hex'), keys);
    seen.add(action);
    if (fault !== undefined) found.push(alertOf('approval-wrong', act, `: ${fault}`));
    else if (covered !== undefined) owing.delete(covered.index);
  }
  return [...found, ...[...owing.values()].map((act) => alertOf('approval-missing', act, ''))];
}
