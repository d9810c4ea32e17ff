/** 行事曆: the terms of a case as an iCalendar file (RFC 5545) that any calendar program can subscribe to. */
import { type CaseCourse, daysAfter } from '../law/index.ts';
import type { Language, Localised } from '../web/index.ts';

/** What the calendar is of. */
export interface CalendarCase {
  readonly caseNumber: string;
  readonly title: Localised;
  readonly course: CaseCourse;
  /** Absolute address of the case page. */
  readonly url: string;
  /** Host name for the events' identifiers. */
  readonly host: string;
  /** When this was made, `YYYYMMDDTHHMMSSZ`. */
  readonly stamp: string;
}

interface CalendarEvent {
  readonly id: string;
  readonly day: string;
  readonly summary: string;
  readonly description: string;
}

const WORDS = {
  'zh-Hant-TW': {
    opens: '連署開始（零時）',
    ends: '連署截止（當日二十四時；末日遇例假日不順延）',
    until: (what: string) => `期限：${what}`,
    unconfirmed: '（未確認）',
    default: '（專案預設）',
  },
  en: {
    opens: 'Signing opens at 00:00',
    ends: 'Signing ends at 24:00 (a weekend does not extend it)',
    until: (what: string) => `Last day: ${what}`,
    unconfirmed: ' (unconfirmed)',
    default: ' (project default)',
  },
} as const;

/** The calendar's text, CRLF line ends, lines folded at 75 octets. Only terms whose day is known are in it. */
export function caseCalendar(of: CalendarCase, language: Language): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Lianshu//case calendar//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(`${of.caseNumber} ${of.title[language]}`)}`,
    'X-WR-TIMEZONE:Asia/Taipei',
    ...eventsOf(of, language).flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${event.id}@${of.host}`,
      `DTSTAMP:${of.stamp}`,
      `DTSTART;VALUE=DATE:${event.day.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${daysAfter(event.day, 1).lastDay.replaceAll('-', '')}`,
      `SUMMARY:${escapeText(event.summary)}`,
      `DESCRIPTION:${escapeText(event.description)}`,
      `URL:${of.url}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.flatMap(fold).join('\r\n')}\r\n`;
}

function eventsOf({ caseNumber, title, course }: CalendarCase, language: Language): readonly CalendarEvent[] {
  const t = WORDS[language];
  const name = `${caseNumber} ${title[language]}`;
  const events: CalendarEvent[] = [];
  const { signing } = course;
  if (signing !== undefined) {
    events.push({
      id: `${caseNumber}-opens`,
      day: signing.firstDay,
      summary: `${name}: ${t.opens}`,
      description: '公民投票法 §12 II',
    });
    if (signing.lastDay !== undefined)
      events.push({
        id: `${caseNumber}-ends`,
        day: signing.lastDay,
        summary: `${name}: ${t.ends}`,
        description: '公民投票法 §12 II；電子連署及查對作業辦法 §6',
      });
  }
  for (const { id, what, due, from, citation, termStatus, status, agency } of course.duties) {
    // The end of signing is told above, in words for signers.
    if (due === undefined || id === 'file-roster' || status === 'lapsed') continue;
    const mark =
      termStatus === 'unconfirmed' ? t.unconfirmed : termStatus === 'project-default' ? t.default : '';
    events.push({
      // Several agencies may be asked on one day; each term is an event of its own.
      id: [caseNumber, id, from, ...(agency === undefined ? [] : [encodeURIComponent(agency)])].join('-'),
      day: due,
      summary: `${name}: ${t.until(what[language])}${agency === undefined ? '' : ` ${agency}`}${mark}`,
      description: citation,
    });
  }
  return events;
}

/** RFC 5545 §3.3.11; control characters but tab and line ends are no part of a text (§3.1). */
const escapeText = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{7E}\u{80}-\u{D7FF}\u{E000}-\u{10FFFF}]/gu, '')
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n');

/** RFC 5545 §3.1: no line longer than 75 octets; a character is never cut. */
function fold(line: string): readonly string[] {
  const folded: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > (folded.length === 0 ? 75 : 74)) {
      folded.push(folded.length === 0 ? current : ` ${current}`);
      current = '';
      octets = 0;
    }
    current += character;
    octets += size;
  }
  folded.push(folded.length === 0 ? current : ` ${current}`);
  return folded;
}
