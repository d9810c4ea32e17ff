import { words } from '../localised.ts';
import { confirmed, projectDefault } from '../parameter.ts';
import type { Parameters } from '../rule-pack.ts';

/** First day of the regulation: 中選綜字第1133050081號, issued 2024-02-23. */
const IN_FORCE = '2024-04-10';
/** Issued by 中選綜字第1093050115號. */
const ISSUED = '2020-04-10';

/** When the regulation binds; the parameters that rest on it carry it. */
export const E_PETITION_TIME = { promulgated: ISSUED, effectiveFrom: IN_FORCE } as const;

/**
 * 全國性公民投票電子連署及查對作業辦法, as far as it sets values; its articles are told in
 * `e-petition-articles.ts`. Nothing of it binds a case before {@link IN_FORCE}.
 */
export const E_PETITION_REGULATION = {
  duplicateMarkDays: confirmed(2, '電子連署及查對作業辦法 §9', E_PETITION_TIME),
  retention: confirmed(
    {
      years: 2,
      monthsAfterJudgment: 3,
      startsWith: ['established', 'not-established', 'deemed-abandoned'],
      otherwiseFromDecision: ['inadmissible', 'withdrawn', 'stopped'],
    },
    '電子連署及查對作業辦法 §12',
    {
      ...E_PETITION_TIME,
      note: words(
        '不受理、撤回、停止之起算日法無明文：以決定之日起算（專案預設）。',
        'For inadmissible, withdrawn and stopped cases the start is not stated: the day of the decision (project default).',
      ),
    },
  ),
  acceptedForJointSignature: projectDefault(['card'], '電子連署及查對作業辦法 §5', {
    ...E_PETITION_TIME,
    note: words(
      '條文稱「自然人憑證」，未明示限於晶片卡；行動自然人憑證待主管機關釋示。',
      'The article says 自然人憑證 and does not say card only; the mobile certificate waits for a ruling.',
    ),
  }),
  acceptedForProposal: projectDefault(['card'], '公民投票法 §9 VI–VII；尚無提案之作業辦法', {
    effectiveFrom: IN_FORCE,
  }),
  electronicProposal: projectDefault('off', '公民投票法 §9 VI', {
    effectiveFrom: IN_FORCE,
    note: words(
      '法定電子提案之實施方式與開始日由主管機關定之，尚無辦法；有依據方可開啟。',
      'Manner and starting day of electronic proposals are for the authority to set; it has not. The switch needs a citation.',
    ),
  }),
  electronicProposerSupplement: projectDefault('as-the-proposal', '公民投票法 §10 VII', {
    effectiveFrom: IN_FORCE,
    note: words(
      '補提提案人之方式法無明文；電子提案有依據而開啟時，補提期間亦得以電子提案，文字不變（專案預設）。比照：連署之補提得以電子為之（電子連署及查對作業辦法 §8 III）。',
      'How proposers are supplied after a shortfall is not stated. Where electronic proposals are on, with a provision, they may be given during the supplement too, on the same text (project default); compare the supplement of signers (E-petition Regulation §8 III).',
    ),
  }),
  proposalCollectMonths: projectDefault(6, '法無明文', {
    effectiveFrom: IN_FORCE,
    note: words(
      '提案前徵求提案人之期間，法無明文；比照連署期間六個月（專案預設）。',
      'How long proposers may be collected before filing is not stated; six months, as for joint signatures (project default).',
    ),
  }),
  closingHour: projectDefault('24:00', '電子連署及查對作業辦法 §6 未定時刻', {
    ...E_PETITION_TIME,
    note: words(
      '末日二十四時止（專案預設）；遞送連署人名冊之窗口另有辦公時間。',
      'The last day ends at 24:00 (project default); the counter that receives the roster keeps office hours.',
    ),
  }),
} satisfies Partial<Parameters>;
