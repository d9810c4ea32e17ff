/**
 * 四眼: an act waits until two officers have signed exactly these bytes; only then is it entered, with the entry that
 * proves it. What was proposed never changes: an edit is another action.
 */
import { equalBytes, parseCanonicalJson, toBase64Url, toHex } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { LawRefusal } from '../law/index.ts';
import { assertionOf, parseAuthentication, type RelyingParty } from '../passkeys/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, legalDateOf, taipeiTimestamp } from '../platform/time.ts';
import { isReadOnlyError } from '../record/index.ts';
import { actEntering, approvalEntry, type EntryDeps, rowOf } from './action-entry.ts';
import { actionSignatures, DESK_CAPACITY } from './action-signatures.ts';
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
import { capacitiesOn } from './officers.ts';
import type { OfficersProblem } from './officers-problems.ts';

export interface ActionsDeps extends EntryDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
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
  /** What its officer had ticked; never public. */
  readonly checklist: readonly string[];
}

type LawSays = Readonly<{ ok: false; law: LawRefusal }>;
type Refused = Readonly<{ ok: false; code: OfficersProblem | 'not-found' }>;

export type Signed = Readonly<{ ok: true; isEntered: boolean }> | LawSays | Refused;

export interface Actions {
  /**
   * Puts an act before the officers. The law is asked first: what it does not allow is not even proposed. `caseNumber`
   * is a case, a draft, or empty for an act of no case.
   */
  propose(
    officer: string,
    caseNumber: string,
    act: ActionAct,
    texts?: readonly string[],
    checklist?: readonly string[],
  ): Promise<Readonly<{ ok: true; id: string }> | LawSays | Refused>;
  find(id: string): Promise<Action | undefined>;
  waiting(caseNumber?: string): Promise<readonly Action[]>;
  /** What the law says against entering it now; undefined where it allows it, or where it ended. */
  refusalNow(action: Action): Promise<LawRefusal | undefined>;
  /** Ids of those that can no longer be entered, whatever day comes. */
  deadAmong(actions: readonly Action[]): Promise<ReadonlySet<string>>;
  /**
   * One officer's signature. `seenDigest` is what their page showed; the second signature enters the act. The law is
   * asked before either.
   */
  sign(officer: string, id: string, seenDigest: string, answer: string): Promise<Signed>;
  /** Sets an own action aside; nothing of it becomes public. */
  withdraw(officer: string, id: string): Promise<Readonly<{ ok: true }> | Refused>;
}

/** Refusals that a later day or a hearing ends. */
const MAY_PASS: ReadonlySet<LawRefusal['code']> = new Set(['not-yet-the-day', 'too-early', 'hearing-first']);

const refused = (code: OfficersProblem | 'not-found'): Refused => ({ ok: false, code });

function documentOf({ body }: StoredAction): ActionDocument {
  const parsed = parseCanonicalJson(body);
  if (!parsed.ok) throw new Error('an action is not canonical JSON');
  return parsed.value as unknown as ActionDocument;
}

export function createActions(deps: ActionsDeps): Actions {
  const { db, clock, random } = deps;
  const signatures = actionSignatures(deps);
  const entering = actEntering(deps);

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
      checklist: stored.checklist,
    };
  }

  async function refusalNow({ document, outcome, texts }: Action): Promise<LawRefusal | undefined> {
    if (outcome !== undefined) return undefined;
    const judged = await entering.judge(document, texts);
    return judged === 'unknown-case' ? undefined : judged;
  }

  return {
    refusalNow,

    async deadAmong(actions) {
      const dead = new Set<string>();
      for (const action of actions) {
        const law = await refusalNow(action);
        if (law !== undefined && !MAY_PASS.has(law.code)) dead.add(action.id);
      }
      return dead;
    },

    async propose(officer, caseNumber, act, texts = [], checklist = []) {
      const today = legalDateOf(clock.nowMs());
      if (!(await capacitiesOn(db, officer, today)).includes(DESK_CAPACITY)) return refused('mandate-ended');
      const judged = await entering.judge({ case: caseNumber, act }, texts);
      if (judged === 'unknown-case') return refused('not-found');
      if (judged !== undefined) return { ok: false, law: judged };
      const body = actionBytes({ case: caseNumber, act, nonce: toBase64Url(random.bytes(16)) });
      const id = toBase64Url(random.bytes(12));
      await inTransaction(db, async (tx) => {
        const stored = { id, body, sha256: sha256(body), proposedBy: officer, checklist };
        const row = rowOf({ case: caseNumber, act });
        await insertAction(tx, { ...stored, caseNumber: row, proposedAtMs: clock.nowMs() });
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
      const asked = await findAction(db, id).then((stored) => stored && shown(stored));
      const stale = asked?.approvals.length === 0 ? await refusalNow(asked) : undefined;
      if (stale !== undefined) return lawSays(stale);
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
        const challenge = approvalChallenge(digest);
        const answer = parseAuthentication(text);
        const assertion = answer && assertionOf(answer);
        const passkey = await signatures.verify(tx, officer, challenge, assertion && answer);
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
        const firstKey = await signatures.stillHolds(tx, first, challenge);
        if (firstKey === undefined) return refused('first-approval-lapsed');
        const document = documentOf(action);
        const proof = approvalEntry(document, toHex(digest), taipeiTimestamp(clock.nowMs()), [
          { key: firstKey, ...first },
          { key: passkey.keySha256, ...assertion },
        ]);
        const entered = await entering.enter(tx, document, await textsOf(tx, id), proof);
        if (!entered.ok) return lawSays(entered.refusal);
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

const lawSays = (refusal: LawRefusal | 'unknown-case'): LawSays | Refused =>
  refusal === 'unknown-case' ? refused('not-found') : { ok: false, law: refusal };
