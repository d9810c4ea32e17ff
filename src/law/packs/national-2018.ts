import { words } from '../localised.ts';
import { confirmed } from '../parameter.ts';
import type { RulePack } from '../rule-pack.ts';
import { ACT_SINCE_2018 } from './act-since-2018.ts';
import { datedByAct } from './act-texts.ts';
import { unknownParameters } from './unknown-parameters.ts';

/** The full rewrite of 2018. What the 2019 amendment changed is not known in its 2018 wording. */
export const NATIONAL_2018: RulePack = {
  id: 'tw.referendum.national@2018-01-03',
  title: words('全國性公民投票（2018 年全文修正）', 'National referendum (rewritten in 2018)'),
  procedure: 'national',
  promulgated: '2018-01-03',
  effectiveFrom: confirmed('2018-01-03', '公民投票法（2018 年全文修正）'),
  effectiveTo: '2019-06-20',
  remarks: [
    words(
      '§§9、10、12、13、17、23 於 2019 年修正；其 2018 年條文未確認，本包不以新條文代替。',
      'Articles 9, 10, 12, 13, 17 and 23 were amended in 2019; their wording of 2018 is unconfirmed and not filled from the newer text.',
    ),
  ],
  parameters: datedByAct('2018-01-03', {
    ...unknownParameters('公民投票法（2018）'),
    ...ACT_SINCE_2018,
    proposalRate: confirmed({ numerator: 1n, denominator: 10_000n }, '公民投票法 §10 I（2018）'),
    petitionRate: confirmed({ numerator: 15n, denominator: 1_000n }, '公民投票法 §12 I（2018）', {
      note: words(
        '以 2016 年選舉人 18,782,991 人計，門檻為 1,879 與 281,745 人，與當時報導相符。',
        'With the 18,782,991 electors of 2016 it gives 1,879 and 281,745, as was reported then.',
      ),
    }),
  }),
};
