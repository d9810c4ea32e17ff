/** Signing without script: page, statement, upload, receipt; and every refusal as a page in both languages. */
import { bends, cast, citizen, sameTail, signStatement } from '@lianshu/simulators';
import { parseVerifierKeys } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { checkReceipt } from '@lianshu/verify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_CATALOGUE } from '../../src/credentials/index.ts';
import { PLATFORM_PROBLEMS } from '../../src/platform/http/problem.ts';
import {
  askStatement,
  type HtmlAnswer,
  offerWithoutScript,
  type Prefix,
  request,
  type StatementForm,
  upload,
} from '../builders/no-script.ts';
import { keysOf } from '../builders/published-log.ts';
import { storedRows } from '../builders/signer.ts';
import { cardOf, startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
const PREFIXES: readonly Prefix[] = ['', '/en'];
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'], identityWaitMs: 400 });
  await platform.openCase(CASE);
});
afterAll(() => platform?.close());
afterEach(() => {
  platform.identity.state.fault = 'none';
});

const catalogue: Readonly<Record<string, { status: number; title: Record<string, string> }>> = {
  ...POLICY_CATALOGUE,
  ...PLATFORM_PROBLEMS,
};

/** What every page must be, whatever it says. `id` is what was typed. */
function expectPage(answer: HtmlAnswer, prefix: Prefix, id: string): void {
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.html).toContain(prefix === '' ? '<html lang="zh-Hant-TW"' : '<html lang="en"');
  expect(answer.html).toContain('<meta name="robots" content="noindex"');
  expect(answer.html).toContain(prefix === '' ? '<strong>示範</strong>' : '<strong>Demonstration</strong>');
  expect(answer.html).not.toContain(id);
  expect(answer.html.toLowerCase()).not.toContain(id.toLowerCase());
}

