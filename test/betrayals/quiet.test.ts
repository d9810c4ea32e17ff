/** 悄悄作廢；給不同的人看不同的數字: the operator voids five signatures, and shows one reader another count. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canonicalJson, type JsonValue, toBase64Url } from '@lianshu/statement';
import { formatVerifierKey, signNote, toBase64 } from '@lianshu/tlog';
import { ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { taipeiTimestamp } from '../../src/platform/time.ts';
import { betrayedHouse, CASE, type House } from './betrayed-house.ts';

let house: House;
let servers: Server[] = [];
const registry = ed25519Signer('registry.invalid', generateKeyPairSync('ed25519').privateKey);

beforeAll(async () => {
  house = await betrayedHouse();
  for (let n = 811; n < 817; n += 1) await house.signed(n);
});
afterAll(async () => {
  for (const server of servers) server.close();
  servers = [];
  await house?.close();
});

/** What a reader sees to whom the operator shows `changed` pages. */
async function readerShown(changed: (path: string, text: string) => string): Promise<string> {
  const server = createServer(async ({ url = '/' }, response) => {
    const answer = await fetch(`${house.platform.url}${url}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isText = /json|html/.test(answer.headers.get('content-type') ?? '');
    response.writeHead(answer.status).end(isText ? changed(url, bytes.toString('utf8')) : bytes);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
}

describe('the operator shows one count to one reader', () => {
  it.each([
    [
      'the case page',
      `/initiatives/${CASE}`,
      (text: string) => text.replace(/(data-count="9901"[^>]*>)\d+/, '$1106'),
    ],
    [
      'the page, without saying of which checkpoint',
      `/initiatives/${CASE}`,
      (text: string) => text.replace(/ data-(size|root)="[^"]*"/g, ''),
    ],
    [
      'the interface for programs',
      `/v1/initiatives/${CASE}`,
      (text: string) => text.replace(/"electronic":\d+/, '"electronic":106'),
    ],
    [
      'the counts file',
      `/log/counts/${CASE}.json`,
      (text: string) => text.replace(/"(counted|signed)":\d+/g, '"$1":106'),
    ],
  ])(
    '%s: that reader’s monitor compares it with the entries; nobody else is troubled',
    async (name, path, lie) => {
      const honest = house.monitor(`direct to ${name}`);
      await honest.sees('nothing wrong');
      let isLying = false;
      const log = await readerShown((asked, text) => (isLying && asked === path ? lie(text) : text));
      const shown = house.monitor(`shown ${name}`, { log });
      await shown.sees('nothing wrong');
      isLying = true;
      const alert = await shown.raises('count-mismatch');
      expect(alert.case).toBe(CASE);
      const isMarked = !name.includes('without');
      expect(alert.evidence).toMatchObject({ shown: isMarked ? 106 : '6', recounted: 6 });
      await honest.sees('nothing wrong');
    },
  );

  it('everybody, by changing the stored count: recounting finds it, and so does doctor', async () => {
    const monitor = house.monitor('stored');
    await monitor.sees('nothing wrong');
    const count = ['count', CASE, '--json', '--log', `${house.platform.url}/log`] as const;
    expect((await house.verify(...count)).exit).toBe(0);
    const { pool } = house.platform.database;
    const inflate = 'update case_count set signed = signed + $2 where initiative = $1';
    await pool.query(inflate, [CASE, 100]);
    expect(await house.doctor('--deep')).toMatchObject({ exit: 3, codes: ['database-count'] });
    await house.signed(817);
    const alert = await monitor.raises('count-mismatch');
    expect(alert.evidence).toMatchObject({ shown: 107, recounted: 7 });
    expect((await house.verify(...count)).exit).toBe(10);
    await pool.query(inflate, [CASE, -100]);
    await house.signed(818);
    await house.monitor('after').sees('nothing wrong');
  });
});

describe('the operator voids five signatures quietly', () => {
  const TODAY = new Date().toISOString().slice(0, 10);
  const GROUND = 'not-qualified';
  /** What anybody with the database can try: the next so many of those that count. */
  const voidNext = (n: number, result?: string) =>
    house.platform.database.pool.query(
      `insert into entry (kind, initiative, about, is_act, body)
       select 'void', initiative, seq, false, convert_to(format(
         '{"act":"joint-signature","case":"%s","ground":"${GROUND}","index":%s,"kind":"void"%s,"v":1}',
         initiative, seq, $3::text), 'UTF8')
       from entry as signed where kind = 'joint-signature' and initiative = $1 and seq is not null
         and not exists (select 1 from entry as gone where gone.kind = 'void' and gone.about = signed.seq)
       order by seq limit $2`,
      [CASE, n, result === undefined ? '' : `,"result":"${result}"`],
    );

  async function enter(act: { readonly [name: string]: JsonValue }): Promise<void> {
    await house.platform.database.pool.query(
      `insert into entry (kind, initiative, is_act, body) values ('check-result', $1, true, $2)`,
      [CASE, canonicalJson(act)],
    );
  }
  /** A result; by default of the three that still count after five were voided. */
  const result = (totals: number, received = 3) => ({
    at: taipeiTimestamp(house.platform.clock.nowMs()),
    basis: '公民投票法第10條',
    body: {
      electronic: {
        excluded: { [GROUND]: totals },
        received,
        valid: received - totals,
        voids: 'ab'.repeat(32),
      },
      excluded: { [GROUND]: totals },
      of: 'signers',
      on: TODAY,
      received,
      required: 100,
      valid: received - totals,
    },
    capacity: 'registry',
    case: CASE,
    kind: 'check-result',
    v: 1,
  });
  const proofKey = ['--proof-key', formatVerifierKey(registry.key)] as const;

  it('without the registry’s result: the monitor says how many, on which ground', async () => {
    const monitor = house.monitor('voids', { args: proofKey });
    await monitor.sees('nothing wrong');
    await voidNext(5);
    const alert = await monitor.raises('void-without-total');
    expect(alert).toMatchObject({ case: CASE, evidence: { voids: { [GROUND]: 5 } } });
  });

  it('with a result the operator made up: it lacks the registry’s signature', async () => {
    const monitor = house.monitor('made up', { args: proofKey });
    await monitor.raises('void-without-total');
    await enter(result(3));
    const alert = await monitor.raises('act-without-proof');
    expect(alert.detail).toContain('check-result');
  });

  it('with the registry’s true result of two: one too many', async () => {
    const act = result(2);
    const { at: _, basis: __, ...said } = act;
    const digest = sha256(canonicalJson(said));
    const proof = signNote(`lianshu-act/1\n${toBase64(digest)}\n`, [registry]);
    await enter({ ...act, body: { ...act.body, proof } });
    await voidNext(3, toBase64Url(digest));
    const monitor = house.monitor('signed', { args: proofKey });
    const alert = await monitor.raises('void-beyond-total');
    expect(alert.evidence).toMatchObject({ ground: GROUND, voided: 3, allowed: 2 });
    await expect(monitor.raises('void-without-total')).resolves.toMatchObject({
      evidence: { voids: { [GROUND]: 5 } },
    });
  });

  it('and a check of fewer than counted: the registry’s word covers nobody it was not sent', async () => {
    await house.signed(819);
    await house.signed(820);
    const { at, basis, ...said } = result(1, 1);
    const proof = signNote(`lianshu-act/1\n${toBase64(sha256(canonicalJson(said)))}\n`, [registry]);
    await enter({ ...said, at, basis, body: { ...said.body, proof } });
    const alert = await house.monitor('few', { args: proofKey }).raises('result-not-of-all');
    expect(alert.evidence).toEqual({ received: 1, counted: 2 });
  });
});
