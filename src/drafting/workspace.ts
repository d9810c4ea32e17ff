/** What drafting asks of the workspace: who may do what in one draft. Names are known to neither. */
import type { Account, LeadProposers } from '../lead-proposers/index.ts';

/** Somebody signed in at the workspace. */
export type Person = Account;

/** A person invited to a draft. */
export interface Member {
  readonly account: string;
  readonly label: string;
  /** Has registered a passkey; before that, an invitation is on its way. */
  readonly hasCome: boolean;
}

/** The people of drafts, as the workspace keeps them. */
export interface Members {
  /** Ids of the drafts this person was invited to help with. */
  draftsOf(person: Person): Promise<readonly string[]>;
  listOf(draft: string): Promise<readonly Member[]>;
  /** A one-time link for somebody under this label. */
  invite(draft: string, label: string, by: Person): Promise<string>;
  /** Takes a person's mandate away; nothing happens where there is none. */
  end(draft: string, account: string): Promise<void>;
}

/** What a person is in one draft. */
export type Role = 'lead' | 'co-drafter';

export type MandateKeeper = Pick<
  LeadProposers,
  'mandatesOf' | 'membersOf' | 'inviteMember' | 'endMember' | 'grantLead' | 'carryOver'
>;

/** A private draft's lead proposer stands in the draft itself; only those invited have a mandate for it. */
export function membersOf(keeper: MandateKeeper): Members {
  return {
    async draftsOf(person) {
      const mandates = await keeper.mandatesOf(person);
      return mandates.filter(({ mandate }) => mandate === 'co-drafter').map(({ scope }) => scope);
    },
    async listOf(draft) {
      const members = await keeper.membersOf(draft);
      return members
        .filter(({ mandate }) => mandate === 'co-drafter')
        .map(({ account, label, hasCome }) => ({ account, label, hasCome }));
    },
    async invite(draft, label, by) {
      const { url } = await keeper.inviteMember({ scope: draft, mandate: 'co-drafter', label, by });
      return url;
    },
    async end(draft, account) {
      await keeper.endMember(draft, account);
    },
  };
}