function expectRefusal(answer: HtmlAnswer, code: string, prefix: Prefix, id: string): void {
  const entry = catalogue[code];
  const language = prefix === '' ? 'zh-Hant-TW' : 'en';
  const heading = /<h1[^>]*>([^<]*)<\/h1>/.exec(answer.html)?.[1];
  expect([code, answer.status]).toEqual([code, entry?.status]);
  expect(heading?.replace(/&#39;/g, "'").replace(/&quot;/g, '"')).toBe(entry?.title[language]);
  expect(answer.html).toContain('class="error-summary" role="alert"');
  expect(answer.html).toMatch(prefix === '' ? /<title>錯誤：/ : /<title>Error: /);
  expectPage(answer, prefix, id);
}

async function signed(form: StatementForm, person: Parameters<typeof cardOf>[1], detached = false) {
  return signStatement(await cardOf(platform, person), form.statement, {
    form: detached ? 'cms-detached' : 'cms-attached',
    nowMs: platform.clock.nowMs(),
  }).signature;
}

describe('the whole way', () => {
  const base64 = (der: Uint8Array) => Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n');
  const ways: Readonly<Record<string, (der: Uint8Array) => Uint8Array | string>> = {
    DER: (der) => der,
    PEM: (der) => `-----BEGIN CMS-----\n${base64(der)}\n-----END CMS-----\n`,
    'PEM with Windows line ends': (der) =>
      `-----BEGIN PKCS7-----\r\n${base64(der).replace(/\n/g, '\r\n')}\r\n-----END PKCS7-----\r\n`,
    base64: (der) => Buffer.from(der).toString('base64'),
    'detached DER': (der) => der,
  };

  test.each(
    Object.keys(ways).flatMap((name, i) =>
      PREFIXES.map((prefix, j) => [name, prefix, citizen(2 * i + j)] as const),
    ),
  )('%s, %s', async (name, prefix, person) => {
    const page = await request(platform, `${prefix}/initiatives/${CASE}/sign`);
    expect(page.status).toBe(200);
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(page.html).toContain(`action="${prefix}/initiatives/${CASE}/statement"`);
    const form = await offerWithoutScript(platform, { prefix, caseNumber: CASE, id: person.nationalId });
    expect(form.receiptSecret).toHaveLength(32);
    const file = ways[name]?.(await signed(form, person, name.startsWith('detached'))) ?? '';
    const answer = await upload(platform, { prefix, caseNumber: CASE }, form, file);
    expect(answer.status).toBe(200);
    expectPage(answer, prefix, person.nationalId);
    expect(answer.html).toContain(prefix === '' ? '<h1>連署完成</h1>' : '<h1>Signed</h1>');
    const link = /href="data:application\/octet-stream;base64,([^"]+)" download="([^"]+)"/.exec(answer.html);
    expect(link?.[2]).toMatch(/^lianshu-9901-[\w-]{8}\.tlog-proof$/);
    const receipt = Buffer.from(link?.[1] ?? '', 'base64');
    const verdict = checkReceipt(nodeNotePrimitives, receipt, { keys: keysOf(platform) });
    expect(verdict).toMatchObject({
      code: 'included',
      receipt: { caseNumber: CASE, serverMadeSecret: true },
    });
    // The form sent once more, as after a lost answer: the same entry.
    const again = await upload(platform, { prefix, caseNumber: CASE }, form, file);
    const second = /base64,([^"]+)" download/.exec(again.html)?.[1] ?? '';
    const repeated = checkReceipt(nodeNotePrimitives, Buffer.from(second, 'base64'), {
      keys: keysOf(platform),
    });
    if (verdict.code !== 'included' || repeated.code !== 'included') throw new Error(repeated.code);
    expect(repeated.receipt.index).toBe(verdict.receipt.index);
  });

  test.each(PREFIXES)('held: the promise to save instead, %s', async (prefix) => {
    const person = citizen(prefix === '' ? 30 : 31);
    const form = await offerWithoutScript(platform, { prefix, caseNumber: CASE, id: person.nationalId });
    platform.identity.state.fault = 'silent';
    const answer = await upload(platform, { prefix, caseNumber: CASE }, form, await signed(form, person));
    expectPage(answer, prefix, person.nationalId);
    expect(answer.html).toContain(prefix === '' ? '<h1>已收下，等待確認</h1>' : '<h1>Received, waiting');
    const link = /base64,([^"]+)" download="[^"]+\.promise"/.exec(answer.html);
    const { promiseKey } = await platform.sealer.health();
    const { keys } = parseVerifierKeys(sha256, promiseKey);
    const promise = Buffer.from(link?.[1] ?? '', 'base64');
    expect(checkReceipt(nodeNotePrimitives, promise, { keys })).toMatchObject({ code: 'promised' });
    // The log's own keys do not sign promises: none can be read as a checkpoint.
    expect(checkReceipt(nodeNotePrimitives, promise, { keys: keysOf(platform) }).code).toBe('unknown-signer');
  });
});

describe('refusals of the envelope', () => {
  const refusing = Object.entries(bends).filter(([, bend]) => bend.warning !== true);

  test.each(refusing)('%s', async (code, bend) => {
    const person = cast.meiling;
    const form = await offerWithoutScript(platform, { prefix: '', caseNumber: CASE, id: person.nationalId });
    const before = await storedRows(platform, CASE);
    const { signature } = await bend.make({
      authority: platform.authority,
      person,
      statement: form.statement,
      nonce: form.transaction,
      nowMs: platform.clock.nowMs(),
    });
    if (bend.needsNewLists) {
      platform.authority.publishLists();
      await platform.sealer.reloadRevocation();
    }
    for (const prefix of PREFIXES) {
      const answer = await upload(platform, { prefix, caseNumber: CASE }, form, signature);
      expectRefusal(answer, code, prefix, person.nationalId);
    }
    expect(await storedRows(platform, CASE)).toBe(before);
  });
});

describe.each(PREFIXES)('refusals of the request, %s', (prefix) => {
  const where = { prefix, caseNumber: CASE };
  const person = prefix === '' ? cast.jiahao : cast.zhiming;
  const fresh = (id: string = person.nationalId) => offerWithoutScript(platform, { ...where, id });

  test.each(['A123456788', 'ａ１２３', '<script>alert(1)</script>', 'AC01234567', ''])(
    'the number typed is no number: the form comes back without it (%s)',
    async (typed) => {
      const answer = await askStatement(platform, { ...where, id: typed });
      expect(answer.status).toBe(422);
      expectPage(answer, prefix, typed === '' ? ' value="A' : typed);
      expect(answer.html).toContain('class="error-summary" role="alert"');
      expect(answer.html).toContain('href="#national-id"');
      expect(answer.html).toContain('id="national-id-error"');
    },
  );

  test('nothing that reads as a file: garbage, PEM of nothing, an empty file, a picture', async () => {
    const form = await fresh();
    for (const file of [
      '-----BEGIN CMS-----\n-----END CMS-----\n',
      'not a signature!',
      'QUJD',
      '\x89PNG\r\n',
    ]) {
      const answer = await upload(platform, where, form, file);
      expectRefusal(answer, 'E_CMS_SHAPE', prefix, form.nationalId);
    }
    expectRefusal(await upload(platform, where, form, ''), 'malformed-input', prefix, form.nationalId);
    const big = await upload(platform, where, form, new Uint8Array(65 * 1024).fill(0x30));
    expectRefusal(big, 'too-large', prefix, form.nationalId);
  });

  test('another session’s token, a changed token, another case’s', async () => {
    await platform.openCase(prefix === '' ? '9921' : '9922');
    const form = await fresh();
    const file = await signed(form, person);
    const foreign = { ...form, cookie: `__Host-lianshu=${'A'.repeat(22)}` };
    expectRefusal(await upload(platform, where, foreign, file), 'E_TX_UNKNOWN', prefix, form.nationalId);
    const changed = { ...form, token: `A${form.token.slice(1)}` };
    expectRefusal(await upload(platform, where, changed, file), 'E_TX_UNKNOWN', prefix, form.nationalId);
    const other = { prefix, caseNumber: prefix === '' ? '9921' : '9922' };
    expectRefusal(await upload(platform, other, form, file), 'E_TX_UNKNOWN', prefix, form.nationalId);
  });

  test('a secret that is none, another number than at first, another person’s card', async () => {
    const form = await fresh();
    const file = await signed(form, person);
    const cases = [
      [{ ...form, secret: 'short' }, 'E_FORMAT'],
      [{ ...form, nationalId: cast.shufen.nationalId }, 'E_TBS_MISMATCH'],
      [{ ...form, nationalId: 'A123456788' }, 'E_ID_FORMAT'],
    ] as const;
    for (const [bent, code] of cases)
      expectRefusal(await upload(platform, where, bent, file), code, prefix, bent.nationalId);
    const ofStranger = await signed(form, cast.chenghan);
    expectRefusal(await upload(platform, where, form, ofStranger), 'E_ID_TAIL', prefix, form.nationalId);
    const twin = sameTail(person.nationalId);
    const twinForm = await fresh(twin);
    const ofTwin = await signed(twinForm, person);
    expectRefusal(await upload(platform, where, twinForm, ofTwin), 'E_ID_NOT_BOUND', prefix, twin);
  });

  test('signed already, the number spent, too late', async () => {
    const signer = prefix === '' ? cast.yating : cast.shufen;
    const [one, two, late] = [await fresh(signer.nationalId), await fresh(signer.nationalId), await fresh()];
    const file = await signed(one, signer);
    expect((await upload(platform, where, one, file)).status).toBe(200);
    const again = await upload(platform, where, two, await signed(two, signer));
    expectRefusal(again, 'E_ALREADY_SIGNED', prefix, signer.nationalId);
    const other = await signed(one, signer, true);
    expectRefusal(await upload(platform, where, one, other), 'E_TX_USED', prefix, signer.nationalId);
    platform.clock.moveBy(11 * 60_000);
    const expired = await upload(platform, where, late, await signed(late, person));
    expectRefusal(expired, 'E_TX_EXPIRED', prefix, late.nationalId);
  });

  test('from another site’s page: refused before anything is read', async () => {
    const form = await fresh();
    const file = await signed(form, person);
    const bends: readonly Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ];
    for (const headers of bends) {
      const answer = await upload(platform, where, form, file, headers);
      expectRefusal(answer, 'foreign-origin', prefix, form.nationalId);
    }
    const own = await upload(platform, where, form, file, { origin: platform.url });
    expect(own.status).toBe(200);
  });
});

describe.each(PREFIXES)('a case that takes no signatures, %s', (prefix) => {
  test('not open, or unknown', async () => {
    const caseNumber = prefix === '' ? '9931' : '9932';
    await platform.openCase(caseNumber, 400);
    const where = { prefix, caseNumber, id: cast.alan.nationalId };
    expectRefusal(await askStatement(platform, where), 'E_INITIATIVE_CLOSED', prefix, where.id);
    const page = await request(platform, `${prefix}/initiatives/${caseNumber}/sign`);
    expect(page.status).toBe(409);
    expectPage(page, prefix, where.id);
    expect(page.html).toContain('data-not-open="over"');
    expect(page.html).toContain(prefix === '' ? '本案連署已結束' : 'Signing has ended');
    expect(page.html).toContain(`href="${prefix}/initiatives/${caseNumber}"`);
    expect(page.html, 'nothing was tried').not.toContain('E_INITIATIVE_CLOSED');
    const unknown = await askStatement(platform, { ...where, caseNumber: '9999' });
    expect(unknown.status).toBe(404);
    expectPage(unknown, prefix, where.id);
  });
});
