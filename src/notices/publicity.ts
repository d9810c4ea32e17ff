/**
 * 自動公示: the same words on the same events for every case, made from the record. Nobody chooses a case, a moment or a
 * wording; whoever has the record makes the same list. Pure.
 */
import { type CaseCourse, daysAfter, OUTCOME_NAMES } from '../law/index.ts';
import { formatNumber, type Localised } from '../web/index.ts';

/** The events, in the order in which a case meets them. */
export const PUBLICITY_EVENTS = ['opened', 'left-30', 'left-7', 'left-1', 'closed', 'outcome'] as const;
export type PublicityEvent = (typeof PUBLICITY_EVENTS)[number];

/** What is needed of a case whose signatures are collected here. */
export interface PublicityCase {
  readonly caseNumber: string;
  readonly subject: Localised;
  readonly course: CaseCourse;
  readonly period:
    | Readonly<{ firstDay: string; lastDay: string; threshold: number; electronicSince?: string }>
    | undefined;
}

export interface PublicityItem {
  readonly caseNumber: string;
  readonly event: PublicityEvent;
  readonly on: string;
  readonly title: Localised;
  readonly text: Localised;
}

/** The template of each event. Braces are filled from the record and from nothing else. */
export const TEMPLATES: Readonly<Record<PublicityEvent, Readonly<{ title: Localised; text: Localised }>>> = {
  opened: {
    title: words('案號 {case}：連署開始', 'Case {case}: signing opens'),
    text: words(
      '{subject}。連署期間 {firstDay} 至 {lastDay}，門檻 {threshold} 人。',
      '{subject}. Signing runs from {firstDay} to {lastDay}; {threshold} signatures are needed.',
    ),
  },
  'left-30': left(30),
  'left-7': left(7),
  'left-1': left(1),
  closed: {
    title: words('案號 {case}：連署截止', 'Case {case}: signing has closed'),
    text: words('{subject}。連署已於 {closedOn} 截止。', '{subject}. Signing closed on {closedOn}.'),
  },
  outcome: {
    title: words('案號 {case}：{outcome}', 'Case {case}: {outcome}'),
    text: words('{subject}。{outcome}（{on}）。{article}', '{subject}. {outcome} ({on}). {article}'),
  },
};

function words(zh: string, en: string): Localised {
  return { 'zh-Hant-TW': zh, en };
}

function left(days: number): Readonly<{ title: Localised; text: Localised }> {
  return {
    title: words(
      `案號 {case}：連署期間剩 ${days} 日`,
      `Case {case}: ${days === 1 ? '1 day' : `${days} days`} of signing left`,
    ),
    text: words(
      '{subject}。連署至 {lastDay} 止，門檻 {threshold} 人。',
      '{subject}. Signing ends on {lastDay}; {threshold} signatures are needed.',
    ),
  };
}

type Values = Readonly<Record<string, string | Localised>>;

const fill = (template: Localised, values: Values): Localised => {
  const into = (language: 'zh-Hant-TW' | 'en') =>
    template[language].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? '';
      return typeof value === 'string' ? value : value[language];
    });
  return { 'zh-Hant-TW': into('zh-Hant-TW'), en: into('en') };
};

const DAYS_LEFT = [
  ['left-30', 30],
  ['left-7', 7],
  ['left-1', 1],
] as const;

/** Everything that was due up to and including the course's day, newest first; cases of one day by number. */
export function publicityItems(cases: readonly PublicityCase[]): readonly PublicityItem[] {
  return cases
    .flatMap(itemsOf)
    .sort((a, b) =>
      a.on !== b.on
        ? a.on < b.on
          ? 1
          : -1
        : a.caseNumber !== b.caseNumber
          ? a.caseNumber < b.caseNumber
            ? -1
            : 1
          : PUBLICITY_EVENTS.indexOf(b.event) - PUBLICITY_EVENTS.indexOf(a.event),
    );
}

function itemsOf({ caseNumber, subject, course, period }: PublicityCase): readonly PublicityItem[] {
  const { today, outcome, days } = course;
  const of = (event: PublicityEvent, on: string, more: Values = {}): PublicityItem => {
    const values = { case: caseNumber, subject, on, ...period, ...more } as unknown as Values;
    const { title, text } = TEMPLATES[event];
    return { caseNumber, event, on, title: fill(title, values), text: fill(text, values) };
  };
  const items: PublicityItem[] = [];
  if (period !== undefined) {
    const { firstDay, lastDay } = period;
    const number = { threshold: formatNumber(period.threshold) };
    // The roster filed, a withdrawal or a stop ends signing before its last day.
    const ended = [days['roster-filed'], days.withdrawn, days.stopped].filter((day) => day !== undefined);
    const closedOn = [...ended, lastDay].sort()[0] ?? lastDay;
    items.push(of('opened', firstDay, number));
    for (const [event, n] of DAYS_LEFT) {
      const on = daysAfter(lastDay, -n).lastDay;
      if (on >= firstDay && on < closedOn) items.push(of(event, on, number));
    }
    // On the day after the last one; where something else ended it, on that day.
    items.push(of('closed', closedOn < lastDay ? closedOn : daysAfter(lastDay, 1).lastDay, { closedOn }));
  }
  const established = days.established;
  if (established !== undefined)
    items.push(
      of('outcome', established, {
        outcome: words('公告成立', 'announced as established'),
        article: '公民投票法 §13 III',
      }),
    );
  if (outcome !== undefined)
    items.push(
      of('outcome', outcome.on, { outcome: OUTCOME_NAMES[outcome.value], article: outcome.citation }),
    );
  return items.filter(({ on }) => on <= today);
}

/** What each pair of braces is filled with, in words. */
const BLANKS: Readonly<Record<string, Localised>> = {
  case: words('案號', 'number'),
  subject: words('案由', 'subject'),
  firstDay: words('首日', 'first day'),
  lastDay: words('末日', 'last day'),
  threshold: words('門檻', 'threshold'),
  closedOn: words('截止日', 'day of closing'),
  outcome: words('結果', 'outcome'),
  on: words('日期', 'date'),
  article: words('條文', 'article'),
};

/** A template as people read it: what will be filled in stands in brackets under its name. */
export const templateInWords = (text: string, language: keyof Localised): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const blank = BLANKS[name]?.[language] ?? whole;
    return language === 'en' ? `[${blank}]` : `〔${blank}〕`;
  });
