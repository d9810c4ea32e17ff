import type { ActRule } from './act-rule.ts';
import type { LegalEventKind } from './legal-event.ts';
import { PROPOSAL_RULES } from './proposal-rules.ts';
import { PROPOSER_RULES } from './proposer-rules.ts';
import { SIGNING_RULES } from './signing-rules.ts';
import { SYSTEM_RULES } from './system-rules.ts';
import { VOTE_RULES } from './vote-rules.ts';

/** What the law says of every kind of act, in the order of a case's life. Each rule only meets events of its kind. */
export const ACT_RULES = {
  ...PROPOSAL_RULES,
  ...PROPOSER_RULES,
  ...SYSTEM_RULES,
  ...SIGNING_RULES,
  ...VOTE_RULES,
} as unknown as { readonly [Kind in LegalEventKind]: ActRule };
