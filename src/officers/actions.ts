/**
 * 四眼: an act waits until two officers have signed exactly these bytes; only then is it entered, with the entry that
 * proves it. What was proposed never changes: an edit is another action.
 */
import { equalBytes, parseCanonicalJson, toBase64Url, toHex } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { CaseAct, EnterOutcome, Initiatives } from '../initiatives/index.ts';
import type { LawRefusal } from '../law/index.ts';
import {
  type AuthenticationAnswer,
  answerOf,
  assertionOf,
  challengeIn,
  parseAuthentication,
  type RelyingParty,
  verifyAssertion,
} from '../passkeys/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, legalDateOf, taipeiTimestamp } from '../platform/time.ts';
import { type ActEntry, isReadOnlyError } from '../record/index.ts';
import {
  approvalsOf,
  endAction,
  findAction,
  insertAction,
  insertApproval,
  insertText,
  lockAction,
  type StoredAction,
  type StoredApproval,
  textsOf,
  waitingActions,
} from './action-store.ts';
import { type ActionAct, type ActionDocument, actionBytes, approvalChallenge } from './approval-record.ts';
import {
  findPasskey,
  livePasskey,
  lockOfficer,
  type Passkey,
  setCounter,
  setFailures,
} from './officer-store.ts';
import { capacitiesOn, countFailure, isLocked } from './officers.ts';
import type { OfficersProblem } from './officers-problems.ts';

/** The mandate under which this desk acts. */
const DESK_CAPACITY = 'commission';

export interface ActionsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly initiatives: Pick<Initiatives, 'judge' | 'enter'>;
  readonly party: () => RelyingParty;
}

/** An action as pages show it. */
export interface Action {
  readonly id: string;
  readonly document: ActionDocument;
  /** Hex SHA-256 of its canonical JSON. */
  readonly digest: string;
  readonly challenge: string;
  readonly proposedBy: string;
  readonly proposedAtMs: number;
  readonly approvals: readonly Readonly<{ officer: string; atMs: number }>[];
  readonly outcome: StoredAction['outcome'];
  /** Longer texts that the act names by digest. */
  readonly texts: readonly string[];
}

type LawSays = Readonly<{ ok: false; law: LawRefusal }>;
type Refused = Readonly<{ ok: false; code: OfficersProblem | 'not-found' }>;

export type Signed = Readonly<{ ok: true; isEntered: boolean }> | LawSays | Refused;

export interface Actions {
  /** Puts an act before the officers. The law is asked first: what it does not allow is not even proposed. */
  propose(
    officer: string,
    caseNumber: string,
    act: ActionAct,
    texts?: readonly string[],
  ): Promise<Readonly<{ ok: true; id: string }> | LawSays | Refused>;
  find(id: string): Promise<Action | undefined>;
  waiting(caseNumber?: string): Promise<readonly Action[]>;
  /** One officer's signature. `seenDigest` is what their page showed; the second signature enters the act. */
  sign(officer: string, id: string, seenDigest: string, answer: string): Promise<Signed>;
  /** Sets an own action aside; nothing of it becomes public. */
  withdraw(officer: string, id: string): Promise<Readonly<{ ok: true }> | Refused>;
}

const refused = (code: OfficersProblem | 'not-found'): Refused => ({ ok: false, code });

function documentOf({ body }: StoredAction): ActionDocument {
  const parsed = parseCanonicalJson(body);
  if (!parsed.ok) throw new Error('an action is not canonical JSON');
  return parsed.value as unknown as ActionDocument;
}

