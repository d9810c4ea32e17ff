import { words } from '../localised.ts';
import { confirmed, unconfirmed } from '../parameter.ts';
import type { RulePack } from '../rule-pack.ts';
import { unknownParameters } from './unknown-parameters.ts';

/** One local pack: 新竹市, by rates only. Other municipalities differ by their own ordinances. */
export const LOCAL_HSINCHU_CITY: RulePack = {
  id: 'tw.referendum.local.hsinchu-city',
  title: words('新竹市地方性公民投票', 'Local referendum of Hsinchu City'),
  procedure: 'local',
  promulgated: undefined,
  effectiveFrom: unconfirmed('新竹市公民投票自治條例（施行日未確認）'),
  remarks: [
    words(
      '僅收錄提案與連署比率；公布日、施行日與其餘規定未確認。',
      'Only the rates are held; dates and all other provisions are unconfirmed.',
    ),
  ],
  parameters: {
    ...unknownParameters('新竹市公民投票自治條例'),
    proposalRate: confirmed({ numerator: 1n, denominator: 10_000n }, '新竹市公民投票自治條例'),
    petitionRate: confirmed({ numerator: 1n, denominator: 100n }, '新竹市公民投票自治條例'),
    passRule: unconfirmed('公民投票法 §29（地方案之適用未確認）', {
      value: { kind: 'majority-and-quarter', quarter: { numerator: 1n, denominator: 4n } },
    }),
  },
};
