/**
 * 擬派任: from the desk nobody makes an officer alone. One officer proposes a label and a mandate; another signs exactly
 * that with a passkey, and only then is there a link. The first two come by the command line.
 */
import { canonicalJson, concatBytes, equalBytes, toBase64Url, toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { assertionOf, parseAuthentication, type RelyingParty } from '../passkeys/index.ts';
import { type Db, inTransaction } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import { actionSignatures, DESK_CAPACITY } from './action-signatures.ts';
import {
  endNomination,
  insertNomination,
  listNominations,
  lockNomination,
  type StoredNomination,
} from './nomination-store.ts';
import { capacitiesOn, inviteOfficerWithin } from './officers.ts';
import type { OfficersProblem } from './officers-problems.ts';

/** What is proposed and signed. */
export interface NominationBody {
  readonly label: string;
  readonly capacity: string;
  readonly fromOn: string;
  readonly untilOn?: string;
}

export interface Nomination extends Omit<StoredNomination, 'body' | 'sha256'> {
  readonly body: NominationBody;
  readonly digest: string;
  readonly challenge: string;
}

type Refused = Readonly<{ ok: false; code: OfficersProblem | 'not-found' }>;
const refused = (code: OfficersProblem | 'not-found'): Refused => ({ ok: false, code });

/** The link is for the approving officer to hand over; it is shown once. */
const LINK_VALID_MS = 24 * 3_600_000;
const LABEL = /^\S.{0,38}\S$/u;
const DAY = /^\d{4}-\d\d-\d\d$/;

export interface Nominations {
  list(): Promise<readonly Nomination[]>;
  propose(
    officer: string,
    body: Readonly<{ label: string; untilOn: string }>,
  ): Promise<Readonly<{ ok: true }> | Refused | Readonly<{ ok: false; field: 'label' | 'untilOn' }>>;
  /** Another officer's signature over exactly what was proposed; the link's token is returned once. */
  approve(
    officer: string,
    id: string,
    seenDigest: string,
    answer: string,
  ): Promise<Readonly<{ ok: true; token: string; label: string }> | Refused>;
  withdraw(officer: string, id: string): Promise<Readonly<{ ok: true }> | Refused>;
}

/** SHA-256("LIANSHU-NOMINATION/1" ‖ 00 ‖ digest): no signature over an act fits a nomination, nor the other way round. */
const challengeOf = (digest: Uint8Array): string =>
  toBase64Url(sha256(concatBytes(utf8('LIANSHU-NOMINATION/1'), Uint8Array.of(0), digest)));

export function createNominations(
  deps: Readonly<{ db: Db; clock: Clock; random: Random; party: () => RelyingParty }>,
): Nominations {
  const { db, clock, random } = deps;
  const signatures = actionSignatures(deps);
  const shown = ({ body, sha256: digest, ...rest }: StoredNomination): Nomination => ({
    ...rest,
    body: (JSON.parse(body) as Readonly<{ nomination: NominationBody }>).nomination,
    digest: toHex(digest),
    challenge: challengeOf(digest),
  });
  return {
    list: async () => (await listNominations(db)).map(shown),

    async propose(officer, { label: typed, untilOn }) {
      const nowMs = clock.nowMs();
      const fromOn = legalDateOf(nowMs);
      if (!(await capacitiesOn(db, officer, fromOn)).includes(DESK_CAPACITY)) return refused('mandate-ended');
      const label = typed.trim().normalize('NFC');
      if (!LABEL.test(label)) return { ok: false, field: 'label' };
      if (untilOn !== '' && (!DAY.test(untilOn) || untilOn < fromOn)) return { ok: false, field: 'untilOn' };
      const nomination = {
        label,
        capacity: DESK_CAPACITY,
        fromOn,
        ...(untilOn === '' ? {} : { untilOn }),
      };
      const body = canonicalJson({ nomination, nonce: toBase64Url(random.bytes(16)), v: 1 });
      await insertNomination(db, {
        id: toBase64Url(random.bytes(12)),
        body: new TextDecoder().decode(body),
        sha256: sha256(body),
        proposedBy: officer,
        proposedAtMs: nowMs,
      });
      return { ok: true };
    },

    approve: (officer, id, seenDigest, text) =>
      inTransaction(db, async (tx) => {
        const stored = await lockNomination(tx, id);
        if (stored === undefined) return refused('not-found');
        if (stored.outcome !== undefined) return refused('action-ended');
        if (stored.proposedBy === officer) return refused('same-officer-twice');
        const digest = sha256(utf8(stored.body));
        if (!equalBytes(digest, stored.sha256) || toHex(digest) !== seenDigest)
          return refused('action-changed');
        const today = legalDateOf(clock.nowMs());
        if (!(await capacitiesOn(tx, stored.proposedBy, today)).includes(DESK_CAPACITY))
          return refused('first-approval-lapsed');
        const answer = parseAuthentication(text);
        const assertion = answer && assertionOf(answer);
        const passkey = await signatures.verify(tx, officer, challengeOf(digest), assertion && answer);
        if (typeof passkey === 'string') return refused(passkey);
        if (assertion === undefined) return refused('approval-invalid');
        const nowMs = clock.nowMs();
        await endNomination(tx, id, { atMs: nowMs, approval: { ...assertion, officer } });
        const { body } = shown(stored);
        const token = await inviteOfficerWithin(tx, { clock, random }, { ...body, validMs: LINK_VALID_MS });
        return { ok: true as const, token, label: body.label };
      }),

    withdraw: (officer, id) =>
      inTransaction(db, async (tx) => {
        const stored = await lockNomination(tx, id);
        if (stored === undefined || stored.proposedBy !== officer) return refused('not-found');
        if (stored.outcome !== undefined) return refused('action-ended');
        await endNomination(tx, id, { atMs: clock.nowMs() });
        return { ok: true as const };
      }),
  };
}
