/** The program `lianshu` as people type it: what it prints, in both languages, and the code it ends with. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_CASES } from '../../src/demo-cases.ts';
import { createInitiatives, INITIATIVE_KINDS } from '../../src/initiatives/index.ts';
import { PAST_COLUMNS } from '../../src/past-cases/index.ts';
import { startOfLegalDay } from '../../src/platform/time.ts';
import { publicRecord } from '../../src/record/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/lianshu.js', import.meta.url));

let database: WorkerDatabase;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-commands-'));
  database = await workerDatabase();
  await database.db.updateTable('record_condition').set({ state: 'serving' }).execute();
  const initiatives = createInitiatives({
    db: database.db,
    clock: { nowMs: () => startOfLegalDay('2026-11-22') },
    record: publicRecord(INITIATIVE_KINDS),
    logUrl: '',
    publishedCount: async () => undefined,
  });
  const real = DEMO_CASES.find(({ caseNumber }) => caseNumber === '9001');
  if (real === undefined || !('on' in real.collected)) throw new Error('9001 is not among the examples');
  const { caseNumber, filed, mode, collected } = real;
  await initiatives.register({ caseNumber, filed, mode, collectedOn: collected.on });
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly exit: number | string | undefined;
  readonly out: string;
  readonly err: string;
}

/** Runs it in a process of its own; with no database unless told. */
const lianshu = (args: readonly string[], { hasDatabase = true } = {}): Promise<Ended> =>
  new Promise((done) => {
    const env = { LIANSHU_DATA: folder, ...(hasDatabase ? { DATABASE_URL: database.url } : {}) };
    execFile(process.execPath, [PROGRAM, ...args], { env }, (error, out, err) =>
      done({ exit: error === null ? 0 : (error.code ?? undefined), out, err }),
    );
  });

const BOTH = /[一-鿿][\s\S]*[A-Za-z]{4}/;

describe('lianshu law explain', () => {
  test('a case: exit 0, each line in both languages with its article', async () => {
    const { exit, out, err } = await lianshu(['law', 'explain', '9001', '--on', '2026-02-01']);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('視為放棄連署  deemed abandoned');
    expect(out).toContain('公民投票法 §12');
  });

  test('--help: exit 0 and what the options are for, in both languages', async () => {
    const { exit, out } = await lianshu(['law', '--help']);
    expect(exit).toBe(0);
    expect(out).toContain('--on DATE    as if today were DATE (YYYY-MM-DD)   以某日為今日');
  });

  test.each([
    [['9999'], '公卷裡沒有第 9999 案。There is no case 9999 in this record.'],
    [['9001', '--on', '2026-02-30'], '不能是 2026-02-30。--on needs a day as YYYY-MM-DD'],
    [['9001', '--on', '2025-02-29'], '不能是 2025-02-29'],
    [['9001', '--pack', 'tw.none@2000-01-01'], '沒有 tw.none@2000-01-01 這個規則包。There is no rule pack'],
    [['9001', '--when', '2026-02-01'], '--when'],
    [[], '要寫案號：lianshu law explain 案號。Name a case'],
  ])('%j: exit 2, names what is wrong, prints nothing else', async (args, said) => {
    const { exit, out, err } = await lianshu(['law', 'explain', ...args]);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(said);
  });

  test('no database: exit 3, names the variable', async () => {
    const { exit, err } = await lianshu(['law', 'explain', '9001'], { hasDatabase: false });
    expect([exit, err.trim()]).toEqual([3, '請設定 DATABASE_URL。DATABASE_URL must be set for this.']);
  });
});

describe('the other commands', () => {
  test.each([
    [['--help']],
    [['officers', '--help']],
    [['doctor', '--help']],
    [['ceremony', '--help']],
    [['rotate-log', '--help']],
    [['past-cases', '--help']],
    [['export', '--help']],
  ])('%j: exit 0 and both languages', async (args) => {
    const { exit, out, err } = await lianshu(args, { hasDatabase: false });
    expect([args, exit]).toEqual([args, 0]);
    expect(out + err).toMatch(BOTH);
  });

  test.each([
    [['nonsense'], '沒有這個指令 There is no command nonsense.'],
    [['serve', 'nowhere'], 'There is no surface nowhere'],
  ])('%j: exit 2', async (args, said) => {
    const { exit, err } = await lianshu(args);
    expect([args, exit]).toEqual([args, 2]);
    expect(err).toContain(said);
  });

  test('officers list: exit 0 where nobody was invited', async () => {
    expect((await lianshu(['officers', 'list'])).exit).toBe(0);
  });
});

describe('lianshu past-cases import', () => {
  const HEADER = PAST_COLUMNS.join(',');
  const LINE = '901,2018,2018-11-24,"甲案（測試）",某人,300,100,10,1000,41.00,Y,https://source.invalid/a';
  const file = (name: string, ...lines: string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, [HEADER, ...lines, ''].join('\n'));
    return path;
  };
  const bring = (...args: string[]) => lianshu(['past-cases', 'import', ...args]);

  test('checks only, when asked; imports; and changes nothing the second time', async () => {
    const good = file('good.csv', LINE);
    const dry = await bring(good, '--dry-run');
    expect([dry.exit, dry.out]).toEqual([0, expect.stringContaining('未更動任何東西')]);
    expect((await bring(good)).out).toContain('新增 new 1：901');
    expect((await bring(good)).out).toContain('相同 unchanged 1');
  });

  test('names each fault with its line and code, imports nothing and ends with 1', async () => {
    const wrong = file('wrong.csv', LINE.replace('901', '902'), LINE.replace(',Y,', ',N,'), `${LINE},`);
    const { exit, out, err } = await bring(wrong);
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain(`${wrong}:3: E_PAST_VERDICT passed`);
    expect(err).toContain(`${wrong}:4: E_PAST_COLUMNS`);
    const { rows } = await database.pool.query('select number from past_case');
    expect(rows.map(({ number }) => number)).toEqual([901]);
  });

  test.each([[[]], [['a.csv', 'b.csv']]])('%j: exit 2', async (args) => {
    expect((await bring(...args)).exit).toBe(2);
  });

  test('a file that is not there: named, exit 3', async () => {
    const { exit, err } = await bring('nowhere.csv');
    expect([exit, err]).toEqual([3, expect.stringContaining('沒有這個檔案 There is no file nowhere.csv')]);
  });
});
