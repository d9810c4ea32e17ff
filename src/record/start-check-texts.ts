/** Findings in words: for a terminal, for a refused start, for `--json`. */
import type { Finding, Severity } from './start-check-finding.ts';
import { type Explanation, FINDING_MESSAGES } from './start-check-messages.ts';

const fill = (template: string, facts: Finding['facts']): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => String(facts?.[name] ?? '?'));

/** The words of a finding, with its values in them; of another catalogue where one is given. */
export function explain(finding: Pick<Finding, 'code' | 'facts'>): Explanation;
export function explain<Code extends string>(
  finding: Pick<Finding<Code>, 'code' | 'facts'>,
  texts: Readonly<Record<Code, Explanation>>,
): Explanation;
export function explain(
  { code, facts }: Pick<Finding<string>, 'code' | 'facts'>,
  texts: Readonly<Record<string, Explanation>> = FINDING_MESSAGES,
): Explanation {
  const found = texts[code];
  if (found === undefined) throw new RangeError(`no text for ${code}`);
  const { what, next } = found;
  const filled = { 'zh-Hant-TW': fill(what['zh-Hant-TW'], facts), en: fill(what.en, facts) };
  return next === undefined ? { what: filled } : { what: filled, next };
}

const MARKS: Readonly<Record<Severity, string>> = { ok: '✔', warn: '⚠', 'read-only': '◐', refuse: '✘' };

const side = (name: string, head: Finding['ours']): readonly string[] =>
  head === undefined ? [] : [`    ${name}: ${head.size}${head.root === undefined ? '' : ` · ${head.root}`}`];

type Told = Pick<Finding, 'severity' | 'where' | 'ours' | 'theirs' | 'facts'> & Readonly<{ code: string }>;

/** A finding as lines for a terminal: the mark, both languages, both sides and where. */
function findingLines(finding: Told, { what }: Explanation): string {
  return [
    `${MARKS[finding.severity]} ${what['zh-Hant-TW']}`,
    `  ${what.en}`,
    `    ${finding.code} · ${finding.where}`,
    ...side('這裡 here', finding.ours),
    ...side('那裡 there', finding.theirs),
  ].join('\n');
}

/**
 * All findings as a report: what agrees first, then the others in groups of one next act each, in the order in which
 * the acts first occur; the act stands once, at the end of its group.
 */
export function reportOf(findings: readonly (readonly [Told, Explanation])[]): string {
  const groups = new Map<string, string[]>();
  const isOk = ([{ severity }]: readonly [Told, Explanation]) => severity === 'ok';
  const inOrder = [...findings.filter(isOk), ...findings.filter((each) => !isOk(each))];
  for (const [finding, explanation] of inOrder) {
    const { next } = explanation;
    const act =
      next === undefined || finding.severity === 'ok' ? '' : `  → ${next['zh-Hant-TW']}\n  → ${next.en}`;
    groups.set(act, [...(groups.get(act) ?? []), findingLines(finding, explanation)]);
  }
  return [...groups].map(([act, lines]) => [...lines, ...(act === '' ? [] : [act])].join('\n')).join('\n\n');
}

/** What the sequencer says when it does not start: also what agrees, since that tells which side is the odd one. */
export function refusalText(findings: readonly Finding[]): string {
  return [
    '不啟動：公卷的幾處紀錄彼此不符，繼續會使公卷分岔。沒有任何東西被修補或刪除。',
    'Not starting: the traces of the log do not agree, and going on would fork it. Nothing was mended or deleted.',
    `\n${reportOf(findings.map((finding) => [finding, explain(finding)]))}`,
    '\n逐項檢查 look at everything: npx lianshu doctor --deep',
  ].join('\n');
}
