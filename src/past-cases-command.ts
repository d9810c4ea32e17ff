import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { indexCaseTitle } from './initiatives/index.ts';
import {
  type ImportPlan,
  importPastCases,
  PAST_COLUMNS,
  type PastFault,
  planImport,
  readPastCases,
} from './past-cases/index.ts';
import { ConfigFault } from './platform/config.ts';
import { type Db, openDatabase } from './platform/db/index.ts';
import { systemClock } from './platform/time.ts';

const HELP = `lianshu past-cases import FILE [--dry-run]

  匯入歷次全國性公民投票，供 /past-cases、尋找與草擬時的相似案件使用。
  Imports past national referendums, for /past-cases, the search and similar cases in drafting.

  FILE          CSV、UTF-8、每案一行、欄位依序為 one line a case, columns in this order:
                ${PAST_COLUMNS.slice(0, 6).join(',')},
                ${PAST_COLUMNS.slice(6).join(',')}
                vote_date YYYY-MM-DD · turnout_pct 45.17 · passed Y|N · source https://…
  --dry-run     只檢查並說明會改變什麼；不更動任何東西
                checks the file and tells what would change; changes nothing

  檔案有一處錯誤就一件也不匯入；每處錯誤附行號與代碼。再匯入一次只更動不同的案件，不刪除任何案件。
  One fault imports nothing; each is told with its line and code. Importing again changes only what differs
  and removes nothing. 結果不符當時規則者（E_PAST_VERDICT）不收 A result that the rule of its day contradicts is refused.

結束代碼 Exit codes: 0 完成 done · 1 檔案有誤 faults in the file · 2 用法 usage`;

/** What each code says, to an operator. */
const FAULTS: Readonly<Record<PastFault['code'], string>> = {
  E_PAST_ENCODING: '不是 UTF-8 not UTF-8',
  E_PAST_SIZE: '超過 1 MB larger than 1 MB',
  E_PAST_HEADER: `第一行應為 the first line must be ${PAST_COLUMNS.join(',')}`,
  E_PAST_QUOTES: '引號不成對，或欄位內有換行 quotes do not match, or a field holds a line break',
  E_PAST_COLUMNS: `每行應有 ${PAST_COLUMNS.length} 欄，且至少一案 ${PAST_COLUMNS.length} fields a line, and one case at least`,
  E_PAST_VALUE: '格式不符 not of the required form',
  E_PAST_YEAR: '年份與投票日不符 not the year of vote_date',
  E_PAST_TWICE: '案號重複 the number stands twice',
  E_PAST_BALLOTS: '票數多於投票權人 more ballots than electors',
  E_PAST_TURNOUT: '與票數算出的投票率不符 not what the ballots give',
  E_PAST_PACK: '這一天沒有可用的規則包 no rule pack for that day',
  E_PAST_VERDICT: '與當時規則算出的結果不符 not what the rule of that day gives',
};

/** `lianshu past-cases`. Needs the database's owner. @returns the exit code */
export async function runPastCases(
  withDatabase: (use: (connectionString: string) => Promise<number>) => Promise<number>,
  args: readonly string[],
  out: (line: string) => void,
  say: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean' } },
  });
  const [verb, file, ...more] = positionals;
  if (values.help) {
    out(HELP);
    return 0;
  }
  if (verb !== 'import' || file === undefined || more.length > 0) {
    say(HELP);
    return 2;
  }
  const read = readPastCases(bytesOf(file));
  if (!read.ok) {
    for (const fault of read.faults) say(`${file}:${faultText(fault)}`);
    say('沒有匯入任何案件。Nothing was imported.');
    return 1;
  }
  return withDatabase(async (connectionString) => {
    const { db, close } = openDatabase({ connectionString, applicationName: 'lianshu past-cases', max: 1 });
    try {
      const isDry = values['dry-run'];
      const plan = await (isDry ? planImport(db, read.cases) : importInto(db, read.cases));
      for (const line of planText(plan, isDry)) out(line);
      return 0;
    } finally {
      await close();
    }
  });
}

/** Imports a file of the operator's; for the demonstration too. @throws {ConfigFault} where the file has faults */
export async function importPastCasesFile(db: Db, file: string): Promise<ImportPlan> {
  const read = readPastCases(bytesOf(file));
  if (!read.ok) throw new ConfigFault(read.faults.map((fault) => `${file}:${faultText(fault)}`).join('\n'));
  return importInto(db, read.cases);
}

const importInto = (db: Db, cases: Parameters<typeof importPastCases>[1]): Promise<ImportPlan> =>
  importPastCases({ db, clock: systemClock, index: indexCaseTitle }, cases);

function bytesOf(file: string): Uint8Array {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new ConfigFault(`沒有這個檔案 There is no file ${file}`);
  return readFileSync(file);
}

const faultText = ({ line, code, column }: PastFault): string =>
  `${line}: ${code}${column === undefined ? '' : ` ${column}`} ${FAULTS[code]}`;

function planText({ added, changed, unchanged }: ImportPlan, isDry: boolean): readonly string[] {
  const named = (cases: ImportPlan['added']): string =>
    cases.length === 0 ? '' : `：${cases.map(({ number }) => number).join('、')}`;
  return [
    isDry ? '試行，未更動任何東西 Dry run, nothing was changed:' : '已匯入 Imported:',
    `  新增 new ${added.length}${named(added)}`,
    `  變更 changed ${changed.length}${named(changed)}`,
    `  相同 unchanged ${unchanged.length}`,
  ];
}
