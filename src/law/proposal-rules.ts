/** Filing, review, correction, withdrawal: 公民投票法 §§9–11. */
import { type ActRules, dueOf, isOverdue, refuse } from './act-rule.ts';
import { words } from './localised.ts';
import { end, meet, move, owe } from './walk.ts';

type ProposalKind =
  | 'filed'
  | 'accepted'
  | 'refused-inadmissible'
  | 'hearing-notified'
  | 'hearing-held'
  | 'correction-ordered'
  | 'corrected'
  | 'found-conforming'
  | 'rejected'
  | 'withdrawn';

const REVIEW = words('審核提案', 'review the proposal');

export const PROPOSAL_RULES: ActRules<ProposalKind> = {
  filed: {
    name: words('提出公民投票案', 'file the proposal'),
    by: ['lead-proposer'],
    citation: '公民投票法 §9、§10 II',
    inStages: ['before-filing'],
    allowedWhen: words('每案僅得提出一次；本案已提出。', 'A proposal is filed once; this one has been.'),
    apply: (walk, event) =>
      owe(move(walk, event, 'formal-check'), 'reviewDays', {
        id: 'review',
        who: 'commission',
        what: REVIEW,
        from: event.on,
      }),
  },
  accepted: {
    name: words('形式審查合格，受理', 'accept after the formal check'),
    by: ['commission'],
    citation: '公民投票法 §10 II',
    inStages: ['formal-check'],
    allowedWhen: words('提出後、審核前為之。', 'After filing and before the review.'),
    apply: (walk, event) => move(walk, event, 'review'),
  },
  'refused-inadmissible': {
    name: words('不受理', 'refuse as inadmissible'),
    by: ['commission'],
    citation: '公民投票法 §10 II',
    inStages: ['formal-check'],
    inSession: true,
    allowedWhen: words(
      '僅於形式審查時，以格式、裝訂或人數不符為由；不得補正。字數超過不構成不受理。',
      'Only at the formal check, for format, binding or head-count; there is no cure. Length alone is no ground.',
    ),
    apply: (walk, event) =>
      end(move(walk, event), {
        value: 'inadmissible',
        on: event.on,
        citation: '公民投票法 §10 II',
        by: 'decision',
      }),
  },
  'hearing-notified': {
    name: words('通知聽證', 'give notice of the hearing'),
    by: ['commission'],
    citation: '公民投票法 §10 IV；行政程序法 §55',
    inStages: ['review'],
    allowedWhen: words('審核期間內為之。', 'During the review.'),
    apply: (walk, event) => move(walk, event),
  },
  'hearing-held': {
    name: words('舉行聽證', 'hold the hearing'),
    by: ['commission'],
    citation: '公民投票法 §10 IV；行政程序法 §§54–66',
    inStages: ['review'],
    allowedWhen: words('審核期間內，通知之後為之。', 'During the review, after notice.'),
    precondition: (walk) =>
      walk.days['hearing-notified'] === undefined
        ? refuse(
            'hearing-first',
            '行政程序法 §55',
            words(
              '聽證前應先以書面通知當事人及已知之利害關係人。',
              'Parties and known interested persons must be notified in writing first.',
            ),
          )
        : undefined,
    apply: (walk, event) => move(walk, event),
  },
  'correction-ordered': {
    name: words('命補正', 'order a correction'),
    by: ['commission'],
    citation: '公民投票法 §10 III–IV',
    inStages: ['review'],
    inSession: true,
    allowedWhen: words(
      '審核期間內、聽證之後，以五款事由之一為限，一次。',
      'During the review, after a hearing, on one of five grounds, once.',
    ),
    precondition: (walk) => {
      if (walk.days['hearing-held'] === undefined)
        return refuse(
          'hearing-first',
          '公民投票法 §10 IV',
          words('命補正前應先舉行聽證。', 'A hearing comes before the correction order.'),
        );
      const times = walk.pack.parameters.correctionTimes.value;
      return times !== undefined && (walk.times['correction-ordered'] ?? 0) >= times
        ? refuse(
            'only-once',
            '公民投票法 §10 III',
            words(
              '補正以一次為限；仍不合規定者應予駁回。',
              'A correction is ordered once; what is still defective is rejected.',
            ),
          )
        : undefined;
    },
    apply: (walk, event) =>
      owe(meet(move(walk, event, 'correction'), 'review', event.on), 'correctionDays', {
        id: 'correct',
        who: 'lead-proposer',
        what: words('補正提案', 'correct the proposal'),
        from: event.on,
      }),
  },
  corrected: {
    name: words('補正', 'file the correction'),
    by: ['lead-proposer'],
    citation: '公民投票法 §10 III',
    inStages: ['correction'],
    closes: 'correct',
    allowedWhen: words('收受補正通知後三十日內，一次。', 'Within 30 days of receiving the order, once.'),
    precondition: (walk) =>
      isOverdue(walk, 'correct')
        ? refuse(
            'too-late',
            '公民投票法 §10 III',
            words(
              `補正期限已於 ${dueOf(walk, 'correct')} 屆滿；應予駁回。`,
              `The term ended on ${dueOf(walk, 'correct')}; the proposal is to be rejected.`,
            ),
          )
        : undefined,
    apply: (walk, event) =>
      owe(meet(move(walk, event, 'review'), 'correct', event.on), 'reviewDays', {
        id: 'review',
        who: 'commission',
        what: REVIEW,
        from: event.on,
      }),
  },
  'found-conforming': {
    name: words('審核合於規定', 'find the proposal conforming'),
    by: ['commission'],
    citation: '公民投票法 §10 V',
    inStages: ['review'],
    inSession: true,
    closes: 'review',
    allowedWhen: words('審核期間內為之。', 'During the review.'),
    apply: (walk, event) => meet(move(walk, event, 'proposer-check'), 'review', event.on),
  },
  rejected: {
    name: words('駁回', 'reject'),
    by: ['commission'],
    citation: '公民投票法 §10 III、VII',
    inStages: ['review', 'correction', 'proposer-supplement'],
    inSession: true,
    allowedWhen: words(
      '補正屆期未補正或仍不合規定，或提案人補提後仍不足時。',
      'When a correction is late or still defective, or proposers are still too few after the supplement.',
    ),
    precondition: (walk) => {
      const afterCorrection = walk.days.corrected !== undefined && walk.stage === 'review';
      const late = isOverdue(walk, 'correct') || isOverdue(walk, 'supplement-proposers');
      return afterCorrection || late || walk.isShort
        ? undefined
        : refuse(
            'too-early',
            '公民投票法 §10 III–IV',
            words(
              '應先舉行聽證並命補正；補正期限屆滿前不得駁回。',
              'A hearing and a correction order come first; nothing is rejected before their term has ended.',
            ),
          );
    },
    apply: (walk, event) =>
      end(move(walk, event), {
        value: 'rejected',
        on: event.on,
        citation: '公民投票法 §10 III、VII',
        by: 'decision',
      }),
  },
  withdrawn: {
    name: words('撤回提案', 'withdraw the proposal'),
    by: ['lead-proposer'],
    citation: '公民投票法 §11',
    inStages: ['formal-check', 'review', 'correction', 'proposer-check', 'proposer-supplement', 'notice'],
    allowedWhen: words(
      '通知領取（連署）前，經提案人二分之一以上同意，由領銜人以書面為之。',
      'Before the notice to collect, in writing by the lead proposer with at least half of the proposers agreeing.',
    ),
    condition: (walk, { agreeing, proposers }) => {
      const share = walk.pack.parameters.withdrawalShare.value;
      const isEnough =
        share !== undefined &&
        proposers > 0 &&
        BigInt(agreeing) * share.denominator >= BigInt(proposers) * share.numerator;
      return isEnough
        ? undefined
        : refuse(
            'not-enough-agree',
            '公民投票法 §11',
            words(
              `須提案人二分之一以上同意；現為 ${agreeing}／${proposers}。`,
              `At least half of the proposers must agree; ${agreeing} of ${proposers} do.`,
            ),
          );
    },
    apply: (walk, event) =>
      end(move(walk, event), {
        value: 'withdrawn',
        on: event.on,
        citation: '公民投票法 §11',
        by: 'decision',
      }),
  },
};
