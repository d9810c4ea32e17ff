/** 損壞: every way in which database, journal, public files or a witness can be wrong has its finding. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { checkpointText, openCheckpoint, signatureLine, signNote } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Backup, type LogHouse, logHouse, tamper } from '../builders/log-house.ts';

const SIZE = 600;
let house: LogHouse;
let intact: Backup;
beforeAll(async () => {
  house = await logHouse(3);
  await house.live(SIZE);
  intact = await house.backup();
});
afterAll(() => house.close());

const publicFile = (path: string) => join(house.publicDirectory, path);
const refusedBy = async (args: readonly string[] = []) => {
  const { exit, findings } = await house.doctor(args);
  return { exit, refusing: findings.filter(({ severity }) => severity === 'refuse'), findings };
};

describe('a house where all is well', () => {
  it('is healthy, and a start and a deep look find nothing', async () => {
    const { exit, findings } = await house.doctor(['--deep']);
    expect(findings.filter(({ severity }) => severity !== 'ok').map(({ code }) => code)).toEqual([
      'sequencer-absent',
    ]);
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'database-ok',
        'journal-ok',
        'public-ok',
        'witness-ok',
        'quorum-ok',
        'schema-ok',
        'keys-ok',
      ]),
    );
    expect(exit).toBe(0);
  });

  it('is not changed by looking: database and files are the same bytes, beside a running sequencer too', async () => {
    const sequencer = await house.sequencer();
    const before = await everything();
    expect((await house.doctor(['--deep'])).exit).toBe(0);
    expect(await everything()).toEqual(before);
    await sequencer.stop();
  });

  /** Every row with the transaction that wrote it, and every file with its times; the heartbeat apart. */
  async function everything(): Promise<unknown> {
    const { rows: tables } = await house.database.pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    );
    const rows: Record<string, unknown> = {};
    for (const { name } of tables.filter((table) => table.name !== 'record_condition'))
      rows[name] = (
        await house.database.pool.query(`select xmin::text, t::text from ${name} t order by 2`)
      ).rows;
    const files = readdirSync(house.directory, { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [
        path,
        statSync(path).mtimeMs,
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]);
    return { rows, files };
  }
});

describe('public files', () => {
  it.each<[string, string, (path: string) => void, object]>([
    [
      'a byte of a tile',
      'tile/0/001',
      (path) => flip(path, 100),
      { differsAt: 100, bytes: 8192, expected: 8192 },
    ],
    [
      'a torn bundle',
      'tile/entries/002.p/88',
      (path) => truncateSync(path, 500),
      { differsAt: 500, bytes: 500 },
    ],
    ['an empty tile', 'tile/1/000.p/2', (path) => truncateSync(path, 0), { bytes: 0, expected: 64 }],
  ])('%s', async (_name, path, spoil, facts) => {
    spoil(publicFile(path));
    const { exit, refusing } = await refusedBy();
    intact.restorePublic();
    expect(exit).toBe(3);
    expect(refusing).toEqual([
      expect.objectContaining({
        code: 'public-file-differs',
        where: publicFile(path),
        facts: expect.objectContaining(facts),
      }),
    ]);
  });

  it('a tile that is gone', async () => {
    rmSync(publicFile('tile/0/002.p/88'));
    const { refusing } = await refusedBy();
    intact.restorePublic();
    expect(refusing.map(({ code, where }) => [code, where])).toEqual([
      ['public-file-missing', publicFile('tile/0/002.p/88')],
    ]);
  });

  it('files beyond the database, without a checkpoint for them', async () => {
    writeFileSync(publicFile('tile/entries/002.p/99'), 'x');
    const { refusing } = await refusedBy();
    intact.restorePublic();
    expect(refusing).toEqual([
      expect.objectContaining({ code: 'public-files-ahead', ours: { size: SIZE }, theirs: { size: 611 } }),
    ]);
  });

  it.each<[string, (path: string) => void]>([
    ['torn', (path) => truncateSync(path, 60)],
    ['empty', (path) => truncateSync(path, 0)],
    [
      'signed by its witnesses alone',
      (path) => {
        const lines = readFileSync(path, 'utf8').split('\n');
        writeFileSync(path, lines.filter((line) => !line.startsWith('— test.lianshu.invalid')).join('\n'));
      },
    ],
  ])('a checkpoint that is %s', async (_name, spoil) => {
    spoil(publicFile('checkpoint'));
    const { exit, refusing } = await refusedBy();
    intact.restorePublic();
    expect([exit, refusing.map(({ code }) => code)]).toEqual([3, ['public-checkpoint-unreadable']]);
  });

  it('a file far from the edge is found by the deep look', async () => {
    flip(publicFile('tile/entries/000'), 9);
    const [shallow, deep] = [await refusedBy(), await refusedBy(['--deep'])];
    intact.restorePublic();
    expect(shallow.exit).toBe(0);
    expect(deep.refusing.map(({ code, where }) => [code, where])).toEqual([
      ['public-file-differs', publicFile('tile/entries/000')],
    ]);
  });

  it('that are all gone are written anew by a start, since journal and witnesses agree', async () => {
    rmSync(house.publicDirectory, { recursive: true });
    const { exit, findings } = await house.doctor();
    expect([exit, findings.some(({ code }) => code === 'public-none')]).toEqual([0, true]);
    await house.live(0);
    expect((await house.doctor(['--deep'])).exit).toBe(0);
  });
});

