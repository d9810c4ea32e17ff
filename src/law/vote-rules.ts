/** Announcement, vote, stop, litigation, and cases that others deliver: 公民投票法 §§14–19, 23, 30–32, 53. */
import { type ActRules, refuse } from './act-rule.ts';
import type { LegalStage } from './legal-event.ts';
import { words } from './localised.ts';
import { voteDays } from './vote-window.ts';
import { end, meet, move, owe } from './walk.ts';

type VoteKind =
  | 'entered-before-collection'
  | 'delivered'
  | 'vote-announced'
  | 'vote-held'
  | 'result-announced'
  | 'stopped'
  | 'suspended'
  | 'resumed';

const RUNNING: readonly LegalStage[] = [
  'formal-check',
  'review',
  'correction',
  'proposer-check',
  'proposer-supplement',
  'notice',
  'collecting',
  'signing',
  'raw-count',
  'signature-check',
  'supplement',
  'establishing',
  'established',
];

export const VOTE_RULES: ActRules<VoteKind> = {
  'entered-before-collection': {
    name: words(
      '案件自他處登錄，前階段未載於本卷',
      'case entered from elsewhere; its earlier stages are not in this record',
    ),
    by: ['system'],
    citation: '平台規則：非本平台收件之案件；公民投票法 §10 IX',
    inStages: ['before-filing'],
    allowedWhen: words('本卷尚無此案時。', 'While this record does not know the case.'),
    apply: (walk, event) => move(walk, event, 'collecting'),
  },
  delivered: {
    name: words(
      '行政院、立法院或總統交付公民投票',
      'executive, legislature or president delivers a referendum',
    ),
    by: ['executive', 'legislature', 'president'],
    citation: '公民投票法 §§14–16',
    inStages: ['before-filing'],
    allowedWhen: words(
      '不經提案與連署（§§9–13）。',
      'Without proposal and signatures (§§9–13 do not apply).',
    ),
    apply: (walk, event) => move(walk, event, 'established'),
  },
  'vote-announced': {
    name: words('公告投票日', 'announce the day of the vote'),
    by: ['commission'],
    citation: '公民投票法 §17、§23',
    inStages: ['established'],
    allowedWhen: words(
      '成立公告後，投票日九十日前。',
      'After establishment, at least 90 days before the vote.',
    ),
    condition: ({ pack, days }, { vote }) => {
      const { voteWindow, announceBeforeVoteDays } = pack.parameters;
      const established = days.established;
      if (
        established === undefined ||
        voteWindow.value === undefined ||
        announceBeforeVoteDays.value === undefined
      )
        return undefined;
      const window = voteDays(voteWindow.value, established, announceBeforeVoteDays.value);
      return window !== undefined && window.first <= vote && vote <= window.last
        ? undefined
        : refuse(
            'out-of-order',
            voteWindow.citation,
            words(
              `投票日應在 ${window?.first ?? '—'} 至 ${window?.last ?? '—'} 之間。`,
              `The vote must lie between ${window?.first ?? '—'} and ${window?.last ?? '—'}.`,
            ),
          );
    },
    apply: (walk, event) => move(walk, event, 'announced'),
  },
  'vote-held': {
    name: words('投票', 'hold the vote'),
    by: ['commission'],
    citation: '公民投票法 §23',
    inStages: ['announced'],
    allowedWhen: words('公告之投票日。', 'On the announced day.'),
    apply: (walk, event) =>
      owe(move(walk, event, 'counting'), 'resultAnnounceDays', {
        id: 'announce-result',
        who: 'commission',
        what: words('公告投票結果', 'announce the result'),
        from: event.on,
      }),
  },
  'result-announced': {
    name: words('公告投票結果', 'announce the result'),
    by: ['commission'],
    citation: '公民投票法 §30、§31',
    inStages: ['counting'],
    closes: 'announce-result',
    allowedWhen: words('投票後七日內。', 'Within seven days of the vote.'),
    apply: (walk, event) =>
      end(meet(move(walk, event), 'announce-result', event.on), {
        value: 'voted',
        on: event.on,
        citation: '公民投票法 §30、§31',
        by: 'decision',
      }),
  },
  stopped: {
    name: words(
      '停止（立法機關已實現目的並通知）',
      "stop, on the legislature's notice that the purpose is fulfilled",
    ),
    by: ['legislature'],
    citation: '公民投票法 §19；電子連署及查對作業辦法 §10',
    inStages: RUNNING,
    allowedWhen: words(
      '公告投票前，立法機關已實現提案目的並通知主管機關時。',
      'Before the vote is announced, when the legislature has fulfilled the purpose and notified the authority.',
    ),
    apply: (walk, event) =>
      end(move(walk, event), {
        value: 'stopped',
        on: event.on,
        citation: '公民投票法 §19；電子連署及查對作業辦法 §10',
        by: 'decision',
      }),
  },
  suspended: {
    name: words('行政訴訟或法院裁定停止', 'suspension by litigation or court order'),
    by: ['court'],
    citation: '公民投票法 §53',
    inStages: [...RUNNING, 'announced', 'counting', 'ended'],
    allowedWhen: words('訴訟繫屬中。', 'While a suit is pending.'),
    apply: (walk, event) => ({ ...move(walk, event), isSuspended: true }),
  },
  resumed: {
    name: words('停止事由消滅', 'the suspension ends'),
    by: ['court'],
    citation: '公民投票法 §53',
    inStages: [...RUNNING, 'announced', 'counting', 'ended'],
    allowedWhen: words('停止之後。', 'After a suspension.'),
    precondition: (walk) =>
      walk.isSuspended
        ? undefined
        : refuse('out-of-order', '公民投票法 §53', words('本案未停止。', 'The case is not suspended.')),
    apply: (walk, event) => ({ ...move(walk, event), isSuspended: false }),
  },
};
