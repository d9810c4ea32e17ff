/** The check of proposers, opinions and the notice to collect: 公民投票法 §10 V–IX. */
import { type ActRules, dueOf, isOverdue, refuse } from './act-rule.ts';
import { words } from './localised.ts';
import { meet, move, owe } from './walk.ts';

type ProposerKind =
  | 'proposers-sent'
  | 'proposers-checked'
  | 'proposer-supplement-ordered'
  | 'proposer-supplement-filed'
  | 'opinion-requested'
  | 'opinion-received'
  | 'notified-to-collect';

export const PROPOSER_RULES: ActRules<ProposerKind> = {
  'proposers-sent': {
    name: words('函送查對提案人', 'send the proposers to be checked'),
    by: ['commission'],
    citation: '公民投票法 §10 V',
    inStages: ['proposer-check'],
    allowedWhen: words('審核合於規定之後。', 'After the proposal was found conforming.'),
    apply: (walk, event) =>
      owe(move(walk, event), 'proposerCheckDays', {
        id: 'check-proposers',
        who: 'registry',
        what: words('查對提案人', 'check the proposers'),
        from: event.on,
      }),
  },
  'proposers-checked': {
    name: words('提案人查對結果', 'result of the check of proposers'),
    by: ['registry'],
    citation: '公民投票法 §10 V–VI',
    inStages: ['proposer-check'],
    closes: 'check-proposers',
    allowedWhen: words('函送查對之後。', 'After the proposers were sent to be checked.'),
    precondition: (walk) =>
      walk.days['proposers-sent'] === undefined
        ? refuse('too-early', '公民投票法 §10 V', words('尚未函送查對。', 'The proposers were not sent yet.'))
        : undefined,
    apply: (walk, event) => {
      const checked = meet(move(walk, event), 'check-proposers', event.on);
      const isShort = event.valid < event.required;
      const stage = isShort ? ('proposer-supplement' as const) : ('notice' as const);
      return {
        ...checked,
        isShort: isShort && (walk.times['proposer-supplement-filed'] ?? 0) > 0,
        stage,
        since: event.on,
      };
    },
  },
  'proposer-supplement-ordered': {
    name: words('通知補提提案人', 'order a supplement of proposers'),
    by: ['commission'],
    citation: '公民投票法 §10 VII；公民投票法施行細則 §9',
    inStages: ['proposer-supplement'],
    allowedWhen: words('查對後人數不足時，一次。', 'When proposers are short after the check, once.'),
    precondition: (walk) => {
      const times = walk.pack.parameters.proposerSupplementTimes.value;
      return times !== undefined && (walk.times['proposer-supplement-ordered'] ?? 0) >= times
        ? refuse(
            'only-once',
            '公民投票法 §10 VII',
            words(
              '補提以一次為限；仍不足者應予駁回。',
              'A supplement is ordered once; a proposal still short is rejected.',
            ),
          )
        : undefined;
    },
    apply: (walk, event) =>
      owe(move(walk, event), 'proposerSupplementDays', {
        id: 'supplement-proposers',
        who: 'lead-proposer',
        what: words('補提提案人', 'supply further proposers'),
        from: event.on,
      }),
  },
  'proposer-supplement-filed': {
    name: words('補提提案人名冊', 'file the supplement of proposers'),
    by: ['lead-proposer'],
    citation: '公民投票法 §10 VII',
    inStages: ['proposer-supplement'],
    closes: 'supplement-proposers',
    allowedWhen: words('收受補提通知後三十日內，一次。', 'Within 30 days of receiving the order, once.'),
    precondition: (walk) => {
      if (walk.days['proposer-supplement-ordered'] === undefined)
        return refuse(
          'too-early',
          '公民投票法 §10 VII',
          words('尚未通知補提。', 'No supplement was ordered.'),
        );
      return isOverdue(walk, 'supplement-proposers')
        ? refuse(
            'too-late',
            '公民投票法 §10 VII',
            words(
              `補提期限已於 ${dueOf(walk, 'supplement-proposers')} 屆滿；應予駁回。`,
              `The term ended on ${dueOf(walk, 'supplement-proposers')}; the proposal is to be rejected.`,
            ),
          )
        : undefined;
    },
    apply: (walk, event) => meet(move(walk, event, 'proposer-check'), 'supplement-proposers', event.on),
  },
  'opinion-requested': {
    name: words('函請機關提意見書', 'ask an agency for its opinion'),
    by: ['commission'],
    citation: '公民投票法 §10 VIII',
    inStages: ['proposer-check', 'proposer-supplement', 'notice'],
    allowedWhen: words('審核合於規定之後。', 'After the proposal was found conforming.'),
    apply: (walk, event) =>
      owe(move(walk, event), 'opinionDays', {
        id: 'give-opinion',
        who: 'agency',
        what: words('提出機關意見書', 'give its opinion'),
        from: event.on,
        agency: event.agency,
      }),
  },
  'opinion-received': {
    name: words('收受機關意見書', "receive an agency's opinion"),
    by: ['agency'],
    citation: '公民投票法 §10 VIII',
    inStages: ['proposer-check', 'proposer-supplement', 'notice', 'collecting', 'signing'],
    closes: 'give-opinion',
    allowedWhen: words(
      '函請後四十五日內；逾期視為放棄。',
      'Within 45 days of the request; late means waived.',
    ),
    condition: (walk, event) =>
      walk.duties.some(
        ({ id, agency, status }) => id === 'give-opinion' && agency === event.agency && status !== 'waived',
      )
        ? undefined
        : refuse(
            'too-late',
            '公民投票法 §10 VIII',
            words(
              '未函請，或已逾四十五日而視為放棄。',
              'It was not asked, or 45 days have passed and the opinion is waived.',
            ),
          ),
    apply: (walk, event) => meet(move(walk, event), 'give-opinion', event.on, event.agency),
  },
  'notified-to-collect': {
    name: words('通知領取連署人名冊格式或系統認證碼', 'give notice to collect roster format or access code'),
    by: ['commission'],
    citation: '公民投票法 §10 IX',
    inStages: ['notice'],
    allowedWhen: words('提案人查對足額之後。', 'After enough proposers passed the check.'),
    apply: (walk, event) =>
      owe(move(walk, event, 'collecting'), 'collectDays', {
        id: 'collect',
        who: 'lead-proposer',
        what: words('領取連署人名冊格式或系統認證碼', 'collect roster format or access code'),
        from: event.on,
      }),
  },
};
