import { alertWords } from './alert.ts';
import type { Language } from './command-call.ts';
import { type Difference, isShown, paperOf } from './compare-numbers.ts';
import type { Recount } from './count-command.ts';
import { EXIT } from './exit-code.ts';
import { anomalyLine, checkpointLines, faultLine, said } from './log-report.ts';
import type { NumberSource, ShownCode } from './published-numbers.ts';
import type { RecordFold } from './record-fold.ts';
import type { Localised } from './sentences.ts';
import { EMPTY_TALLY, type Tally } from './tally.ts';

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

const SOURCES: Readonly<Record<NumberSource, Localised>> = {
  counts: both('公布的計數檔', 'published counts file'),
  api: both('開放資料介面', 'API'),
  page: both('案件頁面', 'case page'),
};

const UNSHOWN: Readonly<Record<ShownCode, Localised>> = {
  'shown-missing': both('沒有公布', 'not published'),
  'shown-unreachable': both('無法讀取', 'cannot be read'),
  'shown-malformed': both('格式錯誤', 'malformed'),
  'shown-elsewhere': both('顯示了數字，卻不是本公卷的計數', 'a number, but no count of this record'),
  'shown-none': both('沒有顯示數字', 'no number'),
};

const NUMBERS: Readonly<Record<keyof Tally, Localised>> = {
  counted: both('計入', 'counted'),
  signed: both('簽署', 'signatures'),
  held: both('待確認', 'held'),
  settledCounted: both('確定計入', 'settled as counted'),
  settledRefused: both('確定不計', 'settled as refused'),
  voided: both('作廢', 'void'),
};

/** Every number of a case that follows from entries; and what its entries merely state. */
export function caseNumbers(fold: RecordFold, caseNumber: string) {
  const tallies = fold.talliesAt();
  const acts = fold.groups.filter((group) => group.startsWith(`${caseNumber}/`));
  return {
    case: caseNumber,
    acts: Object.fromEntries(
      acts.map((group) => {
        const tally = tallies.get(group) ?? EMPTY_TALLY;
        const act = group.slice(caseNumber.length + 1);
        const paper = paperOf(fold, group);
        return [
          act,
          {
            ...tally,
            channels: {
              electronic: tally.signed + tally.settledCounted,
              ...(paper === undefined ? {} : { paper }),
            },
            voidedByGround: Object.fromEntries(fold.groundsOf(group)),
            daily: fold.dailyOf(group),
          },
        ];
      }),
    ),
    // Nothing in the record lets anybody recompute these: they are the operator's word.
    statementsOnly: fold.acts
      .filter(({ kind, case: of }) => kind === 'statistics' && of === caseNumber)
      .map(({ index, at }) => ({ index, at, about: 'statistics: county, card or phone, earlier figures' })),
    anomalies: fold.anomalies.filter((anomaly) => anomaly.caseNumber === caseNumber),
  };
}

function differenceLine(
  { source, name, shown, recounted }: Difference,
  languages: readonly Language[],
): string {
  const label = said(SOURCES[source], languages);
  return `  ✘ ${label}: ${name}  ${said(both('顯示', 'shown'), languages)} ${shown}  ${said(both('重算', 'recounted'), languages)} ${recounted}\n`;
}

/** Whether the one thing wanting is a published number: the entries themselves were recounted without a fault. */
const isUncompared = ({ record, shown, differences, exclusions, exit }: Recount): boolean =>
  exit === EXIT.filesWrong &&
  record.malformed.length === 0 &&
  differences.length === 0 &&
  (exclusions ?? []).length === 0 &&
  !shown.some(isShown);

/** The last days of a series are enough for the eye; `--json` has all. */
const SHOWN_DAYS = 14;

/** The recount as text. */
export function countReport(recount: Recount, caseNumber: string, languages: readonly Language[]): string {
  const { record, shown, differences, exclusions, isKnown, exit } = recount;
  const { fold, opened, malformed } = record;
  const numbers = caseNumbers(fold, caseNumber);
  const head =
    exit === 0
      ? both('✔ 顯示的數字與逐件重算相同', '✔ The numbers shown are what the entries give')
      : !isKnown
        ? both('✘ 公卷沒有這一案', '✘ The record has no such case')
        : isUncompared(recount)
          ? both(
              '… 已由公卷逐件重算，但沒有公布的數字可以比對（鏡像不含計數檔；請以 --api 給原站網址）',
              '… Recounted from the entries, but there is no published number to compare with (a mirror holds no counts file; give the site with --api)',
            )
          : both('✘ 不能證明顯示的數字', '✘ The numbers shown are not proven');
  const lines: string[] = [`${said(head, languages)}\n\n`];
  for (const fault of malformed) lines.push(faultLine(fault, languages));
  for (const difference of differences) lines.push(differenceLine(difference, languages));
  for (const anomaly of numbers.anomalies.slice(0, 20)) lines.push(anomalyLine(anomaly, languages));
  for (const { code, about } of (exclusions ?? []).slice(0, 20))
    lines.push(`  ✘ ${said(alertWords(code), languages)}: ${about}\n`);
  if (isKnown && Object.keys(numbers.acts).length === 0)
    lines.push(`  ${caseNumber} ${said(NUMBERS.counted, languages)}: 0\n`);
  for (const [act, of] of Object.entries(numbers.acts)) {
    lines.push(`\n  ${caseNumber} ${act}\n`);
    for (const [name, words] of Object.entries(NUMBERS)) {
      lines.push(`    ${said(words, languages)}: ${of[name as keyof Tally]}\n`);
    }
    const { electronic, paper } = of.channels;
    lines.push(`    ${said(both('電子', 'electronic'), languages)}: ${electronic}\n`);
    if (paper !== undefined) lines.push(`    ${said(both('紙本', 'paper'), languages)}: ${paper}\n`);
    for (const { date, counted } of of.daily.slice(-SHOWN_DAYS)) {
      lines.push(
        `    ${date ?? said(both('今日', 'today'), languages)}: ${counted >= 0 ? '+' : ''}${counted}\n`,
      );
    }
  }
  lines.push('\n');
  for (const one of shown) {
    const what = isShown(one)
      ? `@ ${one.size}`
      : `${said(UNSHOWN[one.code], languages)} (${one.code}; ${one.detail.slice(0, 120)})`;
    lines.push(`  ${said(SOURCES[one.source], languages)}: ${what}\n`);
  }
  const { statementsOnly } = numbers;
  if (statementsOnly.length > 0) {
    const words = both(
      '僅為營運者陳述、無法重算',
      'statements of the operator only, nobody can recount them',
    );
    lines.push(
      `  ${said(words, languages)}: statistics ${statementsOnly.map(({ index }) => index).join(', ')}\n`,
    );
  }
  lines.push(checkpointLines(opened, languages));
  return lines.join('');
}
