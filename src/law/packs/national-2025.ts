import { words } from '../localised.ts';
import { confirmed, unconfirmed } from '../parameter.ts';
import type { RulePack } from '../rule-pack.ts';
import { ACT_SINCE_2018 } from './act-since-2018.ts';
import { ACT_SINCE_2019 } from './act-since-2019.ts';
import { datedByAct } from './act-texts.ts';
import { E_PETITION_REGULATION } from './e-petition-regulation.ts';

/** The national referendum after the 2025 amendment of §23. */
export const NATIONAL_2025: RulePack = {
  id: 'tw.referendum.national@2025-12-03',
  title: words('全國性公民投票（2025 年修正）', 'National referendum (as amended in 2025)'),
  procedure: 'national',
  promulgated: '2025-12-03',
  effectiveFrom: unconfirmed('公民投票法 §23；中央法規標準法 §13', {
    value: '2025-12-03',
    note: words(
      '依中央法規標準法，自公布日起算至第三日生效，應為 2025-12-05；本次修正之生效日未確認，暫以公布日計。',
      'By the general rule it would take effect on the third day, 2025-12-05; for this amendment that is unconfirmed, and the day of promulgation is used.',
    ),
  }),
  remarks: [
    words(
      '總統令字號與 §23 官方條文全文：未確認。',
      'Number of the presidential order and the official text of §23: unconfirmed.',
    ),
  ],
  parameters: datedByAct('2025-12-03', {
    ...ACT_SINCE_2018,
    ...ACT_SINCE_2019,
    ...E_PETITION_REGULATION,
    voteWindow: confirmed({ kind: 'months-after-establishment', from: 3, to: 6 }, '公民投票法 §23', {
      note: words(
        '「三個月起至六個月內」之首末日皆可投票（專案預設）；期間內有全國性選舉，應同日舉行。',
        'Both the last day of the third and of the sixth month are permitted (project default); a national election in the window takes the vote with it.',
      ),
    }),
  }),
};
