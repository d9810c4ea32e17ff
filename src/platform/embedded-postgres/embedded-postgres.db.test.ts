import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';

let folder: string;
const running: EmbeddedPostgres[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-embedded-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  for (const server of running.splice(0)) {
    await server.stop();
    rmSync(server.home, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
});

async function start(directory: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory });
  running.push(server);
  return server;
}

async function ask(server: EmbeddedPostgres, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  try {
    return Object.values((await client.query(query)).rows[0])[0];
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a restart, with fsync and checksums on', async () => {
    const first = await start(folder);
    await ask(
      first,
      'with made as (select lo_from_bytea(4242, decode($$2a$$, $$hex$$)) as oid) select oid from made',
    );
    expect(await ask(first, "select current_setting('fsync') || current_setting('data_checksums')")).toBe(
      'onon',
    );
    await running.pop()?.stop();
    expect(await ask(await start(folder), 'select get_byte(lo_get(4242), 0)')).toBe(42);
  });

  it('asks for the password, also on its own socket', async () => {
    const server = await start(folder);
    const url = new URL(server.connectionString);
    url.password = 'wrong';
    const client = new pg.Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  it('writes no value into its log, whatever fails', async () => {
    const server = await start(folder);
    await expect(ask(server, "select 'B123456780'::integer")).rejects.toThrow('B123456780');
    await running.pop()?.stop();
    const text = readFileSync(join(server.home, 'postgres.log'), 'utf8');
    expect(text).toContain('ready to accept connections');
    expect(text).not.toContain('B123456780');
  });

  it('listens on the loopback address where a socket’s path would be too long', async () => {
    const server = await start(join(folder, 'a'.repeat(100)));
    expect(server.connectionString).toMatch(/@127\.0\.0\.1:\d+\//);
    expect(await ask(server, 'select 1')).toBe(1);
  });

  it('refuses the data of another major version and leaves it alone', async () => {
    mkdirSync(join(folder, 'pgdata'));
    writeFileSync(join(folder, 'pgdata', 'PG_VERSION'), '14\n');
    await expect(start(folder)).rejects.toMatchObject({ code: 'other-major' });
    expect(readFileSync(join(folder, 'pgdata', 'PG_VERSION'), 'utf8')).toBe('14\n');
  });

  it.skipIf(process.getuid?.() !== 0)(
    'run by root, works below a folder that only root may enter',
    async () => {
      chmodSync(folder, 0o700);
      const server = await start(join(folder, 'data'));
      expect(readFileSync(join(folder, 'data', 'moved-to'), 'utf8').trim()).toBe(server.home);
      expect(await ask(server, 'select 1')).toBe(1);
    },
  );
});

describe('the owner of a data folder', () => {
  /** A process that starts the server and hangs. */
  async function otherProcess(): Promise<ChildProcess> {
    const url = new URL('./index.ts', import.meta.url).href;
    const program = `import { startEmbeddedPostgres } from '${url}';
      await startEmbeddedPostgres({ directory: '${folder}' }); console.log('ready'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((ready) => child.stdout?.once('data', ready));
    return child;
  }

  it('keeps others out while it lives; once killed, its server is stopped and replaced', async () => {
    const owner = await otherProcess();
    const gone = new Promise((done) => owner.once('exit', done));
    try {
      await expect(start(folder)).rejects.toMatchObject({ code: 'in-use' });
    } finally {
      owner.kill('SIGKILL');
      await gone;
    }
    const orphan = Number.parseInt(readFileSync(join(folder, 'pgdata', 'postmaster.pid'), 'utf8'), 10);
    const server = await start(folder);
    expect(server.pid).not.toBe(orphan);
    expect(await ask(server, 'select 1')).toBe(1);
  });
});
