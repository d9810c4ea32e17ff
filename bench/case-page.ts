/**
 * Server time of a case page with 1,000 entries and of the home page with 500 cases: `node tools/bench.mjs case-page`.
 * The built demonstration as it is, with further cases entered by SQL; times are those the server logs itself.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from '@lianshu/statement';
import pg from 'pg';

const ENTRIES = 1_000;
const CASES = 500;
const ROUNDS = 40;
const LIMIT_MS = 50;
const LONG = '8000';
const ROOT = fileURLToPath(new URL('..', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const both = (zh: string, en: string) => ({ 'zh-Hant-TW': zh, en });

function act(caseNumber: string, kind: string, day: string, body: object): Uint8Array {
  return canonicalJson({
    at: `${day}T09:00:00+08:00`,
    basis: '公民投票法 §10 III',
    body: body as never,
    capacity: 'commission',
    case: caseNumber,
    kind,
    v: 1,
  });
}

const filed = (caseNumber: string, day: string): Uint8Array =>
  act(caseNumber, 'initiative-filed', day, {
    on: day,
    subject: both(`量測用案件 ${caseNumber}`, `Case ${caseNumber} of a measurement`),
    leadProposer: both('測試（虛構）', 'Test (invented)'),
    subjectMatter: 'principle',
    rulePack: 'tw.referendum.national@2025-12-03',
    origin: 'here',
    isInvented: true,
  });

/** A dozen acts of a usual case, or as many hearings and opinions as asked for. */
function actsOf(caseNumber: string, n: number): readonly (readonly [string, Uint8Array])[] {
  const day = (i: number): string =>
    new Date(Date.UTC(2026, 0, 5) + i * 3_600_000).toISOString().slice(0, 10);
  const acts: (readonly [string, Uint8Array])[] = [
    ['initiative-filed', filed(caseNumber, day(0))],
    ['decision', act(caseNumber, 'decision', day(1), { decides: 'accepted', on: day(1) })],
  ];
  for (let i = acts.length; i < n; i++) {
    const agency = `第 ${i} 機關`;
    acts.push(
      i % 2 === 0
        ? ['opinion', act(caseNumber, 'opinion', day(i), { step: 'requested', on: day(i), agency })]
        : [
            'hearing',
            act(caseNumber, 'hearing', day(i), {
              step: 'held',
              on: day(i),
              disputedFacts: [{ fact: `爭點 ${i}：範圍是否明確？`, settled: '提案人同意改以具體範圍為準。' }],
              recordings: [],
            }),
          ],
    );
  }
  return acts;
}

async function enter(client: pg.Client, caseNumber: string, n: number): Promise<void> {
  await client.query('insert into initiative (number) values ($1)', [caseNumber]);
  for (const [kind, body] of actsOf(caseNumber, n))
    await client.query('insert into entry (kind, initiative, is_act, body) values ($1, $2, true, $3)', [
      kind,
      caseNumber,
      body,
    ]);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const worst = (values: readonly number[]): number => Math.max(...values);

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'lianshu-case-page-'));
  const [port, officePort] = [await freePort(), await freePort()];
  const times = new Map<string, number[]>();
  let demo: ChildProcess | undefined;
  try {
    demo = spawn(
      process.execPath,
      [
        join(ROOT, 'dist', 'lianshu.js'),
        'demo',
        '--no-card',
        ...['--port', String(port), '--office-port', String(officePort), '--data', join(home, 'demo')],
      ],
      {
        env: { ...process.env, LIANSHU_LOG_LEVEL: 'info', LIANSHU_WORKSPACE_PORT: '0' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const ready = hear(demo, times);
    await ready;
    const url = readFileSync(join(home, 'demo', 'database-url'), 'utf8').trim();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await enter(client, LONG, ENTRIES);
      for (let i = 1; i <= CASES; i++) await enter(client, String(8000 + i), 12);
      await waitLogged(client);
      await measure(port, client, times);
    } finally {
      await client.end();
    }
  } finally {
    if (demo !== undefined && demo.exitCode === null) {
      const ended = new Promise((done) => demo?.once('exit', done));
      demo.kill('SIGTERM');
      await ended;
    }
    rmSync(home, { recursive: true, force: true });
  }
}

/** Collects the server's own times by route; resolves when the demonstration says that it runs. */
function hear(demo: ChildProcess, times: Map<string, number[]>): Promise<void> {
  let rest = '';
  return new Promise((resolve, reject) => {
    demo.once('exit', () => reject(new Error('the demonstration ended')));
    demo.stdout?.on('data', (bytes: Buffer) => {
      rest += bytes.toString();
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.includes('Ctrl-C')) resolve();
        if (!line.startsWith('{')) continue;
        const { route, ms } = JSON.parse(line) as { route?: string; ms?: number };
        if (route === undefined || ms === undefined) continue;
        times.set(route, [...(times.get(route) ?? []), ms]);
      }
    });
  });
}

async function waitLogged(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ n: string }>('select count(*) as n from entry where seq is null');
    if (rows[0]?.n === '0') return;
    await new Promise((done) => setTimeout(done, 500));
  }
}

async function measure(port: number, client: pg.Client, times: Map<string, number[]>): Promise<void> {
  const get = async (path: string): Promise<number> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept: 'text/html' } });
    const bytes = (await response.arrayBuffer()).byteLength;
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    return bytes;
  };
  const rows: string[] = [];
  let isSlow = false;
  const PAGES: readonly (readonly [string, string, string, string])[] = [
    [`case, ${ENTRIES} entries`, `/initiatives/${LONG}`, '/initiatives/:case', LONG],
    [`case in English, ${ENTRIES} entries`, `/en/initiatives/${LONG}`, '/en/initiatives/:case', LONG],
    [`home, ${CASES + 8} cases`, '/', '/', '8001'],
  ];
  for (const [name, path, route, changed] of PAGES) {
    for (let i = 0; i < 5; i++) await get(path);
    for (const isChanged of [false, true]) {
      times.delete(route);
      let size = 0;
      for (let i = 0; i < ROUNDS; i++) {
        // Something is entered about the case before each request: what was read of it before no longer holds.
        if (isChanged)
          await client.query(
            "insert into entry (kind, initiative, is_act, body) values ('decision', $1, true, $2)",
            [changed, act(changed, 'decision', '2026-02-20', { decides: 'conforming', on: '2026-02-20' })],
          );
        size = await get(path);
      }
      await new Promise((done) => setTimeout(done, 200));
      const measured = times.get(route) ?? [];
      const [middle, most] = [median(measured), worst(measured)];
      if (middle > LIMIT_MS) isSlow = true;
      rows.push(
        `${name.padEnd(34)} ${(isChanged ? 'changed each time' : 'unchanged').padEnd(18)} ${middle.toFixed(1).padStart(7)} ${most.toFixed(1).padStart(7)} ${Math.round(
          size / 1024,
        )
          .toString()
          .padStart(6)} kB`,
      );
    }
  }
  console.log(
    `${''.padEnd(34)} ${''.padEnd(18)} ${'median'.padStart(7)} ${'worst'.padStart(7)}   (ms in the server)`,
  );
  for (const row of rows) console.log(row);
  console.log(isSlow ? `✘ slower than ${LIMIT_MS} ms` : `✔ each median within ${LIMIT_MS} ms`);
  if (isSlow) process.exitCode = 1;
}

await main();