describe('the journal', () => {
  it.each<[string, string, (path: string) => void]>([
    ['gone', 'journal-missing', (path) => rmSync(path)],
    ['not a journal', 'journal-unreadable', (path) => appendFileSync(path, 'garbage\n')],
    ['of another history', 'journal-differs', (path) => writeFileSync(path, line(SIZE))],
    ['of another beginning', 'journal-differs', (path) => writeFileSync(path, line(17))],
    ['ahead', 'journal-ahead', (path) => appendFileSync(path, line(SIZE + 1))],
    ['going back', 'journal-contradicts-itself', (path) => appendFileSync(path, line(3))],
  ])('%s', async (_name, code, spoil) => {
    spoil(house.journal);
    const { exit, refusing } = await refusedBy();
    intact.restoreJournal();
    expect([exit, refusing.map((finding) => finding.code)]).toEqual([3, [code]]);
  });

  it('with a torn last line is used without it', async () => {
    appendFileSync(house.journal, '601 AAAA');
    const { exit, findings } = await house.doctor();
    intact.restoreJournal();
    expect([exit, findings.find(({ code }) => code === 'journal-torn-line')?.facts]).toEqual([
      0,
      { bytes: 8 },
    ]);
  });

  const line = (size: number) => `${size} ${Buffer.alloc(32, 7).toString('base64')}\n`;
});

describe('the database', () => {
  it.each<[string, string, string[], string]>([
    [
      'an entry at the edge edited',
      'database-tile-differs',
      [`update entry set body = body || ' ' where seq = 599`],
      '',
    ],
    ['an entry at the edge deleted', 'database-indexes', ['delete from entry where seq = 599'], ''],
    ['an entry deleted', 'database-gap', ['delete from entry where seq = 7'], ''],
    [
      'an entry edited',
      'database-tile-differs',
      [`update entry set body = body || ' ' where seq = 7`],
      '--deep',
    ],
    [
      'two entries exchanged',
      'database-tile-differs',
      [
        'update entry set seq = -1 where seq = 3',
        'update entry set seq = 3 where seq = 4',
        'update entry set seq = 4 where seq = -1',
      ],
      '--deep',
    ],
    ['a tile deleted', 'database-tile-missing', ['delete from log_tile where level = 0 and n = 0'], ''],
    [
      'a tile too many',
      'database-tile-missing',
      [`insert into log_tile select 0, 2, hashes from log_tile where n = 0`],
      '',
    ],
    [
      'a tile edited',
      'database-tile-differs',
      [`update log_tile set hashes = set_byte(hashes, 9, 1 - get_byte(hashes, 9) % 2) where n = 0`],
      '',
    ],
    ['the edge torn', 'database-edge', [`update log set edge = substr(edge, 1, length(edge) - 32)`], ''],
    [
      'the edge edited',
      'database-edge',
      [`update log set edge = set_byte(edge, 40, 255 - get_byte(edge, 40))`],
      '',
    ],
    ['the size set back', 'database-edge', ['update log set size = 599'], ''],
    [
      'the checkpoint unsigned',
      'database-checkpoint',
      [`update log set checkpoint = split_part(checkpoint, E'\\n\\n', 1) || E'\\n'`],
      '',
    ],
    ['another log', 'database-other-log', [`update log set origin = 'other.invalid/log'`], ''],
    ['a count edited', 'database-count', ['update case_count set signed = signed + 1'], '--deep'],
  ])('%s', async (_name, code, statements, option) => {
    await tamper(intact.databaseUrl, 'alter table entry drop constraint if exists entry_seq_from_zero');
    await tamper(intact.databaseUrl, 'create schema if not exists kept', ...keep);
    await tamper(intact.databaseUrl, ...statements);
    const { exit, findings } = await house.doctor(option === '' ? [] : [option], intact.databaseUrl);
    await tamper(intact.databaseUrl, ...bringBack);
    expect(exit).toBe(3);
    expect(findings.filter(({ severity }) => severity === 'refuse').map((finding) => finding.code)).toContain(
      code,
    );
  });

  const TABLES = ['entry', 'log', 'log_tile', 'case_count'];
  const keep = TABLES.map((name) => `create table if not exists kept.${name} as table ${name}`);
  const bringBack = TABLES.flatMap((name) => [
    `delete from ${name}`,
    `insert into ${name} select * from kept.${name}`,
  ]);
});

