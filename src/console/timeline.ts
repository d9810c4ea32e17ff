/**
 * 時程: what follows from filing the roster on a day, by the terms of the case's rule pack, and what the last days mean.
 * Pure. Terms are the authority's latest days: it may be faster, and then the vote comes earlier.
 */
import {
  daysAfter,
  daysBetween,
  isMondayToFriday,
  known,
  type LegalDate,
  monthsAfter,
  type RulePack,
  type VoteDays,
  voteDays,
} from '../law/index.ts';
import { addLegalDays } from '../platform/time.ts';

/** One way from filing to the vote; every day is the latest the law allows. */
export interface WayToVote {
  readonly checkedBy: LegalDate;
  readonly establishedBy: LegalDate;
  /** Undefined where the pack leaves no day (window and announcement do not meet). */
  readonly vote: VoteDays | undefined;
}

export interface Timeline {
  readonly filedOn: LegalDate;
  /** Enough pass the first check. */
  readonly direct: WayToVote;
  /** Short after the check: a supplement of 30 days, once, checked again. */
  readonly supplemented: WayToVote & Readonly<{ supplementBy: LegalDate }>;
}

function wayFrom(
  pack: RulePack,
  sentOn: LegalDate,
  days: number,
  elections: readonly LegalDate[],
): WayToVote {
  const checkedBy = daysAfter(sentOn, days).lastDay;
  const establishedBy = daysAfter(checkedBy, known(pack, 'establishAnnounceDays')).lastDay;
  const announceDays = known(pack, 'announceBeforeVoteDays');
  const vote = voteDays(known(pack, 'voteWindow'), establishedBy, announceDays, elections);
  return { checkedBy, establishedBy, vote };
}

/**
 * Takes the raw count and the sending to the registry to be on the day of filing, and a supplement to be ordered on the
 * day the check ends. `elections` are the announced days of national elections. @throws {LawUnknown} under a pack that
 * does not know a term.
 */
export function timelineFrom(
  pack: RulePack,
  filedOn: LegalDate,
  elections: readonly LegalDate[] = [],
): Timeline {
  const direct = wayFrom(pack, filedOn, known(pack, 'signatureCheckDays'), elections);
  const supplementBy = daysAfter(direct.checkedBy, known(pack, 'supplementDays')).lastDay;
  const again = wayFrom(pack, supplementBy, known(pack, 'supplementCheckDays'), elections);
  return { filedOn, direct, supplemented: { ...again, supplementBy } };
}

/** By when to file so that the vote is with an election, every authority taking all its time. */
export interface ElectionVote {
  readonly day: LegalDate;
  readonly fileFrom: LegalDate;
  readonly fileBy: LegalDate;
}

/** For each election that some day of filing between the two leads to: the first and the last such day. */
export function electionVotes(
  pack: RulePack,
  from: LegalDate,
  until: LegalDate,
  elections: readonly LegalDate[],
): readonly ElectionVote[] {
  const found = new Map<LegalDate, ElectionVote>();
  for (let day = from; day <= until; day = addLegalDays(day, 1)) {
    const election = timelineFrom(pack, day, elections).direct.vote?.election;
    if (election === undefined) continue;
    found.set(election, { day: election, fileFrom: found.get(election)?.fileFrom ?? day, fileBy: day });
  }
  return [...found.values()];
}

/** What the end of the period means for the lead proposer. */
export interface LastDays {
  readonly lastDay: LegalDate;
  /** The last day is a Saturday or Sunday: it is not moved (公民投票法 §6; 選舉罷免法 §5). */
  readonly isWeekend: boolean;
  /** The last Monday to Friday of the period; official calendars of make-up days are not known here. */
  readonly lastWeekday: LegalDate;
  /** Nothing filed by the last day: deemed abandoned from this day on. */
  readonly abandonedOn: LegalDate;
  /** Last day of the bar of the original proposers (§12 IV). */
  readonly barredUntil: LegalDate;
  readonly daysLeft: number;
  /** Within the last thirty days the page comes first. */
  readonly isNear: boolean;
}

const NEAR_DAYS = 30;

export function lastDays(pack: RulePack, lastDay: LegalDate, today: LegalDate): LastDays {
  let lastWeekday = lastDay;
  while (!isMondayToFriday(lastWeekday)) lastWeekday = addLegalDays(lastWeekday, -1);
  const abandonedOn = addLegalDays(lastDay, 1);
  const bar = (pack.parameters.bars.value ?? []).find(({ after }) => after === 'deemed-abandoned');
  const daysLeft = daysBetween(today, lastDay);
  return {
    lastDay,
    isWeekend: lastWeekday !== lastDay,
    lastWeekday,
    abandonedOn,
    barredUntil: monthsAfter(abandonedOn, (bar?.years ?? 0) * 12).lastDay,
    daysLeft,
    isNear: daysLeft <= NEAR_DAYS,
  };
}
