/** Every code of checks 1–20, 22 and 25 provoked through HTTP: coded, in both languages, and nothing stored. */
import { bends, cast, citizen, sameTail, signStatement } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  offer,
  post,
  prepare,
  requestBody,
  send,
  sign,
  storedRows,
} from '../builders/signer.ts';
import { cardOf, startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;

/** Somebody else whose number ends alike. */
const citizenWithTail = (id: string) => {
  const nationalId = sameTail(id);
  return { ...citizen(77), nationalId };
};

beforeAll(async () => {
  platform = await startPlatform();
  await platform.openCase(CASE);
});
afterAll(() => platform?.close());

/** A refusal: the code, its check, sentences in the language asked for, and not a trace in the database. */
async function expectRefused(answer: Answer, code: string, check?: number): Promise<void> {
  expect(answer.body).toMatchObject({ code, status: answer.status });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(String(answer.body['title']).length).toBeGreaterThan(5);
  expect(String(answer.body['next']).length).toBeGreaterThan(3);
  expect(String(answer.body['type'])).toContain(`/problems/${code}`);
  if (check !== undefined) expect(answer.body['check']).toBe(check);
}

describe('envelopes bent in one thing', () => {
  test.each(Object.entries(bends))('%s', async (code, bend) => {
    const person = cast.meiling;
    const offered = await offer(platform, CASE, person.nationalId);
    const before = await storedRows(platform, CASE);
    const envelope = await bend.make({
      authority: platform.authority,
      person,
      statement: offered.statement,
      nonce: offered.transaction,
      nowMs: platform.clock.nowMs(),
    });
    if (bend.needsNewLists) {
      platform.authority.publishLists();
      await platform.sealer.reloadRevocation();
    }
    const answer = await send(platform, CASE, { body: requestBody(CASE, offered, envelope), offered });
    if (bend.warning) {
      expect(answer.status).toBe(201);
      return;
    }
    await expectRefused(answer, code, bend.check);
    expect(await storedRows(platform, CASE)).toBe(before);
  });
});

describe('what is wrong before the envelope is looked at', () => {
  test('1 E_FORMAT：欄位不符，指出是哪一欄', async () => {
    const { body, offered } = await prepare(platform, cast.jiahao, CASE);
    for (const [field, value] of [
      ['form', 'pdf'],
      ['receiptSecret', 'AAAA'],
      ['recordCommitment', 'x'.repeat(43)],
      ['signature', '!'.repeat(100)],
    ] as const) {
      const answer = await send(platform, CASE, { body: { ...body, [field]: value }, offered });
      await expectRefused(answer, 'E_FORMAT', 1);
      expect(answer.body['errors']).toMatchObject([{ pointer: `/${field}` }]);
    }
    const extra = await send(platform, CASE, { body: { ...body, surprise: 1 }, offered });
    await expectRefused(extra, 'E_FORMAT', 1);
  });

  test('1 E_TOO_LARGE：簽章超過 64 kB', async () => {
    const { body, offered } = await prepare(platform, cast.jiahao, CASE);
    const answer = await send(platform, CASE, { body: { ...body, signature: 'A'.repeat(88_000) }, offered });
    await expectRefused(answer, 'E_TOO_LARGE', 1);
  });

  test('truncated JSON and a foreign content type are refused before anything is read', async () => {
    const path = `/v1/initiatives/${CASE}/joint-signatures`;
    expect(await post(platform, path, '{"nationalId":')).toMatchObject({
      status: 400,
      body: { code: 'malformed-input' },
    });
    const text = await fetch(`${platform.url}${path}`, {
      method: 'POST',
      body: '<xml/>',
      headers: { 'content-type': 'application/xml' },
    });
    expect(text.status).toBe(415);
    const huge = await post(platform, path, { nationalId: 'x'.repeat(300_000) });
    expect(huge).toMatchObject({ status: 413, body: { code: 'too-large' } });
  });

  test('2 E_TX_UNKNOWN：改過的、別人的、別案的憑單', async () => {
    await platform.openCase('9903');
    const { body, offered } = await prepare(platform, cast.jiahao, CASE);
    const token = String(body['token']);
    const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    await expectRefused(
      await send(platform, CASE, { body: { ...body, token: changed }, offered }),
      'E_TX_UNKNOWN',
      2,
    );
    const stranger = { body, offered: { cookie: `__Host-lianshu=${'A'.repeat(22)}` } };
    await expectRefused(await send(platform, CASE, stranger), 'E_TX_UNKNOWN', 2);
    await expectRefused(await send(platform, '9903', { body, offered }), 'E_TX_UNKNOWN', 2);
  });

  test('4 E_TBS_MISMATCH：送來的身分證字號不是承諾的那一個', async () => {
    const { body, offered } = await prepare(platform, cast.jiahao, CASE);
    const other = { ...body, nationalId: cast.zhiming.nationalId };
    await expectRefused(await send(platform, CASE, { body: other, offered }), 'E_TBS_MISMATCH', 4);
  });

  test('4 commitment-mismatch：L 與組成不符', async () => {
    const one = await prepare(platform, cast.jiahao, CASE);
    const two = await prepare(platform, cast.jiahao, CASE);
    const mixed = { ...one.body, recordCommitment: two.body['recordCommitment'] };
    await expectRefused(
      await send(platform, CASE, { body: mixed, offered: one.offered }),
      'commitment-mismatch',
      4,
    );
  });

  test('6 E_ID_FORMAT：檢查碼錯誤', async () => {
    const { body, offered } = await prepare(platform, cast.jiahao, CASE);
    const wrong = { ...body, nationalId: 'A123456788' };
    await expectRefused(await send(platform, CASE, { body: wrong, offered }), 'E_ID_FORMAT', 6);
  });

  test('2 E_TX_EXPIRED：十分鐘後；已收下的那一份仍得到同樣的收執', async () => {
    const late = await prepare(platform, cast.zhiming, CASE);
    const kept = await prepare(platform, cast.chenghan, CASE);
    const first = await send(platform, CASE, kept);
    expect(first.status).toBe(201);
    platform.clock.moveBy(10 * 60_000 + 1_000);
    await expectRefused(await send(platform, CASE, late), 'E_TX_EXPIRED', 2);
    const again = await send(platform, CASE, kept);
    expect(again.status).toBe(201);
    expect(again.body['commitment']).toBe(first.body['commitment']);
    expect(again.body['included']).toMatchObject({
      index: (first.body['included'] as { index: number }).index,
    });
  });

  test('2 E_TX_USED：用過的交易序號不能再存另一份', async () => {
    const person = cast.alan;
    const { offered, body } = await prepare(platform, person, CASE);
    expect((await send(platform, CASE, { body, offered })).status).toBe(201);
    const card = await cardOf(platform, person);
    const second = signStatement(card, offered.statement, {
      form: 'pkcs1',
      nonce: offered.transaction,
      nowMs: platform.clock.nowMs(),
    });
    const answer = await send(platform, CASE, { body: requestBody(CASE, offered, second, 'pkcs1'), offered });
    await expectRefused(answer, 'E_TX_USED', 2);
  });

  test('3 E_INITIATIVE_CLOSED：已結束的案不給連署書', async () => {
    await platform.openCase('9904', 400);
    const answer = await post(platform, '/v1/initiatives/9904/transactions', {
      signerCommitment: 'A'.repeat(43),
    });
    await expectRefused(answer, 'E_INITIATIVE_CLOSED', 3);
    expect(
      (await post(platform, '/v1/initiatives/9999/transactions', { signerCommitment: 'A'.repeat(43) }))
        .status,
    ).toBe(404);
  });
});

describe('the identity service decides', () => {
  test('22 E_ID_NOT_BOUND：末四碼相同的另一個人', async () => {
    const [one, other] = [cast.jiahao, citizenWithTail(cast.jiahao.nationalId)];
    const card = await cardOf(platform, one);
    const offered = await offer(platform, CASE, other.nationalId);
    const signed = signStatement(card, offered.statement, {
      form: 'cms-attached',
      nonce: offered.transaction,
      nowMs: platform.clock.nowMs(),
    });
    const before = await storedRows(platform, CASE);
    const answer = await send(platform, CASE, { body: requestBody(CASE, offered, signed), offered });
    await expectRefused(answer, 'E_ID_NOT_BOUND', 22);
    expect(await storedRows(platform, CASE)).toBe(before);
    await platform.authority.issueCard(other, { reuseKeys: true });
    expect((await sign(platform, other, CASE)).status).toBe(201);
  });

  test('22 E_CERT_NOT_ACTIVATED：尚未開卡', async () => {
    const person = cast.guoqiang;
    const card = await platform.authority.issueCard(person, {
      activated: false,
      label: 'asleep',
      reuseKeys: true,
    });
    const offered = await offer(platform, CASE, person.nationalId);
    const signed = signStatement(card, offered.statement, {
      form: 'cms-attached',
      nonce: offered.transaction,
      nowMs: platform.clock.nowMs(),
    });
    const answer = await send(platform, CASE, { body: requestBody(CASE, offered, signed), offered });
    await expectRefused(answer, 'E_CERT_NOT_ACTIVATED', 22);
  });
});

describe('25 E_ALREADY_SIGNED', () => {
  test('says when the first was, only after signature and identity are confirmed', async () => {
    const person = cast.yating;
    const first = await sign(platform, person, CASE);
    expect(first.status).toBe(201);
    const again = await sign(platform, person, CASE);
    await expectRefused(again, 'E_ALREADY_SIGNED', 25);
    expect(String(again.body['firstSignedAt'])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);

    const offered = await offer(platform, CASE, person.nationalId);
    const stranger = await cardOf(platform, cast.shufen);
    const forged = signStatement(stranger, offered.statement, {
      form: 'cms-attached',
      nonce: offered.transaction,
      nowMs: platform.clock.nowMs(),
    });
    const answer = await send(platform, CASE, { body: requestBody(CASE, offered, forged), offered });
    expect(answer.body['code']).toBe('E_ID_TAIL');
    expect(JSON.stringify(answer.body)).not.toContain('firstSignedAt');
  });

  test('two cards of one person count once', async () => {
    const person = cast.shufen;
    const second = await platform.authority.issueCard(person, {
      label: 'second',
      issuer: 'SIM-MOICA-G2',
      reuseKeys: true,
    });
    expect((await sign(platform, person, CASE)).status).toBe(201);
    const offered = await offer(platform, CASE, person.nationalId);
    const signed = signStatement(second, offered.statement, {
      form: 'cms-attached',
      nonce: offered.transaction,
      nowMs: platform.clock.nowMs(),
    });
    const answer = await send(platform, CASE, { body: requestBody(CASE, offered, signed), offered });
    await expectRefused(answer, 'E_ALREADY_SIGNED', 25);
  });
});
