/** Held signatures through HTTP: promised, no tag taken, nothing revealed, settled later with the old time. */
import { citizen, type Person, sameTail, signStatement } from '@lianshu/simulators';
import { openNote, parsePromiseText, parseVerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { checkReceipt } from '@lianshu/verify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { heldSignatures } from '../builders/held.ts';
import { eventually, keysOf, publishedIndex, readPublishedLog } from '../builders/published-log.ts';
import { offer, prepare, requestBody, send, sign } from '../builders/signer.ts';
import { cardOf, startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;
let held: ReturnType<typeof heldSignatures>;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'], identityWaitMs: 250 });
  await platform.openCase(CASE);
  held = heldSignatures(platform, CASE);
});
afterAll(() => platform?.close());
afterEach(async () => {
  platform.identity.state.fault = 'none';
  await platform.identity.comeBack();
});

const service: Readonly<Record<string, () => Promise<void> | void>> = {
  silent: () => {
    platform.identity.state.fault = 'silent';
  },
  'answers 503': () => {
    platform.identity.state.fault = 'http-503';
  },
  'refuses connections': () => platform.identity.goDown(),
  'answers with another nonce': () => {
    platform.identity.state.fault = 'wrong-nonce';
  },
  'answers half a message': () => {
    platform.identity.state.fault = 'truncated';
  },
};

