/** 還原昨天的備份: the operator restores yesterday's database, with or without journal and public files. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { betrayedHouse, type House } from './betrayed-house.ts';

let house: House;
let backup: string;
const journalOf = () => join(house.platform.directory, 'checkpoint-journal');
const publicOf = () => join(house.platform.directory, 'public');
const saved = (name: string) => join(house.platform.directory, `yesterday-${name}`);

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('database').adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  house = await betrayedHouse();
  const { database, running } = house.platform;
  await house.signed(831);
  await house.monitor('yesterday').sees('nothing wrong');
  await running.close();
  // A copy of the database needs that nobody is connected to it.
  const name = new URL(database.url).pathname.slice(1);
  backup = `${name}_backup`;
  await admin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  await admin(`create database ${backup} template ${name}`);
  cpSync(journalOf(), saved('journal'));
  cpSync(publicOf(), saved('public'), { recursive: true });
  await house.platform.restartServer();
  await house.signed(832);
  await house.signed(833);
  await house.monitor('today').sees('nothing wrong');
  await house.platform.running.close();
});
afterAll(async () => {
  await house?.close();
  if (backup !== undefined) await admin(`drop database if exists ${backup} with (force)`);
});

/** Starts the sequencer on the restored database; what the refusal says. */
async function refusal(): Promise<string> {
  const url = new URL(house.platform.database.url);
  url.pathname = `/${backup}`;
  const started = house.platform.serveAnother({ surfaces: ['sequencer'], connectionString: url.href });
  const error = await started.then(
    async (running) => {
      await running.close();
      return new Error('it started');
    },
    (caught: Error) => caught,
  );
  expect(error).toMatchObject({ code: 'database-behind' });
  return error.message;
}

describe('the operator restores yesterday’s backup', () => {
  it('the database alone: journal, public files and witnesses know more', async () => {
    const text = await refusal();
    for (const code of ['journal-ahead', 'public-ahead', 'witness-ahead']) expect(text).toContain(code);
  });

  it('database and journal: public files and witnesses know more', async () => {
    cpSync(saved('journal'), journalOf());
    const text = await refusal();
    expect(text).not.toContain('journal-ahead');
    for (const code of ['public-ahead', 'witness-ahead']) expect(text).toContain(code);
  });

  it('database, journal and public files: the witnesses still know', async () => {
    rmSync(publicOf(), { recursive: true });
    cpSync(saved('public'), publicOf(), { recursive: true });
    const text = await refusal();
    expect(text).not.toMatch(/journal-ahead|public-ahead/);
    expect(text.match(/witness-ahead/g)).toHaveLength(3);
  });

  it('and whoever watched meanwhile sees the files go back', async () => {
    const log = publicOf();
    const alert = await house.monitor('today', { log: join(log, 'log') }).raises('rollback');
    expect(alert.evidence).toMatchObject({ files: [expect.any(String), expect.any(String)] });
    expect((await house.verify('log', '--log', join(log, 'log'))).exit).toBe(0);
  });
});
