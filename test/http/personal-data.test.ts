/** After everything a person can do: no number, no name, no secret in any log, table, file of the database or folder. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { citizen, type Person, sameTail, signStatement } from '@lianshu/simulators';
import { toBase64Url, utf8 } from '@lianshu/statement';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldSignatures } from '../builders/held.ts';
import { askStatement, offerWithoutScript, request, upload } from '../builders/no-script.ts';
import {
  currentSegment,
  databaseFiles,
  filesBelow,
  findPersonalData,
  type Place,
  type Secret,
  tablesOf,
} from '../builders/personal-data.ts';
import { eventually, publishedIndex } from '../builders/published-log.ts';
import { offer, post, prepare, requestBody, send } from '../builders/signer.ts';
import { cardOf, startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
const PIN = '84613597';
/** Nobody here but the scanner's own proof uses this number. */
const DECOY = citizen(900_001).nationalId;
const people = Object.fromEntries(
  ['signs', 'repeats', 'held', 'refused', 'twin', 'noScript', 'noScriptHeld', 'faulty'].map((role, i) => [
    role,
    citizen(800_000 + i),
  ]),
) as Readonly<Record<string, Person>>;
const person = (role: string): Person => {
  const found = people[role];
  if (!found) throw new Error(role);
  return found;
};

let platform: TestPlatform;
let temporary: string;
let firstSegment: string;
const before = process.env['TMPDIR'];
const secrets: Secret[] = Object.entries(people).flatMap(([role, { nationalId, name }]) => [
  { name: `number of ${role}`, bytes: utf8(nationalId) },
  { name: `number of ${role} in lower case`, bytes: utf8(nationalId.toLowerCase()) },
  { name: `name of ${role}`, bytes: utf8(name) },
]);
secrets.push({ name: 'PIN', bytes: utf8(PIN) });

const isEmbedded = process.env['DATABASE_URL'] === undefined;
if (!isEmbedded)
  console.warn(
    'SKIPPED: DATABASE_URL names a server whose files are not ours; WAL and data files were not scanned.',
  );

beforeAll(async () => {
  // Everything this process leaves in a temporary folder is left here.
  temporary = mkdtempSync(join(tmpdir(), 'lianshu-privacy-'));
  process.env['TMPDIR'] = temporary;
  platform = await startPlatform({ surfaces: ['public', 'sequencer'], identityWaitMs: 300 });
  firstSegment = await currentSegment(platform.database.pool);
  await platform.openCase(CASE);
  await doEverything();
});
afterAll(async () => {
  await platform?.close();
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(temporary, { recursive: true, force: true });
});

const keep = (secret: Uint8Array, role: string) =>
  secrets.push({ name: `receipt secret of ${role}`, bytes: secret });

