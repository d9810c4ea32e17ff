import { parseArgs } from 'node:util';
import {
  closedDays,
  electionDays,
  foldInitiative,
  INITIATIVE_KINDS,
  legalEvents,
} from './initiatives/index.ts';
import { courseOf, explainCourse, rulePack } from './law/index.ts';
import { openDatabase } from './platform/db/index.ts';
import { legalDateOf, startOfLegalDay, systemClock } from './platform/time.ts';
import { publicRecord } from './record/index.ts';

/** An argument that cannot be meant: told as `parseArgs` tells its own, so that the exit code is 2. */
class UsageFault extends Error {
  readonly code = 'ERR_PARSE_ARGS_INVALID_VALUE';
}

const HELP = `lianshu law explain CASE [--on DATE] [--pack ID]

  What may happen to a case today, why, and until when: each line with its article.
  依今日之法，本案可以做什麼、為什麼、到什麼時候；每一行都附條文。

  --on DATE    as if today were DATE (YYYY-MM-DD)   以某日為今日
  --pack ID    under another rule pack               改以另一規則包重算

  Exit codes 結束碼：
  0   explained 已說明
  1   a fault of this program   程式發生錯誤
  2   a wrong argument: no such case, day, pack or option   參數有誤：沒有這個案、日期、規則包或選項
  3   not run: no database is named, or it does not answer   不執行：未設定資料庫，或資料庫沒有回應`;

/** `lianshu law`: explains a case from its record. Writes nothing. */
export async function explainLaw(
  databaseUrl: () => string,
  args: readonly string[],
  out: (line: string) => void,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { on: { type: 'string' }, pack: { type: 'string' }, help: { type: 'boolean' } },
  });
  const [verb, caseNumber] = positionals;
  if (values.help) return out(HELP);
  if (verb !== 'explain' || caseNumber === undefined)
    throw new UsageFault('要寫案號：lianshu law explain 案號。Name a case: lianshu law explain CASE.');
  const today = values.on ?? legalDateOf(systemClock.nowMs());
  if (!isDay(today))
    throw new UsageFault(
      `--on 要寫真實存在的日期 YYYY-MM-DD，不能是 ${today}。--on needs a day as YYYY-MM-DD, not ${today}.`,
    );
  if (values.pack !== undefined && !isPack(values.pack))
    throw new UsageFault(`沒有 ${values.pack} 這個規則包。There is no rule pack ${values.pack}.`);
  const { db, close } = openDatabase({
    connectionString: databaseUrl(),
    applicationName: 'lianshu law',
    max: 1,
  });
  try {
    const record = publicRecord(INITIATIVE_KINDS);
    const acts = await record.acts(db, caseNumber);
    const facts = foldInitiative(caseNumber, acts);
    if (facts === undefined)
      throw new UsageFault(`公卷裡沒有第 ${caseNumber} 案。There is no case ${caseNumber} in this record.`);
    const pack = rulePack(values.pack ?? facts.filed.rulePack);
    const closed = await closedDays(record, db);
    const elections = await electionDays(record, db);
    out(explainCourse(caseNumber, courseOf(pack, legalEvents(acts), today, closed, elections)));
  } finally {
    await close();
  }
}

function isDay(text: string): boolean {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) && startOfLegalDay(text) !== undefined;
  } catch {
    return false;
  }
}

function isPack(id: string): boolean {
  try {
    return rulePack(id).id === id;
  } catch {
    return false;
  }
}
