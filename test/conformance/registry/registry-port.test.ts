import { formatIdentityFile, openLetter } from '@lianshu/seal';
import { cast, citizen, REGISTRY_FAULTS, type RegistryServer, startRegistry } from '@lianshu/simulators';
import { toHex } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addsUp,
  batchBytes,
  type CheckBatch,
  type RegistryFault,
  readRegistryKeys,
  registryHttp,
  type SentBatch,
} from '../../../src/registry/index.ts';
import { newKey, sealedRoll, sealedSheet } from '../../builders/sealed-roll.ts';

/** Both sides of the port against each other: what the simulator says is what the adapter accepts, and nothing else. */

const DRAFT = 'D00001';
const ON = '2026-11-20';
let server: RegistryServer;
let keys: Awaited<ReturnType<typeof newKey>>;
let lead: Awaited<ReturnType<typeof newKey>>;
const paperKeys = new Map<string, string>();
const nowMs = Date.parse('2026-11-22T04:00:00Z');

beforeAll(async () => {
  [keys, lead] = [await newKey(), await newKey()];
  server = await startRegistry({
    port: 0,
    clock: () => nowMs,
    identityFiles: (of) => (of === DRAFT ? [formatIdentityFile(keys)] : []),
    paperKeys,
  });
});
afterAll(() => server.close());

const port = (waitMs = 5_000) =>
  registryHttp({
    url: server.url,
    keys: readRegistryKeys(server.verifierKey, false),
    fetchFrom: fetch,
    waitMs,
  });

let number = 0;
const nextId = () => (number++).toString(16).padStart(32, '0');

async function batchOf(more: Partial<CheckBatch> = {}): Promise<CheckBatch> {
  const people = [cast.meiling, cast.ziqing, citizen(1), citizen(2), citizen(3)];
  const electronic = await sealedRoll(DRAFT, people, keys.recipient);
  return {
    id: nextId(),
    caseNumber: '9005',
    of: 'proposers',
    on: ON,
    required: 5,
    least: 1,
    electronic,
    paper: [],
    barred: [],
    letterTo: [lead.recipient],
    ...more,
  };
}

const sentOf = (batch: CheckBatch): SentBatch => ({
  id: batch.id,
  caseNumber: batch.caseNumber,
  of: batch.of,
  required: batch.required,
  least: batch.least,
  digest: toHex(sha256(batchBytes(batch))),
  entries: [...(batch.electronic?.entries.values() ?? [])],
  paper: batch.paper.map(({ row }) => row),
});

const send = (batch: CheckBatch) => port().send(batch.id, batchBytes(batch));

async function check(batch: CheckBatch) {
  const registry = port();
  const sent = await send(batch);
  if (!sent.ok) throw new Error(sent.fault);
  const answer = await registry.ask(sentOf(batch));
  if (!answer.ok) throw new Error(answer.fault);
  if (answer.state !== 'finished') throw new Error(answer.state);
  return answer.checked;
}

