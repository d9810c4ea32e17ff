import { z } from 'zod';
import { type ActKind, actKind } from '../record/index.ts';

/** What the Commission enters beside the acts of a case's statutory life. */

const httpsLink = z.url({ protocol: /^https$/ });

const announcementBody = z.strictObject({
  on: z.iso.date(),
  title: z.strictObject({ 'zh-Hant-TW': z.string().min(1).max(200), en: z.string().max(200).optional() }),
  text: z.strictObject({ 'zh-Hant-TW': z.string().min(1).max(8_000), en: z.string().max(8_000).optional() }),
  /** The provision it rests on; the entry's `basis` says the same. */
  article: z.string().min(1).max(200),
});

const closureBody = z.strictObject({
  /** The day on which offices did not work. */
  day: z.iso.date(),
  /** Where, as the closure was announced: 臺北市. */
  place: z.string().min(2).max(60),
  source: z.strictObject({ label: z.string().min(1).max(200), href: httpsLink }),
});

const electionDayBody = z.strictObject({
  /** When the authority announced it. */
  on: z.iso.date(),
  day: z.iso.date(),
  election: z.strictObject({ 'zh-Hant-TW': z.string().min(2).max(100), en: z.string().min(2).max(100) }),
  source: z.strictObject({ label: z.string().min(1).max(200), href: httpsLink }),
});

export const OFFICE_KINDS: readonly ActKind[] = [
  /** 公告: of one case, or of none. */
  actKind('announcement', { ofCase: 'either', body: announcementBody }),
  /** 天然災害停止上班: a term whose last day this was ends on the next working day (公職人員選舉罷免法 §5). */
  actKind('closure', { ofCase: false, body: closureBody }),
  /** 全國性選舉投票日: the vote of a case whose window holds it is on that day (公民投票法 §23 of 2025). */
  actKind('election-day', { ofCase: false, body: electionDayBody }),
];
