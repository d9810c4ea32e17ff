/**
 * 擬派任: from the desk nobody makes an officer alone. One officer signs a label and a mandate, another signs exactly the
 * same; the first is shown the link, once, and the key that comes by it is nobody's until the second has signed for its
 * fingerprint. Whoever held the link can so enrol no key of their own unseen. The first two come by the command line.
 */
import { equalBytes, fromBase64Url, toBase64Url, toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { assertionOf, parseAuthentication, publicKeyOf, type RelyingParty } from '../passkeys/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import { actionSignatures, DESK_CAPACITY } from './action-signatures.ts';
import {
  challengeFor,
  isLabel,
  type NominationBody,
  proposalText,
  readProposal,
  readRow,
  rowText,
  type WaitingKey,
} from './nomination-forms.ts';
import {
  endNomination,
  insertNomination,
  lockNomination,
  type StoredNomination,
} from './nomination-store.ts';
import { PasskeyTaken, putKeyInUse } from './officer-keys.ts';
import { insertInvite, isLabelTaken, lockOfficer, officerByLabel, setMandate } from './officer-store.ts';
import { capacitiesOn } from './officers.ts';
import type { OfficersProblem } from './officers-problems.ts';

type Refused = Readonly<{ ok: false; code: OfficersProblem | 'not-found' }>;
const refused = (code: OfficersProblem | 'not-found'): Refused => ({ ok: false, code });
type Done = Readonly<{ ok: true }> | Refused;

export const LINK_VALID_MS = 24 * 3_600_000;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What an officer is about to propose: the exact text, and what their passkey is asked. */
export interface Proposed {
  readonly body: NominationBody;
  readonly text: string;
  readonly digest: string;
  readonly challenge: string;
}

export interface Nominations {
  /** The text to sign for what was typed; nothing is kept. */
  prepare(
    officer: string,
    typed: Readonly<{ label: string; untilOn: string; replace: boolean }>,
  ): Promise<
    Readonly<{ ok: true; proposed: Proposed }> | Refused | Readonly<{ ok: false; field: 'label' | 'untilOn' }>
  >;
  /** The proposer's signature over the text that they were shown. */
  propose(officer: string, text: string, answer: string): Promise<Done>;
  /** Another officer's signature over exactly the same. */
  approve(officer: string, id: string, seenDigest: string, answer: string): Promise<Done>;
  /** The link's token, to the proposer, once. */
  showLink(
    officer: string,
    id: string,
  ): Promise<Readonly<{ ok: true; token: string; label: string }> | Refused>;
  /** The approver's signature over the key that came by the link, `seenDigest` its fingerprint; it is in use then. */
  confirm(officer: string, id: string, seenDigest: string, answer: string): Promise<Done>;
  /** Sets an own nomination, or the key that came by it, aside. The officer who approved may set the key aside too. */
  withdraw(officer: string, id: string): Promise<Done>;
}

export interface NominationsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly record: Pick<PublicRecord, 'append'>;
  readonly party: () => RelyingParty;
}

