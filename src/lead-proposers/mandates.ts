/** 授權: who may do what for which draft or case, who else is invited, and how that ends. */
import { toBase64Url, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { inTransaction, type Tx } from '../platform/db/index.ts';
import { legalDateOf } from '../platform/time.ts';
import type { Account, KeptMandate, Mandate, Member, ScopedMandate } from './account.ts';
import { insertAccount, insertInvite, lockAccount, voidInvites } from './account-store.ts';
import type { LeadProposersDeps } from './card-sign-in.ts';
import { endMandate, endMandates, mandatesFor, mandatesOn, membersOn, putMandate } from './mandate-store.ts';

/** How long an invitation can be used. */
const INVITE_DAYS = 7;

/** Whom a lead proposer invites, and for what. The caller has judged that `by` leads the scope. */
export interface Invitation {
  /** Id of a private draft, draft number or case number. */
  readonly scope: string;
  readonly mandate: 'co-drafter' | 'assistant';
  /** How the person is called here: a nickname, never checked against anybody. */
  readonly label: string;
  readonly by: Account;
  /** Last day, Asia/Taipei; undefined until ended. */
  readonly untilOn?: string | undefined;
}

export interface Mandates {
  /** What an account may do today. */
  mandatesOf(account: Account): Promise<readonly ScopedMandate[]>;
  /** What an account may do today for one draft or case; the strongest, where a session's code adds one. */
  mandateFor(account: Account, scope: string): Promise<Mandate | undefined>;
  /** Makes a card account lead a draft or case. False when another account leads it, or a passkey asks. */
  grantLead(account: Account, scope: string, within?: Tx): Promise<boolean>;
  /** Gives everybody who works on `from` the same mandate for `to`: a draft got its number, or became a case. */
  carryOver(from: string, to: string, within?: Tx): Promise<void>;
  /** A one-time link with which somebody registers a passkey under a label. Told once, kept as a digest. */
  inviteMember(invitation: Invitation): Promise<Readonly<{ url: string; account: string }>>;
  membersOf(scope: string): Promise<readonly Member[]>;
  /**
   * Ends what a member of the scope may do, there and wherever the mandate was carried: private draft, public draft and
   * case are one work, and an invitation makes an account for that work alone. Voids what was sent to them. False when
   * they have no mandate for the scope; never the lead proposer's.
   */
  endMember(scope: string, account: string): Promise<boolean>;
}

export function createMandates({
  db,
  clock,
  random,
  party,
}: Pick<LeadProposersDeps, 'db' | 'clock' | 'random' | 'party'>): Mandates {
  const today = (): string => legalDateOf(clock.nowMs());
  const within = <T>(tx: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> =>
    tx === undefined ? inTransaction(db, work) : work(tx);

  async function mandatesOf(account: Account): Promise<readonly ScopedMandate[]> {
    const kept = await mandatesOn(db, account.id, today());
    const { eSystem } = account;
    if (eSystem === undefined || kept.some(({ scope, mandate }) => scope === eSystem && mandate === 'lead'))
      return kept;
    return [
      ...kept.filter(({ scope }) => scope !== eSystem),
      { scope: eSystem, mandate: 'e-system', untilOn: undefined },
    ];
  }

  return {
    mandatesOf,
    async mandateFor(account, scope) {
      return (await mandatesOf(account)).find((one) => one.scope === scope)?.mandate;
    },

    grantLead: (account, scope, tx) =>
      within(tx, async (inner) => {
        if (account.kind !== 'card') return false;
        const lead = (await mandatesFor(inner, scope, today())).find(({ mandate }) => mandate === 'lead');
        if (lead !== undefined) return lead.account === account.id;
        await putMandate(inner, { account: account.id, scope, mandate: 'lead' }, clock.nowMs());
        return true;
      }),

    carryOver: (from, to, tx) =>
      within(tx, async (inner) => {
        // Each account locked, in one order, and then asked again: whoever is being removed is not carried along.
        for (const { account } of await mandatesFor(inner, from, today())) await lockAccount(inner, account);
        for (const { account, mandate, untilOn } of await mandatesFor(inner, from, today()))
          await putMandate(inner, { account, scope: to, mandate, untilOn }, clock.nowMs());
      }),

    async inviteMember({ scope, mandate, label, by, untilOn }) {
      const token = toBase64Url(random.bytes(32));
      const account = toBase64Url(random.bytes(12));
      const nowMs = clock.nowMs();
      await inTransaction(db, async (tx) => {
        await insertAccount(tx, { id: account, kind: 'passkey', label, person: undefined }, nowMs);
        await putMandate(tx, { account, scope, mandate, givenBy: by.id, untilOn }, nowMs);
        const expiresAtMs = nowMs + INVITE_DAYS * 86_400_000;
        await insertInvite(tx, { tokenSha256: sha256(utf8(token)), account, expiresAtMs });
      });
      return { url: `${party().origin}/invitations/${token}`, account };
    },

    membersOf: (scope) => membersOn(db, scope, today()),

    endMember: (scope, account) =>
      inTransaction(db, async (tx) => {
        const nowMs = clock.nowMs();
        await lockAccount(tx, account);
        if (!(await endMandate(tx, scope, account, nowMs))) return false;
        await endMandates(tx, account, nowMs);
        await voidInvites(tx, account, nowMs);
        return true;
      }),
  };
}

/** Whether a mandate may be given by a link. */
export const isInvitable = (mandate: KeptMandate | string): mandate is 'co-drafter' | 'assistant' =>
  mandate === 'co-drafter' || mandate === 'assistant';
