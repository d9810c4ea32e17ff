/** 還原舊備份: a database, a journal or public files from yesterday never become today's log. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StartRefused } from '../../src/record/start-refused.ts';
import { type Backup, type LogHouse, logHouse } from '../builders/log-house.ts';

let house: LogHouse;
let yesterday: Backup;
beforeEach(async () => {
  house = await logHouse(3);
  await house.live(300);
  yesterday = await house.backup();
  await house.live(20);
});
afterEach(() => house.close());

/** Starts on yesterday's database; the findings that refuse, and the text a person reads. */
async function refusal(): Promise<StartRefused> {
  const error = await house.sequencer({ url: yesterday.databaseUrl }).then(
    async (sequencer) => {
      await sequencer.stop();
      return undefined;
    },
    (caught: StartRefused) => caught,
  );
  if (error === undefined) throw new Error('the start was not refused');
  return error;
}
const refusing = ({ findings }: StartRefused) => findings.filter(({ severity }) => severity === 'refuse');
const codes = (error: StartRefused) => [...new Set(refusing(error).map(({ code }) => code))].sort();

describe('yesterday’s database', () => {
  it('with today’s journal and files: each of them, and every witness, is named', async () => {
    const error = await refusal();
    expect(error.code).toBe('database-behind');
    expect(codes(error)).toEqual(['journal-ahead', 'public-ahead', 'public-files-ahead', 'witness-ahead']);
    const [journal] = refusing(error);
    expect(journal).toMatchObject({
      code: 'journal-ahead',
      where: house.journal,
      ours: { size: 300 },
      theirs: { size: 320 },
    });
    expect(journal?.ours?.root).not.toBe(journal?.theirs?.root);
    expect(refusing(error).filter(({ code }) => code === 'witness-ahead')).toHaveLength(3);
    // What a person reads: both languages, both sides, where, and what to do.
    for (const part of [
      '沒有任何東西被修補',
      'Nothing was mended',
      '300 · ',
      '320 · ',
      house.journal,
      '不要刪改',
      'Delete and change nothing',
    ])
      expect(error.message).toContain(part);
  });

  it('with yesterday’s journal too: the public files and the witnesses are named', async () => {
    yesterday.restoreJournal();
    expect(codes(await refusal())).toEqual(['public-ahead', 'public-files-ahead', 'witness-ahead']);
  });

  it('with yesterday’s journal and files: only the witnesses still know', async () => {
    yesterday.restoreJournal();
    yesterday.restorePublic();
    const error = await refusal();
    expect(codes(error)).toEqual(['witness-ahead']);
    expect(
      refusing(error)
        .map(({ where }) => where)
        .sort(),
    ).toEqual(house.watched.witnesses.map(({ url }) => url).sort());
    expect(refusing(error)[0]).toMatchObject({ ours: { size: 300 }, theirs: { size: 320 } });
  });

  it('one witness that knows is enough, whatever the others say', async () => {
    yesterday.restoreJournal();
    yesterday.restorePublic();
    const [, second, third] = house.watched.witnesses;
    await second?.betray(({ response }) => void response.writeHead(404).end());
    await third?.stop();
    expect(codes(await refusal())).toEqual(['witness-ahead']);
  });

  it('with no journal and no files: refused before anybody is believed', async () => {
    rmSync(house.journal);
    rmSync(house.publicDirectory, { recursive: true });
    expect(codes(await refusal())).toEqual(['no-trace', 'witness-ahead']);
    expect(existsSync(house.journal)).toBe(false);
  });
});

it('a refused start stops every process from entering anything, until a start passes', async () => {
  const journal = readFileSync(house.journal);
  const { findings } = await refusal();
  expect(findings.length).toBeGreaterThan(0);
  expect(readFileSync(house.journal)).toEqual(journal);

  // The same on today's database: its journal is lost, then found again.
  rmSync(house.journal);
  await expect(house.sequencer()).rejects.toMatchObject({ code: 'database-behind' });
  await expect(house.append(1)).rejects.toMatchObject({ constraint: 'record_is_read_only' });
  const seen = await house.doctor();
  expect(seen.exit).toBe(3);
  expect(seen.findings.find(({ code }) => code === 'condition-refused')?.facts).toEqual({
    reasons: 'journal-missing',
  });

  writeFileSync(house.journal, journal);
  await house.live(1);
  expect((await house.doctor(['--deep'])).exit).toBe(0);
});