export function createNominations(deps: NominationsDeps): Nominations {
  const { db, clock, random } = deps;
  const signatures = actionSignatures(deps);
  const today = (): string => legalDateOf(clock.nowMs());
  const mayAct = async (of: Db | Tx, officer: string): Promise<boolean> =>
    (await capacitiesOn(of, officer, today())).includes(DESK_CAPACITY);
  const proposedBy = (body: NominationBody, text: string): Proposed => {
    const digest = sha256(utf8(text));
    return { body, text, digest: toHex(digest), challenge: challengeFor('nomination', digest) };
  };
  const isFree = async (of: Db | Tx, { label, replace }: NominationBody): Promise<boolean> =>
    (await isLabelTaken(of, label)) === (replace === true);

  async function signed(tx: Tx, officer: string, challenge: string, text: string) {
    const answer = parseAuthentication(text);
    const assertion = answer && assertionOf(answer);
    const passkey = await signatures.verify(tx, officer, challenge, assertion && answer);
    if (typeof passkey === 'string') return passkey;
    return assertion === undefined ? ('approval-invalid' as const) : { passkey, assertion };
  }

  /** Whether the proposer's own signature over the text holds to this moment. */
  async function proposerHolds(tx: Tx, stored: StoredNomination): Promise<NominationBody | undefined> {
    const row = readRow(stored.body);
    if (row === undefined || !('proposal' in row)) return undefined;
    const body = readProposal(row.proposal);
    const clientData = fromBase64Url(row.signed.clientData);
    const authenticatorData = fromBase64Url(row.signed.authenticatorData);
    const signature = fromBase64Url(row.signed.signature);
    if (!body || !clientData || !authenticatorData || !signature) return undefined;
    const approval = { officer: stored.proposedBy, credentialId: row.signed.credential, approvedAtMs: 0 };
    const assertion = { ...approval, clientData, authenticatorData, signature };
    const key = await signatures.stillHolds(tx, assertion, proposedBy(body, row.proposal).challenge);
    return key === undefined ? undefined : body;
  }

  async function confirmKey(tx: Tx, officer: string, id: string, seen: string, text: string): Promise<Done> {
    const stored = await lockNomination(tx, id);
    const row = stored && readRow(stored.body);
    if (stored === undefined || row === undefined || !('key' in row)) return refused('not-found');
    if (stored.outcome !== undefined) return refused('action-ended');
    const of = await lockNomination(tx, row.key.nomination);
    if (of?.outcome !== 'approved') return refused('not-found');
    if (of.approvedBy !== officer) return refused('not-the-approver');
    const digest = sha256(utf8(stored.body));
    if (!equalBytes(digest, stored.sha256) || toHex(digest) !== seen) return refused('action-changed');
    const body = await proposerHolds(tx, of);
    if (body === undefined) return refused('first-approval-lapsed');
    const made = await signed(tx, officer, challengeFor('key', digest), text);
    if (typeof made === 'string') return refused(made);
    const key = keyOf(row.key);
    const nowMs = clock.nowMs();
    const newcomer = await officerByLabel(tx, toBase64Url(random.bytes(12)), body.label, nowMs);
    // Locked first: of two keys for one new label at one moment, the second finds it taken.
    await lockOfficer(tx, newcomer);
    if (!(await isFree(tx, body))) return refused('label-taken');
    const { capacity, fromOn, untilOn } = body;
    await setMandate(tx, { officer: newcomer, capacity, fromOn, untilOn });
    await endNomination(tx, id, { atMs: nowMs, approval: { ...made.assertion, officer } });
    await putKeyInUse(tx, deps, newcomer, key, key.spki);
    return { ok: true };
  }

  return {
    async prepare(officer, { label: typed, untilOn, replace }) {
      const fromOn = today();
      if (!(await mayAct(db, officer))) return refused('mandate-ended');
      const label = typed.trim().normalize('NFC');
      if (!isLabel(label)) return { ok: false, field: 'label' };
      if (untilOn !== '' && (!DAY.test(untilOn) || untilOn < fromOn)) return { ok: false, field: 'untilOn' };
      const body: NominationBody = {
        label,
        capacity: DESK_CAPACITY,
        fromOn,
        ...(untilOn === '' ? {} : { untilOn }),
        ...(replace ? { replace: true } : {}),
      };
      if (!(await isFree(db, body))) return refused('label-taken');
      const text = proposalText(body, toBase64Url(random.bytes(16)));
      return { ok: true, proposed: proposedBy(body, text) };
    },

    propose: (officer, text, answer) =>
      inTransaction(db, async (tx) => {
        const body = readProposal(text);
        if (body === undefined || (body.untilOn ?? body.fromOn) < body.fromOn)
          return refused('action-changed');
        // A text signed on another day is not what this day's page showed.
        if (body.fromOn !== today()) return refused('challenge-expired');
        const { challenge } = proposedBy(body, text);
        const made = await signed(tx, officer, challenge, answer);
        if (typeof made === 'string') return refused(made);
        if (!(await isFree(tx, body))) return refused('label-taken');
        const row = rowText({
          proposal: text,
          signed: {
            credential: made.passkey.credentialId,
            clientData: toBase64Url(made.assertion.clientData),
            authenticatorData: toBase64Url(made.assertion.authenticatorData),
            signature: toBase64Url(made.assertion.signature),
          },
          v: 2,
        });
        const id = toBase64Url(random.bytes(12));
        const isKept = await insertNomination(tx, {
          id,
          body: row,
          proposedBy: officer,
          atMs: clock.nowMs(),
        });
        return isKept ? { ok: true as const } : refused('action-ended');
      }),

    approve: (officer, id, seenDigest, answer) =>
      inTransaction(db, async (tx) => {
        const stored = await lockNomination(tx, id);
        const row = stored && readRow(stored.body);
        if (stored === undefined || row === undefined || !('proposal' in row)) return refused('not-found');
        if (stored.outcome !== undefined) return refused('action-ended');
        if (stored.proposedBy === officer) return refused('same-officer-twice');
        const digest = sha256(utf8(row.proposal));
        if (toHex(digest) !== seenDigest) return refused('action-changed');
        const body = await proposerHolds(tx, stored);
        if (body === undefined) return refused('first-approval-lapsed');
        const made = await signed(tx, officer, challengeFor('nomination', digest), answer);
        if (typeof made === 'string') return refused(made);
        if (!(await isFree(tx, body))) return refused('label-taken');
        await endNomination(tx, id, { atMs: clock.nowMs(), approval: { ...made.assertion, officer } });
        return { ok: true as const };
      }),

    showLink: (officer, id) =>
      inTransaction(db, async (tx) => {
        const stored = await lockNomination(tx, id);
        if (stored?.outcome !== 'approved' || stored.proposedBy !== officer) return refused('not-found');
        const body = await proposerHolds(tx, stored);
        if (body === undefined) return refused('first-approval-lapsed');
        const nowMs = clock.nowMs();
        const expiresAtMs = (stored.endedAtMs ?? 0) + LINK_VALID_MS;
        // The text is the same each time, and no text is kept twice: so the link is made once.
        const step = { body: rowText({ link: { nomination: id }, v: 2 }), proposedBy: officer, atMs: nowMs };
        if (
          nowMs >= expiresAtMs ||
          !(await insertNomination(tx, { id: toBase64Url(random.bytes(12)), ...step }))
        )
          return refused('link-shown');
        if (!(await isFree(tx, body))) return refused('label-taken');
        const newcomer = await officerByLabel(tx, toBase64Url(random.bytes(12)), body.label, nowMs);
        const token = `${id}.${toBase64Url(random.bytes(32))}`;
        const tokenSha256 = sha256(utf8(token));
        await insertInvite(tx, { tokenSha256, officer: newcomer, expiresAtMs, atMs: nowMs });
        return { ok: true as const, token, label: body.label };
      }),

    confirm: (officer, id, seenDigest, answer) =>
      inTransaction(db, (tx) => confirmKey(tx, officer, id, seenDigest, answer)).catch((error: unknown) => {
        if (error instanceof PasskeyTaken) return refused('passkey-refused');
        throw error;
      }),

    withdraw: (officer, id) =>
      inTransaction(db, async (tx) => {
        const stored = await lockNomination(tx, id);
        const row = stored && readRow(stored.body);
        if (stored === undefined) return refused('not-found');
        const of =
          row !== undefined && 'key' in row ? await lockNomination(tx, row.key.nomination) : undefined;
        if (stored.proposedBy !== officer && of?.approvedBy !== officer) return refused('not-found');
        if (stored.outcome !== undefined) return refused('action-ended');
        await endNomination(tx, id, { atMs: clock.nowMs() });
        return { ok: true as const };
      }),
  };
}

/** Verified when it came; what is kept of it is ours. */
function keyOf({ credential, cose, counter, transports }: WaitingKey) {
  const publicKey = fromBase64Url(cose);
  const spki = publicKey && publicKeyOf(publicKey);
  if (publicKey === undefined || spki === undefined) throw new Error('a key that waits is no key');
  return { credentialId: credential, publicKey, spki, counter, transports };
}
