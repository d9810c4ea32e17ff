import { words } from '../localised.ts';
import { confirmed, unconfirmed } from '../parameter.ts';
import type { RulePack } from '../rule-pack.ts';
import { unknownParameters } from './unknown-parameters.ts';

/** 憲法修正案之複決: held here only for its pass rule, which is not the Act's. */
export const CONSTITUTIONAL: RulePack = {
  id: 'tw.referendum.constitutional',
  title: words('憲法修正案之複決', 'Vote on a constitutional amendment'),
  procedure: 'constitutional',
  promulgated: undefined,
  effectiveFrom: unconfirmed('2022-11-26 之投票適用此規則；施行日未確認'),
  remarks: [
    words(
      '僅收錄通過門檻；由立法院提出，無提案與連署程序。',
      'Only the pass rule is held; the legislature proposes, there is no collection of signatures.',
    ),
  ],
  parameters: {
    ...unknownParameters('憲法增修條文'),
    passRule: confirmed({ kind: 'more-than-half-of-electors' }, '憲法增修條文；同意票須逾選舉人總額之半數'),
  },
};