describe('a witness', () => {
  it('with another root of the same size, or of an earlier one: refused', async () => {
    const [witness] = house.watched.witnesses;
    if (witness === undefined) throw new Error('no witness');
    for (const size of [SIZE, 17]) {
      const note = forged(size);
      const cosigned = note + signatureLine(witness.signer, note.slice(0, note.indexOf('\n\n') + 1));
      await witness.betray(({ response }) => void response.end(cosigned));
      const { exit, refusing } = await refusedBy();
      expect(exit).toBe(3);
      expect(refusing).toEqual([
        expect.objectContaining({
          code: 'witness-differs',
          where: witness.url,
          ours: expect.objectContaining({ size, root: expect.any(String) }),
          theirs: { size, root: Buffer.alloc(32, 9).toString('base64') },
        }),
      ]);
    }
    await witness.start();
  });

  it.each<[string, string, number, (body: string) => string]>([
    ['says something else', 'witness-silent', 200, () => '<html>'],
    ['does not sign what it says', 'witness-silent', 200, (body) => body],
    ['has lost its state', 'witness-forgot', 404, () => ''],
  ])('that %s does not count; two others still make the quorum', async (_name, code, status, answer) => {
    const [witness] = house.watched.witnesses;
    const ours = readFileSync(publicFile('checkpoint'), 'utf8');
    const opened = openCheckpoint(nodeNotePrimitives, ours, { logKeys: house.signers.map(({ key }) => key) });
    if (!opened.ok) throw new Error(opened.code);
    const bare = signNote(checkpointText(opened.checkpoint), house.signers);
    await witness?.betray(({ response }) => void response.writeHead(status).end(answer(bare)));
    const { exit, findings } = await house.doctor();
    await witness?.start();
    expect(exit).toBe(0);
    expect(findings.filter(({ where }) => where === witness?.url).map((finding) => finding.code)).toEqual([
      code,
    ]);
    expect(findings.find((finding) => finding.code === 'quorum-ok')?.facts).toEqual({
      answered: 2,
      witnesses: 3,
    });
  });

  it('that is missing with another one leaves fewer than the quorum: read-only', async () => {
    const [first, second] = house.watched.witnesses;
    await first?.stop();
    await second?.stop();
    const { exit, findings } = await house.doctor();
    await first?.start();
    await second?.start();
    expect(exit).toBe(4);
    expect(findings.find(({ code }) => code === 'quorum-missing')?.facts).toMatchObject({
      answered: 1,
      witnesses: 3,
    });
  });

  const forged = (size: number): string =>
    signNote(
      checkpointText({ origin: 'test.lianshu.invalid/log', size, root: new Uint8Array(32).fill(9) }),
      house.signers,
    );
});

it('a key file that others can read is named', async () => {
  const key = join(house.directory, 'keys', 'token.key');
  chmodSync(key, 0o644);
  const { exit, refusing } = await refusedBy();
  chmodSync(key, 0o600);
  expect([exit, refusing.map(({ code, where }) => [code, where])]).toEqual([3, [['key-exposed', key]]]);
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
