import type { VerifierKey } from '@lianshu/tlog';
import type { CommandCall, Language } from './command-call.ts';
import { inLanguages } from './log-report.ts';
import { sentencesOf } from './log-sentences.ts';
import type { Judgement } from './receipt-judgement.ts';
import type { HeadWitnesses, ReceiptWitnesses } from './receipt-witnesses.ts';
import type { Localised } from './sentences.ts';
import type { Tone, Verdict } from './verdict.ts';

const MARKS: Readonly<Record<Tone, string>> = { proven: '✔', pending: '…', 'not-proven': '✘', alarm: '⚠' };

const DEMO: Localised = {
  'zh-Hant-TW': '示範：展示系統的檔案，沒有法律效力。',
  en: 'Demonstration: this file has no legal effect.',
};

type Trusted = Readonly<{ keys: readonly VerifierKey[]; from: readonly string[] }>;

/** The facts a person compares with what is shown elsewhere, as lines of label and value. */
function factLines(verdict: Verdict, trusted: Trusted): readonly (readonly [string, string])[] {
  const lines: [string, string][] = [];
  if ('receipt' in verdict) {
    const { origin, index, size, commitment, signedBy, cosignedBy, unchecked } = verdict.receipt;
    lines.push(['公卷 log', origin], ['件次 entry', `${index} / ${size}`], ['承諾 commitment', commitment]);
    lines.push(['簽章 signed by', signedBy.join(', ')]);
    if (cosignedBy.length > 0) lines.push(['見證 witnessed by', cosignedBy.join(', ')]);
    if (unchecked.length > 0) lines.push(['未驗 not checked', unchecked.join(', ')]);
  }
  if ('promise' in verdict) {
    const { origin, commitment, signedBy } = verdict.promise;
    lines.push(
      ['公卷 log', origin],
      ['承諾 commitment', commitment],
      ['簽章 signed by', signedBy.join(', ')],
    );
  }
  if ('log' in verdict) lines.push(['公布 published', `${verdict.log.size}, root ${verdict.log.root}`]);
  const from = trusted.from.length === 0 ? '無 none' : `${trusted.keys.length} (${trusted.from.join(', ')})`;
  lines.push(['信任金鑰 trusted keys', from], ['代碼 code', verdict.code]);
  return lines;
}

function isDemo(verdict: Verdict): boolean {
  if ('receipt' in verdict) return verdict.receipt.demo;
  return 'promise' in verdict && verdict.promise.demo;
}

const isEnglish = (languages: readonly Language[]): boolean =>
  languages.length === 1 && languages[0] === 'en';

/** What the policy's witnesses say, as lines: how many, whether they are enough, and each by name. */
function witnessLines(
  { lines, quorum, required }: ReceiptWitnesses,
  languages: readonly Language[],
): readonly string[] {
  const words = (text: string): string => inLanguages(text, languages);
  const held = lines.filter(({ state }) => state === 'cosigned');
  const enough = quorum ? '達法定人數 quorum reached' : '未達法定人數 quorum not reached';
  const states = { cosigned: '已副署 cosigned', missing: '未副署 missing', unchecked: '未驗 not checked' };
  return [
    `${words('見證 witnessed by')} ${held.length} / ${lines.length}${isEnglish(languages) ? ', ' : '，'}${words(required ? enough : '政策不要求見證 no quorum required')}`,
    ...lines.map(({ name, state, timestamp }) => {
      const at = timestamp === undefined ? '' : ` ${new Date(timestamp * 1000).toJSON() ?? ''}`;
      return `  ${name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}: ${words(states[state])}${at}`;
    }),
  ];
}

/** The same of the published checkpoint, and how long ago its quorum was there. */
function headLines(witnesses: HeadWitnesses, languages: readonly Language[]): readonly string[] {
  const { since, ageSeconds = 0 } = witnesses;
  const at = since === undefined ? undefined : new Date(since * 1000).toJSON();
  const minutes = Math.floor(ageSeconds / 60);
  const age =
    at == null
      ? []
      : [
          `  ${inLanguages('達法定人數於 quorum since', languages)} ${at}${isEnglish(languages) ? ` (${minutes} minutes ago)` : `（${minutes} ${inLanguages('分鐘前 minutes ago', languages)}）`}`,
        ];
  return [`${inLanguages('公布 published', languages)}:`, ...witnessLines(witnesses, languages), ...age];
}

/** The verdict as text for people, or as one JSON document with `--json`. */
export function printVerdict(
  verdict: Verdict,
  asked: Pick<CommandCall, 'json' | 'languages'>,
  trusted: Trusted,
  { exit, tone, headline, cautions, witnesses }: Judgement,
): string {
  const said = sentencesOf(verdict);
  const sentences = { ...said, headline: headline ?? said.headline };
  if (asked.json) {
    const trustedKeys = { from: trusted.from, names: trusted.keys.map(({ name }) => name) };
    const witnessed = witnesses === undefined ? {} : { witnesses };
    const document = { ...verdict, exit, tone, sentences, cautions, ...witnessed, trustedKeys };
    return `${JSON.stringify(document, null, 2)}\n`;
  }
  const parts = [sentences.proved, sentences.notProved, ...(isDemo(verdict) ? [DEMO] : [])];
  const head = asked.languages.map((language) => sentences.headline[language]).join(' · ');
  const warnings = cautions.flatMap((caution) =>
    asked.languages.map((language) => `  ⚠ ${caution[language]}\n`),
  );
  const body = parts.map((part) => asked.languages.map((language) => `  ${part[language]}\n`).join(''));
  const facts = factLines(verdict, trusted).map(
    ([label, value]) => `  ${inLanguages(label, asked.languages)}: ${inLanguages(value, asked.languages)}\n`,
  );
  const witnessed = [
    ...(witnesses === undefined
      ? []
      : [`${inLanguages('收執 receipt', asked.languages)}:`, ...witnessLines(witnesses, asked.languages)]),
    ...('log' in verdict && verdict.log.witnesses !== undefined
      ? headLines(verdict.log.witnesses, asked.languages)
      : []),
  ].map((line) => `  ${line}\n`);
  const start = `${MARKS[tone]} ${head}\n${warnings.join('')}`;
  return `${start}\n${body.join('\n')}\n${facts.join('')}${witnessed.join('')}`;
}