describe('the identity service gives no answer', () => {
  test.each(Object.keys(service).map((name, i) => [name, citizen(100 + i)] as const))(
    'it is %s: held, promised for two minutes after receipt, logged without a tag, then counted',
    async (name, person) => {
      const before = await held.counted();
      await service[name]?.();
      const prepared = await prepare(platform, person, CASE);
      const fromMs = platform.clock.nowMs();
      const answer = await send(platform, CASE, prepared);
      const toMs = platform.clock.nowMs();
      const commitment = await held.expectHeld(answer);

      const { promiseKey } = await platform.sealer.health();
      const key = parseVerifierKey(sha256, promiseKey);
      if (!key) throw new Error('the promise key cannot be read');
      const opened = openNote(nodeNotePrimitives, String(answer.body['promise']), [key]);
      if (!opened.ok) throw new Error(opened.code);
      const promise = parsePromiseText(opened.text);
      expect(promise).toMatchObject({ caseNumber: CASE });
      expect(Buffer.from(promise?.commitment ?? []).toString('base64url')).toBe(commitment);
      const received = Number((await held.heldRow(commitment))?.received);
      expect(received).toBeGreaterThanOrEqual(fromMs);
      expect(received).toBeLessThanOrEqual(toMs);
      const publishBy = Date.parse(promise?.publishBy ?? '');
      expect(publishBy).toBeGreaterThanOrEqual(received + 120_000 - 1_000);
      expect(publishBy).toBeLessThanOrEqual(received + 120_000 + 1_000);
      expect(promise?.received).toBe(`${new Date(received).toISOString().slice(0, 16)}Z`);

      const index = await publishedIndex(platform, commitment);
      expect(readPublishedLog(platform)?.entries[index]).toEqual({
        act: 'joint-signature',
        case: CASE,
        commitment,
        kind: 'held',
        v: 1,
      });

      // The same body again, while nothing is decided: the same answer, and no second row.
      const again = await send(platform, CASE, prepared);
      expect(again.status).toBe(202);
      expect(again.body).toEqual(answer.body);

      platform.identity.state.fault = 'none';
      await platform.identity.comeBack();
      expect(await held.settled(commitment)).toEqual({ outcome: 'counted', code: null });
      expect(await held.tagsOf(commitment)).toBe(1);
      expect((await held.heldRow(commitment))?.has_ciphertext).toBe(false);
      const entry = await eventually(() =>
        readPublishedLog(platform)?.entries.find((e) => e['kind'] === 'settled' && e['index'] === index),
      );
      expect(entry).toMatchObject({ act: 'joint-signature', case: CASE, outcome: 'counted', v: 1 });
      expect(entry['tag']).toMatch(/^[\w-]{43}$/);
      expect(await held.counted()).toMatchObject({
        held: (before['held'] ?? 0) + 1,
        settled_counted: (before['settled_counted'] ?? 0) + 1,
        signed: before['signed'] ?? 0,
      });

      const receipt = await send(platform, CASE, prepared);
      expect(receipt.status).toBe(201);
      expect(
        checkReceipt(nodeNotePrimitives, String(receipt.body['receipt']), { keys: keysOf(platform) }),
      ).toMatchObject({ code: 'included', receipt: { commitment, index, held: true, caseNumber: CASE } });
    },
  );

  test('nothing about an earlier signature is revealed, and nobody’s place is taken', async () => {
    const first = citizen(120);
    const stranger = citizen(121);
    expect((await sign(platform, first, CASE)).status).toBe(201);
    platform.identity.state.fault = 'silent';
    const ofFirst = await sign(platform, first, CASE);
    const ofStranger = await sign(platform, stranger, CASE);
    const one = await held.expectHeld(ofFirst);
    const other = await held.expectHeld(ofStranger);
    expect(Object.keys(ofFirst.body).sort()).toEqual(Object.keys(ofStranger.body).sort());
    expect(String(ofFirst.body['promise']).length).toBe(String(ofStranger.body['promise']).length);

    platform.identity.state.fault = 'none';
    expect(await held.settled(one)).toEqual({ outcome: 'refused', code: 'E_ALREADY_SIGNED' });
    expect(await held.settled(other)).toEqual({ outcome: 'counted', code: null });
  });

  test('somebody else whose number ends alike is held, then refused, and occupied nothing', async () => {
    const owner = citizen(130);
    const other: Person = { ...citizen(131), nationalId: sameTail(owner.nationalId) };
    const card = await cardOf(platform, owner);
    const offered = await offer(platform, CASE, other.nationalId);
    const signed = signStatement(card, offered.statement, {
      form: 'cms-attached',
      nonce: offered.transaction,
      nowMs: platform.clock.nowMs(),
    });
    platform.identity.state.fault = 'silent';
    const body = requestBody(CASE, offered, signed);
    const commitment = await held.expectHeld(await send(platform, CASE, { body, offered }));
    platform.identity.state.fault = 'none';
    await platform.authority.issueCard(other, { reuseKeys: true });
    expect((await sign(platform, other, CASE)).status).toBe(201);
    expect(await held.settled(commitment)).toEqual({ outcome: 'refused', code: 'E_ID_NOT_BOUND' });

    const refused = await eventually(async () => {
      const answer = await send(platform, CASE, { body, offered });
      return answer.status === 202 ? undefined : answer;
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'E_ID_NOT_BOUND' } });
    const api = await fetch(`${platform.url}/v1/receipts/${commitment}`);
    expect(await api.json()).toMatchObject({ state: 'refused-after-hold', code: 'E_ID_NOT_BOUND' });
  });

  test('another envelope of the same person is sealed meanwhile: the held one yields to it', async () => {
    const person = citizen(140);
    platform.identity.state.fault = 'silent';
    const heldOne = await held.expectHeld(await sign(platform, person, CASE));
    platform.identity.state.fault = 'none';
    expect((await sign(platform, person, CASE)).status).toBe(201);
    const before = await held.counted();
    expect(await held.settled(heldOne)).toEqual({ outcome: 'refused', code: 'E_ALREADY_SIGNED' });
    await eventually(
      async () => (await held.counted())['settled_refused'] === (before['settled_refused'] ?? 0) + 1,
    );
    expect((await held.counted())['signed']).toBe(before['signed']);
    expect((await held.counted())['settled_counted']).toBe(before['settled_counted']);
  });

  test('two envelopes of one person, both held: one is counted, one refused', async () => {
    const person = citizen(141);
    platform.identity.state.fault = 'http-503';
    const one = await held.expectHeld(await sign(platform, person, CASE));
    const two = await held.expectHeld(await sign(platform, person, CASE));
    platform.identity.state.fault = 'none';
    const outcomes = [await held.settled(one), await held.settled(two)];
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['counted', 'refused']);
    expect(outcomes.find(({ outcome }) => outcome === 'refused')?.code).toBe('E_ALREADY_SIGNED');
  });

  test('a transaction number is spent by a held signature as by a sealed one', async () => {
    const person = citizen(142);
    const { offered, body } = await prepare(platform, person, CASE);
    const second = signStatement(await cardOf(platform, person), offered.statement, {
      form: 'pkcs1',
      nowMs: platform.clock.nowMs(),
    });
    const other = { body: requestBody(CASE, offered, second, 'pkcs1'), offered };
    platform.identity.state.fault = 'silent';
    const commitment = await held.expectHeld(await send(platform, CASE, { body, offered }));
    expect(await send(platform, CASE, other)).toMatchObject({ status: 409, body: { code: 'E_TX_USED' } });
    platform.identity.state.fault = 'none';
    expect(await send(platform, CASE, other)).toMatchObject({ status: 409, body: { code: 'E_TX_USED' } });
    expect((await held.settled(commitment)).outcome).toBe('counted');
  });

  test('sent twice, held once and sealed once at the same moment: one signature, no fault', async () => {
    const person = citizen(143);
    const prepared = await prepare(platform, person, CASE);
    platform.identity.state.fault = 'silent';
    const slow = send(platform, CASE, prepared);
    await new Promise((resolve) => setTimeout(resolve, 120));
    platform.identity.state.fault = 'none';
    const fast = await send(platform, CASE, prepared);
    expect(fast.status).toBe(201);
    const first = await slow;
    expect([201, 202]).toContain(first.status);
    expect(first.body['commitment']).toBe(fast.body['commitment']);
    expect(await held.tagsOf(fast.body['commitment'])).toBe(1);
    expect(await held.heldRow(fast.body['commitment'])).toBeUndefined();
  });
});