const residentOf = (id: string) => {
  const found = server.register.find(id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe('the household registry', () => {
  it('judges electronic proposers on the filing day, and seals whom it deleted to the lead proposer alone', async () => {
    server.register.trouble(citizen(2).nationalId, 'resident-since', '2026-05-21');
    server.register.trouble(citizen(3).nationalId, 'resident-since', '2026-05-20');
    const { body, voids, letter } = await check(await batchOf());
    expect(voids).toEqual([
      { index: 101, ground: 'not-qualified' },
      { index: 103, ground: 'not-qualified' },
    ]);
    expect(body).toMatchObject({
      received: 5,
      valid: 3,
      excluded: { 'not-qualified': 2 },
      reasons: { AGE: 1, RESIDENCE: 1 },
      on: '2026-11-22',
    });
    expect(addsUp(body) && addsUp(body.electronic)).toBe(true);
    const text = await openLetter([lead.identity], letter ?? new Uint8Array());
    expect(text).toContain(cast.ziqing.name);
    expect(text).not.toContain(cast.ziqing.nationalId);
    expect(text).not.toContain(cast.meiling.name);
    await expect(openLetter([keys.identity], letter ?? new Uint8Array())).rejects.toMatchObject({
      code: 'no-identity',
    });
  });

  it('gives a case one key, also when many sheets ask for it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => port().recipientFor('9977')));
    expect(new Set(answers.map((one) => (one.ok ? one.recipient : one.fault))).size).toBe(1);
  });

  it('judges paper by name, ID and address; counts one person once, the electronic one', async () => {
    const recipient = await port().recipientFor(DRAFT);
    if (!recipient.ok) throw new Error(recipient.fault);
    const written = [
      { of: citizen(10) },
      { of: citizen(10) },
      { of: cast.meiling },
      { of: citizen(11), name: '範錯字' },
      { of: citizen(12), address: '臺北市不明' },
      { of: citizen(13) },
      { of: citizen(14) },
      { of: citizen(15), nationalId: citizen(16).nationalId },
    ];
    const paper = await Promise.all(
      written.map(({ of, ...more }, i) =>
        sealedSheet(i + 1, DRAFT, residentOf(of.nationalId), recipient.recipient, more),
      ),
    );
    server.markSheet(residentOf(citizen(13).nationalId).township, 6, 'UNSIGNED');
    server.markSheet(residentOf(citizen(14).nationalId).township, 7, 'FORGED');
    const { body, voids, paper: deleted, letter } = await check(await batchOf({ paper, required: 99 }));
    const text = await openLetter([lead.identity], letter ?? new Uint8Array());
    const reasons = new Map(
      [...text.matchAll(/^紙本 \d{8}-(\d+)\t[^\t]*\t([A-Z_]+)\t/gm)].map(([, row, reason]) => [
        Number(row),
        reason,
      ]),
    );
    // Outside the letter it is known which sheets are deleted, and not why.
    expect([...deleted].sort((a, b) => a - b)).toEqual([...reasons.keys()].sort((a, b) => a - b));
    const duplicates = [reasons.get(1), reasons.get(2)].filter(
      (reason) => reason === 'DUPLICATE_SAME_MEDIUM',
    );
    expect(duplicates).toHaveLength(1);
    expect([3, 4, 5, 6, 7, 8].map((row) => reasons.get(row))).toEqual([
      'DUPLICATE_PAPER_VS_E',
      'NAME_OR_ID_ERROR',
      'ADDRESS_ERROR',
      'UNSIGNED',
      'FORGED',
      'NAME_OR_ID_ERROR',
    ]);
    expect(voids.map(({ index }) => index)).not.toContain(100);
    expect(body.excluded).toEqual({
      duplicate: 2,
      forged: 1,
      'name-id-or-address': 3,
      'not-qualified': 2,
      unsigned: 1,
    });
  });

  it.each([
    ['deceased', 'DECEASED', 'not-qualified'],
    ['guardianship', 'GUARDIANSHIP', 'not-qualified'],
    ['moved-abroad', 'RESIDENCE', 'not-qualified'],
    ['not-national', 'NOT_NATIONAL', 'not-qualified'],
  ] as const)('knows who is %s on that day, and from the day on only', async (trouble, reason, ground) => {
    const [now, later] = [citizen(30 + number * 2), citizen(31 + number * 2)];
    server.register.trouble(now.nationalId, trouble, ON);
    server.register.trouble(later.nationalId, trouble, '2026-11-21');
    const electronic = await sealedRoll(DRAFT, [now, later], keys.recipient);
    const { body, voids } = await check(await batchOf({ electronic, required: 1 }));
    expect(voids).toEqual([{ index: 100, ground }]);
    expect(body.reasons).toEqual({ [reason]: 1 });
  });

  it('deletes the proposers of an abandoned case of the same matter', async () => {
    const electronic = await sealedRoll(DRAFT, [citizen(70), citizen(71)], keys.recipient);
    const earlier = await sealedRoll(DRAFT, [citizen(71), citizen(72)], keys.recipient, 5);
    const barred = [{ caseNumber: '9001', electronic: earlier, paper: [] }];
    const { body, voids } = await check(await batchOf({ electronic, barred }));
    expect(voids).toEqual([{ index: 101, ground: 'barred-proposer' }]);
    expect(body.reasons).toEqual({ BARRED_PROPOSER: 1 });
  });

  it('tells no reason of fewer than the fewest that may be told', async () => {
    const few = await check(await batchOf({ least: 2 }));
    expect(few.body).toMatchObject({ excluded: { 'not-qualified': 2 }, reasons: {} });
    const people = Array.from({ length: 5 }, (_, i) => citizen(900 + i));
    for (const [i, { nationalId }] of people.entries())
      server.register.trouble(nationalId, i < 3 ? 'deceased' : 'guardianship', ON);
    const electronic = await sealedRoll(DRAFT, people, keys.recipient);
    const told = async (least: number) => (await check(await batchOf({ electronic, least }))).body.reasons;
    expect(await told(2)).toEqual({ DECEASED: 3, GUARDIANSHIP: 2 });
    // Two would be left over, and could be worked out.
    expect(await told(3)).toEqual({});
  });

  it('judges what came with a supplement on the day of the supplement', async () => {
    const [now, later] = [citizen(920), citizen(921)];
    for (const { nationalId } of [now, later])
      server.register.trouble(nationalId, 'resident-since', '2026-05-10');
    const electronic = await sealedRoll(DRAFT, [now, later], keys.recipient);
    const supplemented = { ...electronic, later: { entries: [101], on: '2026-11-30' } };
    const { voids } = await check(await batchOf({ electronic: supplemented, on: '2026-11-01' }));
    expect(voids).toEqual([{ index: 100, ground: 'not-qualified' }]);
  });

  it('tells how far it is, and takes the same batch twice', async () => {
    server.state.workMs = 60_000;
    const batch = await batchOf();
    expect(await send(batch)).toEqual(await send(batch));
    expect(await port().ask(sentOf(batch))).toEqual({ ok: true, state: 'working', done: 0, of: 5 });
    expect(await send({ ...batch, required: 6 })).toEqual({ ok: false, fault: 'other-batch' });
    server.state.workMs = 0;
    expect(await port().ask(sentOf(batch))).toMatchObject({ state: 'finished' });
    expect(await port().ask({ ...sentOf(batch), id: nextId() })).toEqual({
      ok: false,
      fault: 'unknown-check',
    });
  });

  it('refuses the whole of a batch of which it cannot open a row', async () => {
    const stranger = await newKey();
    const batch = await batchOf({ electronic: await sealedRoll(DRAFT, [citizen(1)], stranger.recipient) });
    expect((await send(batch)).ok).toBe(true);
    expect(await port().ask(sentOf(batch))).toEqual({ ok: false, fault: 'unreadable' });
    const moved = await sealedSheet(1, 'D00009', residentOf(citizen(1).nationalId), keys.recipient);
    const other = await batchOf({ paper: [{ ...moved, caseNumber: DRAFT }] });
    await send(other);
    expect(await port().ask(sentOf(other))).toEqual({ ok: false, fault: 'unreadable' });
  });

  const FAULTS: Readonly<Record<string, RegistryFault>> = {
    'http-503': 'unreachable',
    garbage: 'malformed',
    partial: 'partial',
    'foreign-row': 'foreign-row',
    'wrong-signature': 'proof-wrong',
    unsigned: 'proof-wrong',
    'wrong-sum': 'sum-wrong',
    'wrong-rows': 'voids-differ',
    'other-batch': 'other-batch',
    'unknown-reason': 'reason-unknown',
    'paper-reason': 'reason-unknown',
    silent: 'unreachable',
  };

  it('has a code for each way to misbehave', () => {
    expect(Object.keys(FAULTS).sort()).toEqual(REGISTRY_FAULTS.filter((fault) => fault !== 'none').sort());
  });

  it.each(Object.entries(FAULTS))('%s is refused as %s', async (fault, expected) => {
    const batch = await batchOf();
    expect((await send(batch)).ok).toBe(true);
    server.state.fault = fault as (typeof REGISTRY_FAULTS)[number];
    try {
      expect(await port(fault === 'silent' ? 150 : 5_000).ask(sentOf(batch))).toEqual({
        ok: false,
        fault: expected,
      });
      if (fault === 'wrong-signature')
        expect(await port().recipientFor(DRAFT)).toEqual({ ok: false, fault: 'proof-wrong' });
    } finally {
      server.state.fault = 'none';
    }
    expect(await port().ask(sentOf(batch))).toMatchObject({ ok: true, state: 'finished' });
  });

  it('is unreachable when it is down', async () => {
    await server.goDown();
    expect(await port().recipientFor(DRAFT)).toEqual({ ok: false, fault: 'unreachable' });
    expect(await send(await batchOf())).toEqual({ ok: false, fault: 'unreachable' });
    await server.comeBack();
  });
});

describe('the keys of a registry', () => {
  it('are refused in production when they are a simulator’s', () => {
    expect(() => readRegistryKeys(server.verifierKey, true)).toThrow(
      expect.objectContaining({ code: 'E_SIM_IN_PROD' }),
    );
    expect(readRegistryKeys(server.verifierKey, false)).toHaveLength(1);
  });

  it('are refused when there is none, or a line is no key', () => {
    expect(() => readRegistryKeys('', false)).toThrow(expect.objectContaining({ code: 'no-registry-key' }));
    expect(() => readRegistryKeys('nonsense\n', false)).toThrow(
      expect.objectContaining({ code: 'keys-malformed' }),
    );
  });
});
