import { formatVerifierKey, toBase64 } from '@lianshu/tlog';
import type { Language } from './command-call.ts';
import { type LogFault, placeOf } from './log-fault.ts';
import { ANOMALIES, REFUSALS } from './log-words.ts';
import type { Record } from './read-record.ts';
import type { Anomaly } from './record-anomaly.ts';
import type { FoldedAct, RecordFold } from './record-fold.ts';
import type { Localised } from './sentences.ts';
import type { OpenedCheckpoint } from './trusted-log.ts';

/** Texts in the languages asked for, zh first. */
export const said = (words: Localised, languages: readonly Language[]): string =>
  languages.map((language) => words[language]).join(' · ');

/** A label or sentence written as `中文 English` or `中文 · English`, in the languages asked for; a mark stays. */
export function inLanguages(text: string, languages: readonly Language[]): string {
  const [, mark = '', zh, en] =
    /^([✔✘…⚠] )?(.*?[\p{Script=Han}）])(?: ·)? ([A-Za-z][^\p{Script=Han}]*)$/u.exec(text) ?? [];
  if (languages.length !== 1 || zh === undefined || en === undefined) return text;
  return `${mark}${languages[0] === 'en' ? en : zh}`;
}

const keyNames: Readonly<{ [type: number]: string }> = { 1: 'Ed25519', 4: 'Ed25519', 6: 'ML-DSA-44' };

/** What a checkpoint shows, for `--json` and for people. */
export function checkpointFacts(opened: OpenedCheckpoint) {
  const { checkpoint, logKeys, witnesses, quorum, ignoredLines, logTime } = opened;
  return {
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: toBase64(checkpoint.root),
    ...(logTime === undefined ? {} : { logTime }),
    signedBy: logKeys.map(
      (key) => `${keyNames[key.type] ?? key.type} ${formatVerifierKey(key).split('+')[1]}`,
    ),
    witnesses,
    ...(quorum === undefined ? {} : { quorum }),
    ignoredLines,
  };
}

/** Lines about a checkpoint: name, size, root, who signed, who witnessed. */
export function checkpointLines(opened: OpenedCheckpoint, languages: readonly Language[]): string {
  const facts = checkpointFacts(opened);
  const names = facts.witnesses.map(({ name, time }) => (time === undefined ? name : `${name} ${time}`));
  const reached =
    facts.quorum?.reached === true
      ? inLanguages('達法定人數 quorum reached', languages)
      : inLanguages('未達法定人數 no quorum', languages);
  const witnessing =
    facts.quorum === undefined
      ? inLanguages('未提供見證政策 no policy given', languages)
      : `${names.length} — ${reached}`;
  const lines: [string, string][] = [
    ['公卷 log', facts.origin],
    ['件數 size', `${facts.size}`],
    ['根 root', facts.root],
    ['簽章 signed by', facts.signedBy.join(', ')],
    ['見證 witnessed by', witnessing],
    ...names.map((name): [string, string] => ['  ', name]),
    ...(facts.ignoredLines.length === 0
      ? []
      : [['未知簽章列 unknown signature lines', facts.ignoredLines.join(', ')] as [string, string]]),
  ];
  return lines.map(([label, value]) => `  ${inLanguages(label, languages)}: ${value}\n`).join('');
}

/** One refusal as a line. */
export const faultLine = (fault: LogFault, languages: readonly Language[]): string =>
  `  ✘ ${fault.code}  ${said(REFUSALS[fault.code], languages)}: ${placeOf(fault)}\n`;

/** One anomaly as a line. */
export function anomalyLine(anomaly: Anomaly, languages: readonly Language[]): string {
  const { code, entry, caseNumber, about } = anomaly;
  const where = [
    `${inLanguages('件 entry', languages)} ${entry}`,
    ...(about === undefined ? [] : [`→ ${about}`]),
    ...(caseNumber === undefined ? [] : [`${inLanguages('案 case', languages)} ${caseNumber}`]),
  ];
  return `  ⚠ ${code}  ${said(ANOMALIES[code], languages)}: ${where.join(' ')}\n`;
}

const policyFact = ({ index, at, body }: FoldedAct) => ({ index, at, ...body });

/** What the entries say of themselves: kinds, every policy, the days marked. */
export function recordFacts(fold: RecordFold) {
  const of = (kind: string) => fold.acts.filter((act) => act.kind === kind);
  const days = of('day').map(({ body }) => body?.['date']);
  return {
    kinds: Object.fromEntries([...fold.kinds].sort(([a], [b]) => (a < b ? -1 : 1))),
    policies: of('policy').map(policyFact),
    keyEvents: of('key-event').map(policyFact),
    days: { marked: days.length, first: days[0], last: days.at(-1) },
  };
}

/** A word of the log as it may be shown: nothing in it that would steer a terminal. */
const plain = (value: unknown): string =>
  JSON.stringify(value ?? null)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')
    .slice(0, 300);

/** The entries as lines. */
export function recordLines({ fold }: Record, languages: readonly Language[]): string {
  const label = (text: string): string => inLanguages(text, languages);
  const { kinds, policies, keyEvents, days } = recordFacts(fold);
  const lines: string[] = [
    `${label('類型 kinds')}: ${Object.entries(kinds)
      .map(([kind, n]) => `${kind} ${n}`)
      .join(', ')}`,
    `${label('每日標記 days')}: ${days.marked === 0 ? '0' : `${days.marked} (${days.first} – ${days.last})`}`,
    ...policies.map((policy) => `${label('政策 policy')}: ${plain(policy)}`),
    ...keyEvents.map((event) => `${label('金鑰事件 key event')}: ${plain(event)}`),
  ];
  return lines.map((line) => `  ${line}\n`).join('');
}
