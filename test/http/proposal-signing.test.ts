/** 提案 over HTTP with real card signatures: once per person, its own statement, its own words, held ones settled. */
import { cast, citizen, signStatement } from '@lianshu/simulators';
import { toBase64Url } from '@lianshu/statement';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openDraft } from '../builders/draft.ts';
import { heldSignatures } from '../builders/held.ts';
import { offerWithoutScript, upload } from '../builders/no-script.ts';
import { eventually } from '../builders/published-log.ts';
import { offer, post, prepare, requestBody, send, sign, storedRows } from '../builders/signer.ts';
import { cardOf, startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;
let draft: string;

beforeAll(async () => {
  platform = await startPlatform({ identityWaitMs: 250 });
  await platform.openCase(CASE);
  draft = await openDraft(platform);
});
afterAll(() => platform?.close());
afterEach(async () => {
  platform.identity.state.fault = 'none';
  await platform.identity.comeBack();
});

/** The extra of a receipt, which opens its leaf. */
const extraOf = (receipt: unknown): Record<string, unknown> => {
  const [, line = ''] = String(receipt).split('\n');
  return JSON.parse(Buffer.from(line.slice('extra '.length), 'base64').toString()) as Record<string, unknown>;
};

describe('a proposal', () => {
  test('has a statement of its own that names the draft, and becomes an entry of its own kind', async () => {
    expect(draft).toBe('D00001');
    const prepared = await prepare(platform, cast.meiling, draft);
    const statement = new TextDecoder().decode(prepared.offered.statement);
    expect(statement).toContain('全國性公民投票案電子提案書\n規格：LIANSHU-PROPOSAL/1\n草案編號：D00001\n');
    expect(statement).not.toContain('連署');
    const answer = await send(platform, draft, prepared);
    expect(answer.status).toBe(201);
    expect(extraOf(answer.body['receipt'])).toMatchObject({ case: draft, kind: 'proposal-signature' });
    const state = await eventually(async () => {
      const { status, body } = await get(`/v1/receipts/${String(answer.body['commitment'])}`);
      return status === 200 ? body : undefined;
    });
    expect(state).toMatchObject({ state: 'included', case: draft });
  });

  test('counts one person once, and says so in words about proposals', async () => {
    await sign(platform, citizen(300), draft);
    const again = await sign(platform, citizen(300), draft);
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'E_ALREADY_SIGNED', type: '/problems/E_ALREADY_SIGNED' });
    expect(JSON.stringify(again.body)).toContain('提案人');
    expect(JSON.stringify(again.body)).not.toContain('連署');
  });

  test('and a joint signature are two acts: the same person may do both', async () => {
    expect((await sign(platform, citizen(301), draft)).status).toBe(201);
    expect((await sign(platform, citizen(301), CASE)).status).toBe(201);
  });

  test('cannot be made of a joint signature, nor the other way round', async () => {
    const person = citizen(302);
    const card = await cardOf(platform, person);
    for (const [number, from, to] of [
      [draft, '提案', '連署'],
      [CASE, '連署', '提案'],
    ] as const) {
      const offered = await offer(platform, number, person.nationalId);
      const before = await storedRows(platform, number);
      const text = new TextDecoder().decode(offered.statement).replaceAll(from, to);
      const [own, other] = number === draft ? ['PROPOSAL', 'TBS'] : ['TBS', 'PROPOSAL'];
      const bent = {
        ...offered,
        statement: new TextEncoder().encode(
          text.replace(`LIANSHU-${own}/1`, `LIANSHU-${other}/1`).replace('草案編號', '案號'),
        ),
      };
      const signed = signStatement(card, bent.statement, {
        form: 'cms-attached',
        nonce: offered.transaction,
        nowMs: platform.clock.nowMs(),
      });
      // What the client computes over the other statement, and what it would compute over the offered one.
      for (const over of [bent, offered]) {
        const answer = await send(platform, number, { body: requestBody(number, over, signed), offered });
        expect(answer.status, String(answer.body['code'])).toBe(422);
        expect(['E_CONTENT_MISMATCH', 'commitment-mismatch']).toContain(answer.body['code']);
      }
      expect(await storedRows(platform, number)).toBe(before);
    }
  });

  test('has addresses of its own: a case number is no draft, a draft number no case', async () => {
    const body = { signerCommitment: toBase64Url(new Uint8Array(32)) };
    for (const path of [
      '/v1/drafts/9901/transactions',
      '/v1/initiatives/D00001/transactions',
      '/v1/drafts/D00009/transactions',
      '/v1/drafts/d00001/transactions',
      '/v1/drafts/D1/transactions',
    ])
      expect((await post(platform, path, body)).status, path).toBe(404);
    const offered = await offer(platform, draft, cast.jiahao.nationalId);
    const sent = await post(platform, '/v1/initiatives/9901/joint-signatures', {
      ...requestBody(
        CASE,
        offered,
        signStatement(await cardOf(platform, cast.jiahao), offered.statement, {
          form: 'cms-attached',
          nonce: offered.transaction,
          nowMs: platform.clock.nowMs(),
        }),
      ),
    });
    expect(sent.body).toMatchObject({ code: 'E_TX_UNKNOWN' });
  });

  test('is signed without script too, on pages that say 提案 and never 連署', async () => {
    for (const [prefix, person] of [
      ['', citizen(305)],
      ['/en', citizen(306)],
    ] as const) {
      const where = { prefix, caseNumber: draft, id: person.nationalId };
      const form = await offerWithoutScript(platform, where);
      const { signature } = signStatement(await cardOf(platform, person), form.statement, {
        form: 'cms-attached',
        nowMs: platform.clock.nowMs(),
      });
      const answer = await upload(platform, where, form, signature);
      expect(answer.status).toBe(200);
      const again = await upload(platform, where, await offerWithoutScript(platform, where), signature);
      expect(again.status).toBe(422);
      expect(answer.html).toMatch(prefix === '' ? /提案/ : /proposal/i);
      for (const { html } of [answer, again]) {
        const [, main = ''] = /<main[^>]*>([\s\S]*)<\/main>/.exec(html) ?? [];
        expect(main.length).toBeGreaterThan(100);
        expect(main).not.toMatch(/連署|joint signature/i);
      }
    }
  });

  test('that was held is settled, and tells of its lead proposer only then', async () => {
    const held = heldSignatures(platform, draft);
    const own = await openDraft(platform);
    platform.identity.state.fault = 'silent';
    const commitment = await held.expectHeld(await sign(platform, cast.jiahao, own));
    expect((await platform.running.proposals.standing(own))?.hasLead).toBe(false);
    platform.identity.state.fault = 'none';
    expect((await held.settled(commitment)).outcome).toBe('counted');
    expect(await platform.running.proposals.standing(own)).toMatchObject({ hasLead: true, electronic: 1 });
  });

  test('of somebody else than the lead proposer says nothing about the lead proposer', async () => {
    const own = await openDraft(platform);
    expect((await sign(platform, citizen(303), own)).status).toBe(201);
    expect((await platform.running.proposals.standing(own))?.hasLead).toBe(false);
    expect((await sign(platform, cast.jiahao, own)).status).toBe(201);
    expect((await platform.running.proposals.standing(own))?.hasLead).toBe(true);
  });
});

async function get(path: string) {
  const response = await fetch(`${platform.url}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
