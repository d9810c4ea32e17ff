/** After paper proposers were typed, refused, checked and told: no number, name or address in any log, table or database file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatIdentityFile } from '@lianshu/seal';
import { citizen, type Person, type RegistryServer, startRegistry } from '@lianshu/simulators';
import { utf8 } from '@lianshu/statement';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDraft } from '../builders/draft.ts';
import { newOfficer, type TestOfficer } from '../builders/office.ts';
import {
  currentSegment,
  databaseFiles,
  filesBelow,
  findPersonalData,
  type Secret,
  tablesOf,
} from '../builders/personal-data.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const PEOPLE: readonly Person[] = Array.from({ length: 6 }, (_, i) => citizen(810_000 + i));

let platform: TestPlatform;
let registry: RegistryServer;
let officer: TestOfficer;
let folder: string;
let firstSegment: string;
const secrets: Secret[] = [];
const isEmbedded = process.env['DATABASE_URL'] === undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-checks-privacy-'));
  registry = await startRegistry({
    port: 0,
    identityFiles: () => [formatIdentityFile(platform.keys.ministry)],
  });
  writeFileSync(join(folder, 'registry.txt'), `${registry.verifierKey}\n`);
  platform = await startPlatform({
    surfaces: ['public', 'sequencer', 'office'],
    env: {
      LIANSHU_OFFICE_PORT: '0',
      LIANSHU_REGISTRY_URL: registry.url,
      LIANSHU_REGISTRY_KEYS: join(folder, 'registry.txt'),
    },
  });
  firstSegment = await currentSegment(platform.database.pool);
  officer = await newOfficer(platform, { label: '承辦甲' });
  await officer.signIn();
  const draft = await openDraft(platform);
  for (const [i, person] of PEOPLE.entries()) {
    const resident = registry.register.find(person.nationalId);
    if (resident === undefined) throw new Error('nobody');
    const { nationalId, address, township } = resident;
    // A name of its own, so that finding it proves where it came from.
    const name = `範隱私${String.fromCodePoint(0x4e00 + i * 37)}`;
    for (const [what, text] of [
      ['number', nationalId],
      ['number in lower case', nationalId.toLowerCase()],
      ['name', name],
      ['address', address],
    ] as const)
      secrets.push({ name: `${what} of ${i}`, bytes: utf8(text) });
    const sheet = { township, sheet: String(i + 1), name, address, nationalId };
    const post = (fields: Readonly<Record<string, string>>) =>
      officer.browser.post(`/rolls/${draft}/paper`, { ...sheet, ...fields });
    // Refused in many ways, with everything where it has no place.
    expect((await post({ township: nationalId })).status).toBe(422);
    expect((await post({ sheet: nationalId })).status).toBe(422);
    expect((await post({ [nationalId]: name, nationalId: `${nationalId}1` })).status).toBe(422);
    await officer.browser.post(`/rolls/${nationalId}/paper`, sheet);
    await officer.browser.post(`/rolls/${draft}/paper/take-back`, { row: nationalId });
    await officer.browser.post(`/cases/${nationalId}/proposers/send`, sheet);
    await officer.browser.get(`/rolls/${draft}/paper?note=${nationalId}&township=${nationalId}`);
    if (i === 1) await registry.goDown();
    expect((await post({})).status).toBe(i === 1 ? 422 : 303);
    if (i === 1) await registry.comeBack();
    expect((await post({})).status).toBe(i === 1 ? 303 : 422);
  }
  // A fault in the middle of storing.
  const { pool } = platform.database;
  await pool.query('alter table paper_proposer rename to paper_proposer_gone');
  const [first] = PEOPLE;
  const faulty = {
    township: '63000010',
    sheet: '900',
    name: '範隱私故障',
    address: '故障路',
    nationalId: first?.nationalId ?? '',
  };
  expect((await officer.browser.post(`/rolls/${draft}/paper`, faulty)).status).toBe(500);
  await pool.query('alter table paper_proposer_gone rename to paper_proposer');
  secrets.push({ name: 'name at the fault', bytes: utf8('範隱私故障') });
  await officer.browser.post(`/rolls/${draft}/paper/batch`, {});
});
afterAll(async () => {
  await platform?.close();
  await registry?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every sheet was sealed, and nothing of any is in a table', async () => {
  const places = await tablesOf(platform.database.pool);
  const sealed = places.find(({ name }) => name === 'table paper_proposer.sealed');
  expect(sealed?.bytes.length).toBeGreaterThan(PEOPLE.length * 1_024);
  expect(findPersonalData(secrets, places, new Set())).toEqual([]);
});

test('nothing in any log', () => {
  const log = { name: 'server log', bytes: utf8(platform.serverLog.join('')) };
  expect(platform.serverLog.some((line) => line.includes('"fault"'))).toBe(true);
  expect(findPersonalData(secrets, [log], new Set())).toEqual([]);
});

test.runIf(isEmbedded)('nothing in the database’s files, its write-ahead log and its log', async () => {
  const finds: string[] = [];
  for await (const place of databaseFiles(platform.database.pool, firstSegment))
    finds.push(...findPersonalData(secrets, [place], new Set()));
  expect(finds).toEqual([]);
});

test('nothing in the files of the house', () => {
  const places = [...filesBelow(platform.directory, 'house')];
  expect(places.length).toBeGreaterThan(10);
  expect(findPersonalData(secrets, places, new Set())).toEqual([]);
});
