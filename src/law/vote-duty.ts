/** 公告投票: by when the vote is to be announced, and which days are open to it. 公民投票法 §17、§23. */
import { type LegalDate, lastDayBefore } from './deadlines.ts';
import { words } from './localised.ts';
import { announcedBy, type VoteDays, voteDays } from './vote-window.ts';
import type { Duty, Walk } from './walk.ts';

/** The days open to the vote and the last day to announce one; undefined where the pack knows no window. */
export type VoteTerm =
  | 'no-day-left'
  | (VoteDays & Readonly<{ announceBy: LegalDate; daysBefore: number }>)
  | undefined;

/**
 * What §17 and §23 together leave for a case established (or delivered) on `from`, with the elections announced by
 * `on`. A referendum of the president
 * (§16) has no window here: what §16 excepts it from is unconfirmed, so nothing is asserted.
 */
export function voteTerm(walk: Walk, from: LegalDate, on: LegalDate): VoteTerm {
  const { voteWindow, announceBeforeVoteDays } = walk.pack.parameters;
  if (
    walk.route === 'president' ||
    voteWindow.value === undefined ||
    announceBeforeVoteDays.value === undefined
  )
    return undefined;
  const elections = announcedBy(walk.elections, on);
  const days = voteDays(voteWindow.value, from, announceBeforeVoteDays.value, elections);
  if (days === undefined) return 'no-day-left';
  const daysBefore = announceBeforeVoteDays.value;
  return { ...days, announceBy: lastDayBefore(days.last, daysBefore), daysBefore };
}

/**
 * From establishment the vote is to be announced in time for the last permitted day. A closure of offices does not
 * move this day: it is counted back from the vote, and a later one would cut into the days of §17. An election that is
 * announced later moves it all the same: what is told on a day is what is known on it.
 */
export function oweVote(walk: Walk, from: LegalDate): Walk {
  const { voteWindow, announceBeforeVoteDays } = walk.pack.parameters;
  const term = voteTerm(walk, from, walk.knownOn ?? from);
  const due = term === undefined || term === 'no-day-left' ? undefined : term.announceBy;
  const duty: Duty = {
    id: 'announce-vote',
    who: 'commission',
    what: words('公告投票日', 'announce the day of the vote'),
    citation:
      walk.route === 'president'
        ? '公民投票法 §16'
        : `${announceBeforeVoteDays.citation}；${voteWindow.citation}`,
    status: 'open',
    from,
    due,
    term: 'announceBeforeVoteDays',
    // From which day the window of §23 runs for a case that was delivered, no text known to us says: our choice.
    termStatus:
      due === undefined ? 'unconfirmed' : walk.route === 'citizens' ? voteWindow.status : 'project-default',
  };
  return { ...walk, duties: [...walk.duties, duty] };
}
