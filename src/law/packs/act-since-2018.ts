import { words } from '../localised.ts';
import { confirmed, projectDefault } from '../parameter.ts';
import type { Parameters } from '../rule-pack.ts';

/** Provisions of the 2018 rewrite that later amendments left alone (law.md §1: 2019 changed §§9, 10, 12, 13, 17, 23). */
export const ACT_SINCE_2018 = {
  electorBase: confirmed('last-presidential-election-at-proposal', '公民投票法 §10 I'),
  minimumAgeYears: confirmed(18, '公民投票法 §7'),
  residenceMonths: confirmed(6, '公民投票法 §8 I'),
  withdrawalShare: confirmed({ numerator: 1n, denominator: 2n }, '公民投票法 §11'),
  passRule: confirmed(
    { kind: 'majority-and-quarter', quarter: { numerator: 1n, denominator: 4n } },
    '公民投票法 §29',
  ),
  isWeekendExtending: confirmed(false, '公民投票法 §6；公職人員選舉罷免法 §5'),
  isDisasterExtending: confirmed(true, '公民投票法 §6；公職人員選舉罷免法 §5', {
    note: words(
      '延至何日，法無明文：本平台以主管機關恢復上班之首日為準（專案預設）。',
      'To which day is not stated: the first day on which the competent office works again (project default).',
    ),
  }),
  isSuspensionHolding: projectDefault(true, '公民投票法 §53 未定期間之進行', {
    note: words(
      '停止中，期間不進行、不發生屆滿之效果，恢復後按停止之日數順延（專案預設）；電子連署之收受仍至原末日止，投票日之範圍不變。',
      'While suspended no term runs or lapses; it goes on by as many days afterwards (project default). Electronic signing still ends on its own last day, and the window of the vote stays.',
    ),
  }),
  suppressionK: projectDefault(10, '法無明文；門檻為地方實務，未確認'),
} satisfies Partial<Parameters>;