export function createActions({ db, clock, random, initiatives, party }: ActionsDeps): Actions {
  async function shown(stored: StoredAction): Promise<Action> {
    const [approvals, texts] = await Promise.all([approvalsOf(db, stored.id), textsOf(db, stored.id)]);
    return {
      id: stored.id,
      document: documentOf(stored),
      digest: toHex(stored.sha256),
      challenge: approvalChallenge(stored.sha256),
      proposedBy: stored.proposedBy,
      proposedAtMs: stored.proposedAtMs,
      approvals: approvals.map(({ officer, approvedAtMs }) => ({ officer, atMs: approvedAtMs })),
      outcome: stored.outcome,
      texts,
    };
  }

  /** The officer's assertion over this digest, under their living key and mandate; a failure is counted. */
  async function verifyOwn(
    tx: Tx,
    officerId: string,
    digest: Uint8Array,
    answer: AuthenticationAnswer | undefined,
  ): Promise<Passkey | OfficersProblem> {
    const nowMs = clock.nowMs();
    const officer = await lockOfficer(tx, officerId);
    if (officer === undefined) return 'mandate-ended';
    if (isLocked(officer, nowMs)) return 'officer-locked';
    if (!(await capacitiesOn(tx, officerId, legalDateOf(nowMs))).includes(DESK_CAPACITY))
      return 'mandate-ended';
    const challenge = approvalChallenge(digest);
    if (answer !== undefined && challengeIn(answer.response.clientDataJSON) !== challenge)
      return 'approval-of-another-action';
    const passkey = await livePasskey(tx, officerId);
    const counter =
      answer !== undefined && passkey?.credentialId === answer.id
        ? await verifyAssertion(answer, passkey, party(), challenge)
        : undefined;
    if (passkey === undefined || counter === undefined) {
      await countFailure(tx, officer, nowMs);
      return 'approval-invalid';
    }
    await setCounter(tx, passkey.credentialId, counter);
    await setFailures(tx, officerId, 0);
    return passkey;
  }

  /** Whether an earlier signature still holds for these bytes: key living, mandate running, assertion right. */
  async function stillHolds(
    tx: Tx,
    approval: StoredApproval,
    digest: Uint8Array,
  ): Promise<string | undefined> {
    const passkey = await findPasskey(tx, approval.credentialId);
    const today = legalDateOf(clock.nowMs());
    if (passkey === undefined || passkey.endedAtMs !== undefined || passkey.officer !== approval.officer)
      return undefined;
    if (!(await capacitiesOn(tx, approval.officer, today)).includes(DESK_CAPACITY)) return undefined;
    // Its counter was compared when it was made; by now the key may have signed other things.
    const again = { ...passkey, counter: 0 };
    const answer = answerOf(approval.credentialId, approval);
    const counter = await verifyAssertion(answer, again, party(), approvalChallenge(digest));
    return counter === undefined ? undefined : passkey.keySha256;
  }

  return {
    async propose(officer, caseNumber, act, texts = []) {
      const today = legalDateOf(clock.nowMs());
      if (!(await capacitiesOn(db, officer, today)).includes(DESK_CAPACITY)) return refused('mandate-ended');
      const judged = await initiatives.judge(caseNumber, caseActOf(act));
      if (judged === 'unknown-case') return refused('not-found');
      if (judged !== undefined) return { ok: false, law: judged };
      const body = actionBytes({ case: caseNumber, act, nonce: toBase64Url(random.bytes(16)) });
      const id = toBase64Url(random.bytes(12));
      await inTransaction(db, async (tx) => {
        const stored = { id, caseNumber, body, sha256: sha256(body), proposedBy: officer };
        await insertAction(tx, { ...stored, proposedAtMs: clock.nowMs() });
        for (const text of texts) await insertText(tx, id, text);
      });
      return { ok: true, id };
    },

    async find(id) {
      const stored = await findAction(db, id);
      return stored && shown(stored);
    },

    waiting: async (caseNumber) => Promise.all((await waitingActions(db, caseNumber)).map(shown)),

    async sign(officer, id, seenDigest, text) {
      const work = async (tx: Tx): Promise<Signed> => {
        const action = await lockAction(tx, id);
        if (action === undefined) return refused('not-found');
        if (action.outcome !== undefined) return refused('action-ended');
        const digest = sha256(action.body);
        if (!equalBytes(digest, action.sha256) || toHex(digest) !== seenDigest)
          return refused('action-changed');
        const approvals = await approvalsOf(tx, id);
        if (approvals.some((approval) => approval.officer === officer)) return refused('same-officer-twice');
        const [first] = approvals;
        if (first === undefined && action.proposedBy !== officer) return refused('proposer-signs-first');
        const answer = parseAuthentication(text);
        const assertion = answer && assertionOf(answer);
        const passkey = await verifyOwn(tx, officer, digest, assertion && answer);
        if (typeof passkey === 'string') return refused(passkey);
        if (assertion === undefined) return refused('approval-invalid');
        const approval: StoredApproval = {
          ...assertion,
          officer,
          credentialId: passkey.credentialId,
          approvedAtMs: clock.nowMs(),
        };
        if (first === undefined) {
          await insertApproval(tx, id, approval);
          return { ok: true, isEntered: false };
        }
        const firstKey = await stillHolds(tx, first, digest);
        if (firstKey === undefined) return refused('first-approval-lapsed');
        const document = documentOf(action);
        const proof = approvalEntry(document, toHex(digest), taipeiTimestamp(clock.nowMs()), [
          { key: firstKey, ...first },
          { key: passkey.keySha256, ...assertion },
        ]);
        const entered = await initiatives.enter(document.case, caseActOf(document.act), [proof], tx);
        if (!entered.ok) return lawSays(entered);
        await insertApproval(tx, id, approval);
        await endAction(tx, id, { outcome: 'entered', entryId: entered.id, atMs: clock.nowMs() });
        return { ok: true, isEntered: true };
      };
      return inTransaction(db, work).catch((error: unknown) => {
        if (isReadOnlyError(error)) return refused('record-read-only');
        throw error;
      });
    },

    withdraw: (officer, id) =>
      inTransaction(db, async (tx) => {
        const action = await lockAction(tx, id);
        if (action === undefined || action.proposedBy !== officer) return refused('not-found');
        if (action.outcome !== undefined) return refused('action-ended');
        await endAction(tx, id, { outcome: 'withdrawn', atMs: clock.nowMs() });
        return { ok: true };
      }),
  };
}

/** What the desk proposes is an act of a case; its capacity was taken from the law's own table. */
const caseActOf = (act: ActionAct): CaseAct => act as CaseAct;

const lawSays = ({ refusal }: Extract<EnterOutcome, { ok: false }>): LawSays | Refused =>
  refusal === 'unknown-case' ? refused('not-found') : { ok: false, law: refusal };

/** The entry beside the act. It names keys, never officers. */
function approvalEntry(
  { case: caseNumber, nonce }: ActionDocument,
  action: string,
  at: string,
  approvals: readonly (Readonly<{ key: string }> &
    Pick<StoredApproval, 'clientData' | 'authenticatorData' | 'signature'>)[],
): ActEntry {
  return {
    at,
    basis: '平台規則：改變權利之行為須由二位承辦人員核可',
    body: {
      action,
      nonce,
      approvals: approvals.map(({ key, clientData, authenticatorData, signature }) => ({
        key,
        clientDataJSON: toBase64Url(clientData),
        authenticatorData: toBase64Url(authenticatorData),
        signature: toBase64Url(signature),
      })),
    },
    capacity: DESK_CAPACITY,
    case: caseNumber,
    kind: 'approval',
    v: 1,
  };
}