async function doEverything(): Promise<void> {
  const held = heldSignatures(platform, CASE);
  const signs = await prepare(platform, person('signs'), CASE);
  keep(signs.offered.receiptSecret, 'signs');
  expect((await send(platform, CASE, signs)).status).toBe(201);
  expect((await send(platform, CASE, signs)).status).toBe(201);
  const again = await prepare(platform, person('signs'), CASE);
  expect((await send(platform, CASE, again)).status).toBe(409);

  // Refused in many ways, with the number where it has no place.
  const refused = await prepare(platform, person('refused'), CASE);
  keep(refused.offered.receiptSecret, 'refused');
  const id = refused.offered.nationalId;
  for (const bent of [
    { token: id },
    { form: id },
    { signature: id.repeat(20) },
    { recordCommitment: id },
    { receiptSecret: id },
    { nationalId: `${id}${id}` },
    { nationalId: [id] },
    { [id]: id },
    { pin: PIN },
  ])
    expect(
      (await send(platform, CASE, { ...refused, body: { ...refused.body, ...bent } })).status,
    ).toBeGreaterThanOrEqual(400);
  await post(platform, `/v1/initiatives/${CASE}/joint-signatures`, `{"nationalId":"${id}", "pin":"${PIN}"`);
  await post(platform, `/v1/initiatives/${CASE}/joint-signatures`, { nationalId: id.repeat(40_000) });
  await post(platform, `/v1/initiatives/${id}/joint-signatures`, refused.body);
  await post(platform, `/v1/initiatives/${CASE}/transactions`, { signerCommitment: id });
  for (const path of [
    `/${id}`,
    `/initiatives/${id}`,
    `/en/receipts/${id}`,
    `/?q=${id}`,
    `/log/${id}`,
    `/problems/${id}`,
  ])
    await request(platform, path, {
      headers: { 'user-agent': id, referer: `http://x/${id}`, 'accept-language': id },
    });

  const twin: Person = { ...person('twin'), nationalId: sameTail(person('refused').nationalId) };
  secrets.push({ name: 'number of the twin', bytes: utf8(twin.nationalId) });
  const offered = await offer(platform, CASE, twin.nationalId);
  const signed = signStatement(await cardOf(platform, person('refused')), offered.statement, {
    form: 'cms-attached',
    nonce: offered.transaction,
    nowMs: platform.clock.nowMs(),
  });
  const notBound = await send(platform, CASE, { body: requestBody(CASE, offered, signed), offered });
  expect(notBound.body['code']).toBe('E_ID_NOT_BOUND');

  // Held, settled as counted and as refused.
  platform.identity.state.fault = 'silent';
  const waiting = await prepare(platform, person('held'), CASE);
  keep(waiting.offered.receiptSecret, 'held');
  const counted = await held.expectHeld(await send(platform, CASE, waiting));
  const second = await prepare(platform, person('held'), CASE);
  const late = await held.expectHeld(await send(platform, CASE, second));

  // Without script.
  const where = { prefix: '', caseNumber: CASE } as const;
  const card = async (one: Person, statement: Uint8Array) =>
    signStatement(await cardOf(platform, one), statement, {
      form: 'cms-attached',
      nowMs: platform.clock.nowMs(),
    }).signature;
  const noScriptHeld = person('noScriptHeld');
  const heldForm = await offerWithoutScript(platform, { ...where, id: noScriptHeld.nationalId });
  keep(heldForm.receiptSecret, 'noScriptHeld');
  expect((await upload(platform, where, heldForm, await card(noScriptHeld, heldForm.statement))).status).toBe(
    200,
  );
  platform.identity.state.fault = 'none';
  await held.settled(counted);
  await held.settled(late);
  const noScript = person('noScript');
  await askStatement(platform, { ...where, id: `${noScript.nationalId}1` });
  await request(platform, `/initiatives/${CASE}/statement?nationalId=${noScript.nationalId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `nationalId=${noScript.nationalId}&pin=${PIN}`,
  });
  const form = await offerWithoutScript(platform, { ...where, id: noScript.nationalId.toLowerCase() });
  keep(form.receiptSecret, 'noScript');
  const file = await card(noScript, form.statement);
  expect((await upload(platform, where, form, noScript.nationalId)).status).toBe(422);
  expect((await upload(platform, where, { ...form, token: noScript.nationalId }, file)).status).toBe(400);
  const done = await upload(platform, where, form, file);
  expect(done.status).toBe(200);

  // Faults: no sealer, and a database that breaks in the middle.
  const faulty = await prepare(platform, person('faulty'), CASE);
  keep(faulty.offered.receiptSecret, 'faulty');
  await platform.stopSealer();
  expect((await send(platform, CASE, faulty)).status).toBe(503);
  await platform.restartSealer();
  await platform.database.pool.query('alter table joint_signature rename to joint_signature_gone');
  expect((await send(platform, CASE, faulty)).status).toBe(500);
  await platform.database.pool.query('alter table joint_signature_gone rename to joint_signature');
  expect((await send(platform, CASE, faulty)).status).toBe(201);
  await publishedIndex(platform, String(faulty.body['recordCommitment']));
}

const known = new Set([DECOY]);

describe('the scanner finds what is planted', () => {
  const decoy: Secret = { name: 'decoy', bytes: utf8(DECOY) };
  const spellings: Readonly<Record<string, Uint8Array>> = {
    plain: utf8(`x${DECOY}y`),
    utf16le: Buffer.from(`{"id":"${DECOY}"}`, 'utf16le'),
    hex: utf8(Buffer.from(`ab${DECOY}`).toString('hex')),
    HEX: utf8(Buffer.from(`${DECOY}?`).toString('hex').toUpperCase()),
    'base64 at 0': utf8(Buffer.from(`${DECOY}!`).toString('base64')),
    'base64 at 1': utf8(Buffer.from(`?${DECOY}>>>`).toString('base64')),
    'base64url at 2': utf8(toBase64Url(utf8(`{"${DECOY}"}`))),
  };

  test.each(Object.entries(spellings))('%s', (_spelling, bytes) => {
    expect(findPersonalData([decoy], [{ name: 'here', bytes }], known)).toHaveLength(1);
    expect(
      findPersonalData([{ name: 'other', bytes: utf8('Y290000000') }], [{ name: 'here', bytes }], known),
    ).toEqual([]);
  });

  test('a valid number nobody named, not one with a wrong check digit', () => {
    const place = (text: string): Place[] => [{ name: 'here', bytes: utf8(text) }];
    expect(findPersonalData([], place(`id=${DECOY};`))).toEqual(['here: a national ID']);
    expect(findPersonalData([], place(`id=${DECOY.slice(0, 9)}${(Number(DECOY.at(-1)) + 1) % 10};`))).toEqual(
      [],
    );
  });

  test('in a table, in the files of the database, in a folder', async () => {
    const { pool } = platform.database;
    await pool.query('create table planted (words text, data bytea)');
    await pool.query('insert into planted values ($1, $2)', [DECOY, Buffer.from(DECOY)]);
    const inTables = findPersonalData([decoy], await tablesOf(pool), known);
    expect(inTables).toContain('table planted: decoy (plain)');
    expect(inTables).toContain('table planted.data: decoy (plain)');
    if (isEmbedded) {
      const files: string[] = [];
      for await (const place of databaseFiles(pool, firstSegment))
        files.push(...findPersonalData([decoy], [place], known));
      expect(files.some((find) => find.startsWith('base/'))).toBe(true);
      expect(files.some((find) => find.startsWith('pg_wal/'))).toBe(true);
    }
    await pool.query('drop table planted');
    const folder = mkdtempSync(join(temporary, 'planted-'));
    writeFileSync(join(folder, 'note'), DECOY);
    expect(findPersonalData([decoy], filesBelow(folder, 'folder'), known)).toEqual([
      'folder/note: decoy (plain)',
    ]);
    rmSync(folder, { recursive: true });
  });
});

describe('and finds nothing', () => {
  test('in what both processes logged', () => {
    const logs = [
      { name: 'server log', bytes: utf8(platform.serverLog.join('')) },
      { name: 'sealer log', bytes: utf8(platform.sealerLog.join('\n')) },
    ];
    expect(platform.serverLog.length).toBeGreaterThan(30);
    expect(platform.serverLog.some((line) => line.includes('"fault"'))).toBe(true);
    expect(platform.sealerLog.length).toBeGreaterThan(0);
    expect(findPersonalData(secrets, logs, known)).toEqual([]);
  });

  test('in any table', async () => {
    const places = await tablesOf(platform.database.pool);
    const names = places.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'table entry.body',
        'table joint_signature.evidence',
        'table held_signature',
        'table epoch_key.wrapped',
      ]),
    );
    expect(
      places.every(({ name, bytes }) => bytes.length > 0 || !name.startsWith('table joint_signature')),
    ).toBe(true);
    expect(findPersonalData(secrets, places, known)).toEqual([]);
  });

  test.runIf(isEmbedded)(
    'in the database’s files, its write-ahead log and its log',
    async () => {
      const finds: string[] = [];
      let bytes = 0;
      for await (const place of databaseFiles(platform.database.pool, firstSegment)) {
        bytes += place.bytes.length;
        finds.push(...findPersonalData(secrets, [place], known));
      }
      expect(bytes).toBeGreaterThan(16_000_000);
      expect(finds).toEqual([]);
    },
    60_000,
  );

  test('in keys, sealer state, journal and public log; and nothing was left in the temporary folder', () => {
    const places = [...filesBelow(temporary, 'temporary')];
    const names = places.map(({ name }) => name).join('\n');
    for (const part of [
      'sealer/case-keys/',
      'sealer/hold-keys/',
      'checkpoint-journal',
      'public/log/checkpoint',
    ])
      expect(names).toContain(part);
    expect(findPersonalData(secrets, places, known)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([platform.directory.split('/').at(-1)]);
  });

  test('in a receipt or an answer about one', async () => {
    const receipts = await eventually(async () => {
      const { rows } = await platform.database.pool.query<{ commitment: Buffer }>(
        'select commitment from joint_signature',
      );
      return rows.length >= 5 ? rows : undefined;
    });
    for (const { commitment } of receipts) {
      const text = Buffer.from(commitment).toString('base64url');
      for (const path of [`/v1/receipts/${text}`, `/receipts/${text}`, `/en/receipts/${text}`]) {
        const { html } = await request(platform, path);
        expect(findPersonalData(secrets, [{ name: path, bytes: utf8(html) }], known)).toEqual([]);
      }
    }
  });
});
