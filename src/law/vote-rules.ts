/** Announcement, vote, stop, litigation, and cases that others deliver: 公民投票法 §§14–19, 23, 30–32, 53. */
import { type ActRules, type EventOf, refuse } from './act-rule.ts';
import type { LawRefusal } from './course.ts';
import { lastDayBefore } from './deadlines.ts';
import type { LegalStage } from './legal-event.ts';
import { words } from './localised.ts';
import { oweVote, voteTerm } from './vote-duty.ts';
import { end, meet, move, owe, resume, suspend, type Walk } from './walk.ts';

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

/** The day must lie in the window of §23, and the announcement at least the days of §17 before it. */
function announcementRefusal(walk: Walk, { on, vote }: EventOf<'vote-announced'>): LawRefusal | undefined {
  const { voteWindow, announceBeforeVoteDays } = walk.pack.parameters;
  const from = walk.days.established ?? walk.days.delivered;
  const term = from === undefined ? undefined : voteTerm(walk, from, on);
  if (term === undefined) return undefined;
  if (term !== 'no-day-left' && term.election !== undefined && vote !== term.election)
    return refuse(
      'out-of-order',
      voteWindow.citation,
      words(
        `期間內有全國性選舉（${term.election}），公民投票應與其同日舉行。`,
        `A national election on ${term.election} falls into the window: the vote is on that day.`,
      ),
    );
  if (term === 'no-day-left' || vote < term.first || term.last < vote) {
    const [first, last] = term === 'no-day-left' ? ['—', '—'] : [term.first, term.last];
    return refuse(
      'out-of-order',
      voteWindow.citation,
      words(`投票日應在 ${first} 至 ${last} 之間。`, `The vote must lie between ${first} and ${last}.`),
    );
  }
  const lastDay = lastDayBefore(vote, term.daysBefore);
  return on <= lastDay
    ? undefined
    : refuse(
        'too-late',
        announceBeforeVoteDays.citation,
        words(
          `${vote} 之投票最遲應於 ${lastDay} 公告（投票日 ${term.daysBefore} 日前）；本案最遲之投票日為 ${term.last}，應於 ${term.announceBy} 前公告。`,
          `A vote on ${vote} is announced by ${lastDay} at the latest (${term.daysBefore} days before); the last day open to this case is ${term.last}, to be announced by ${term.announceBy}.`,
        ),
      );
}

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
    apply: (walk, event) => oweVote({ ...move(walk, event, 'established'), route: event.route }, event.on),
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
    closes: 'announce-vote',
    condition: announcementRefusal,
    apply: (walk, event) => ({
      ...meet(move(walk, event, 'announced'), 'announce-vote', event.on),
      voteDay: event.vote,
    }),
  },
  'vote-held': {
    name: words('投票', 'hold the vote'),
    by: ['commission'],
    citation: '公民投票法 §23',
    inStages: ['announced'],
    allowedWhen: words('公告之投票日。', 'On the announced day.'),
    condition: ({ voteDay }, { on }) =>
      voteDay === on
        ? undefined
        : refuse(
            'out-of-order',
            '公民投票法 §17、§23',
            words(
              `公告之投票日為 ${voteDay ?? '—'}；投票僅得於該日舉行。`,
              `The announced day is ${voteDay ?? '—'}; the vote is held on that day and no other.`,
            ),
          ),
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
    apply: (walk, event) => suspend(move(walk, event), event.on),
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
    apply: (walk, event) => resume(move(walk, event), event.on),
  },
};
