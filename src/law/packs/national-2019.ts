import { words } from '../localised.ts';
import { confirmed } from '../parameter.ts';
import type { RulePack } from '../rule-pack.ts';
import { ACT_SINCE_2018 } from './act-since-2018.ts';
import { ACT_SINCE_2019 } from './act-since-2019.ts';
import { datedByAct } from './act-texts.ts';
import { E_PETITION_REGULATION } from './e-petition-regulation.ts';

/** The national referendum after the 2019 amendment: votes on one fixed day every two years. */
export const NATIONAL_2019: RulePack = {
  id: 'tw.referendum.national@2019-06-21',
  title: words('全國性公民投票（2019 年修正）', 'National referendum (as amended in 2019)'),
  procedure: 'national',
  promulgated: '2019-06-21',
  effectiveFrom: confirmed('2019-06-21', '公民投票法 §§9、10、12、13、17、23（2019 年修正）'),
  effectiveTo: '2025-12-02',
  remarks: [
    words(
      '電子連署自 2024-04-10《全國性公民投票電子連署及查對作業辦法》施行起方可使用。',
      'Electronic joint signatures exist since the regulation of 2024-04-10 only.',
    ),
  ],
  parameters: datedByAct('2019-06-21', {
    ...ACT_SINCE_2018,
    ...ACT_SINCE_2019,
    ...E_PETITION_REGULATION,
    voteWindow: confirmed(
      { kind: 'fourth-saturday-of-august', everyYears: 2, from: 2021 },
      '公民投票法 §23（2019 年修正）',
    ),
  }),
};
