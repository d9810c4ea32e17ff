import { words } from '../localised.ts';
import { confirmed, unconfirmed } from '../parameter.ts';
import type { RulePack } from '../rule-pack.ts';
import { unknownParameters } from './unknown-parameters.ts';

/** The Act of 2003, for replaying the verdicts of cases 1–6. Only its pass rule is known to us. */
export const NATIONAL_2003: RulePack = {
  id: 'tw.referendum.national@2003-12-31',
  title: words('全國性公民投票（2003 年制定）', 'National referendum (as enacted in 2003)'),
  procedure: 'national',
  promulgated: '2003-12-31',
  effectiveFrom: confirmed('2003-12-31', '公民投票法（2003 年制定；2006 年、2009 年兩次修正）'),
  effectiveTo: '2018-01-02',
  remarks: [
    words(
      '僅供重算第 1 至 6 案之結果；門檻與期間未確認。',
      'For recomputing the verdicts of cases 1–6 only; thresholds and terms are unconfirmed.',
    ),
  ],
  parameters: {
    ...unknownParameters('公民投票法（2003）'),
    passRule: unconfirmed('公民投票法（2003）：投票率須達二分之一，條次未確認', {
      value: { kind: 'majority-and-turnout', turnout: { numerator: 1n, denominator: 2n } },
    }),
  },
};
