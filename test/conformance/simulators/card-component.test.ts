import { constants, publicEncrypt, verify, X509Certificate } from 'node:crypto';
import { parseSignedData } from '@lianshu/pki';
import {
  type CardComponentServer,
  cast,
  type SimulatedAuthority,
  type SimulatedCard,
  SimulatedCardComponent,
  sharedAuthority,
  startCardComponent,
} from '@lianshu/simulators';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const SITE = 'http://demo.lianshu.invalid';
const READER = 'Reader A';
const text = Buffer.from('全國性公民投票案電子連署書\n');

let authority: SimulatedAuthority;
let component: SimulatedCardComponent;
let server: CardComponentServer;
let card: SimulatedCard;

beforeAll(async () => {
  authority = await sharedAuthority();
  card = authority.cardOf(cast.jiahao) ?? (await authority.issueCard(cast.jiahao));
  component = new SimulatedCardComponent({ readers: [READER], trustedHosts: ['demo.lianshu.invalid'] });
  server = await startCardComponent(component, { port: 0, drawer: () => authority.cards(), slowMs: 20 });
});

beforeEach(() => {
  component.fault = 'none';
  component.resetTries(card);
  component.insert(card, READER);
});

afterAll(() => server.close());

type Answer = Readonly<Record<string, unknown>>;

/** What the bridge page does: the JSON text goes into the form field as it is. */
async function post(path: string, json: string, origin = SITE): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-opener-origin': origin },
    body: json === '' ? '' : `tbsPackage=${json}`,
  });
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  return (await response.json()) as Answer;
}

function signPackage(change: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    func: 'MakeSignature',
    signatureType: 'PKCS7',
    tbs: text.toString('base64'),
    tbsEncoding: 'base64',
    hashAlgorithm: 'SHA256',
    withCardSN: 'false',
    nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
    pin: card.pin,
    slotDescription: READER,
    ...change,
  }).replaceAll('+', '%2B');
}

const sign = (change: Readonly<Record<string, unknown>> = {}): Promise<Answer> =>
  post('/sign', signPackage(change));

const envelope = (answer: Answer) => parseSignedData(Buffer.from(String(answer['signature']), 'base64'));

describe('模擬讀卡元件：簽章 /sign', () => {
  it('makes an attached envelope with certificate, nonce and signing time, without the card number', async () => {
    const answer = await sign();
    expect(answer).toMatchObject({ func: 'sign', ret_code: 0, last_error: 0, cardSN: card.cardNumber });
    expect(Object.keys(answer).sort()).toEqual(
      ['cardSN', 'certb64', 'func', 'last_error', 'ret_code', 'signature', 'version'].sort(),
    );
    const { content, attributes, certificate } = envelope(answer);
    expect(Buffer.from(content ?? [])).toEqual(text);
    expect(Buffer.from(attributes.nonce ?? []).toString()).toBe('AAAAAAAAAAAAAAAAAAAAAA');
    expect(attributes.signingTimeMs).toBeGreaterThan(Date.now() - 60_000);
    expect(Buffer.from(certificate ?? []).toString('base64')).toBe(answer['certb64']);
    expect(Buffer.from(String(answer['signature']), 'base64').includes(card.cardNumber)).toBe(false);
  });

  it('adds the card number when asked, and leaves signing time out when told', async () => {
    const answer = await sign({ withCardSN: true, withSigningTime: 'false', nonce: '' });
    expect(Buffer.from(String(answer['signature']), 'base64').includes(card.cardNumber)).toBe(true);
    expect(envelope(answer).attributes.signingTimeMs).toBeUndefined();
    expect(envelope(answer).attributes.nonce).toBeUndefined();
  });

  it('PKCS1 is the bare signature over the text', async () => {
    const answer = await sign({ signatureType: 'PKCS1' });
    const { publicKey } = new X509Certificate(Buffer.from(String(answer['certb64']), 'base64'));
    expect(verify('sha256', text, publicKey, Buffer.from(String(answer['signature']), 'base64'))).toBe(true);
  });

  it('the escaping trap: an unescaped + in the form field signs a corrupted text', async () => {
    const withPlus = Buffer.from([0xfb, 0xef, 0xbe, 0x41, 0x42, 0x43]);
    expect(withPlus.toString('base64')).toContain('+');
    const escaped = signPackage({ tbs: withPlus.toString('base64') });
    const trapped = await post('/sign', escaped.replaceAll('%2B', '+'));
    expect(trapped['ret_code']).toBe(0);
    expect(Buffer.from(envelope(trapped).content ?? [])).not.toEqual(withPlus);
    const good = await post('/sign', escaped);
    expect(Buffer.from(envelope(good).content ?? [])).toEqual(withPlus);
  });

  it('SHA-1 only: signs with SHA-1 whatever was asked', async () => {
    component.fault = 'sha1-only';
    const answer = await sign();
    expect(answer['ret_code']).toBe(0);
    expect(() => envelope(answer)).toThrow(expect.objectContaining({ code: 'E_CMS_DIGEST_ALG' }));
  });

  it('umakeSig of the older library gives the same in data', async () => {
    const answer = await post('/umakeSig', signPackage());
    expect(answer).toMatchObject({ func: 'umakeSig', ret_code: 0, data: { cardSN: card.cardNumber } });
  });

  it('decrypt opens what was encrypted to the encryption certificate', async () => {
    const key = new X509Certificate(card.encryption.certificate).publicKey;
    const cipher = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from('名冊')).toString(
      'base64',
    );
    const fields = { func: 'DecryptData', cipher, pin: card.pin };
    const escaped = JSON.stringify(fields).replaceAll('+', '%2B');
    expect(await post('/decrypt', escaped)).toMatchObject({ func: 'decrypt', ret_code: 0, plain: '名冊' });
    const short = JSON.stringify({ ...fields, cipher: 'AAAA' });
    expect(await post('/decrypt', short)).toMatchObject({ ret_code: 0x76400003 });
  });

  it.each([
    ['a site that is not trusted', {}, 'http://evil.invalid', { ret_code: 0x76000031 }],
    ['no PIN', { pin: '' }, SITE, { ret_code: 0x76000998 }],
    ['a PIN too long', { pin: '123456789' }, SITE, { ret_code: 0x76100006, last_error: 0xa2 }],
    ['no text', { tbs: '' }, SITE, { ret_code: 0x76000003 }],
    ['an unknown kind', { signatureType: 'PKCS9' }, SITE, { ret_code: 0x76300002 }],
    ['an unknown digest', { hashAlgorithm: 'MD5' }, SITE, { ret_code: 0x7600000c }],
    ['another reader', { slotDescription: 'Reader B' }, SITE, { ret_code: 0x76100004 }],
  ] as const)('refuses %s', async (_, change, origin, expected) => {
    const answer = await post('/sign', signPackage(change), origin);
    expect(answer).toMatchObject(expected);
    expect(answer['signature']).toBeUndefined();
    expect('func' in answer).toBe(origin === SITE);
  });

  it('refuses a body that is not JSON, and one without the field', async () => {
    expect(await post('/sign', '{"func":')).toMatchObject({ ret_code: 0x7600000b });
    expect(await post('/sign', '')).toMatchObject({ ret_code: 0x7600000c });
  });

  it('refuses certificates outside their period', async () => {
    const day = 86_400_000;
    const now = Date.now();
    const periods = [
      [now + day, now + 2 * day, 0x76500001],
      [now - 2 * day, now - day, 0x76500002],
    ] as const;
    for (const [validFromMs, validToMs, code] of periods) {
      const bent = await authority.issueCard(cast.jiahao, {
        label: 'p',
        reuseKeys: true,
        validFromMs,
        validToMs,
      });
      component.insert(bent, READER);
      expect(await sign({ pin: bent.pin })).toMatchObject({ ret_code: code });
    }
  });
});

describe('模擬讀卡元件：PIN', () => {
  const wrong = { pin: '000000' };

  it('counts down 2, 1, locked; a right PIN does not open a locked card', async () => {
    expect(await sign(wrong)).toMatchObject({ ret_code: 0x76100006, last_error: -2147483646 });
    expect(await sign(wrong)).toMatchObject({ ret_code: 0x76100006, last_error: -2147483647 });
    expect(await sign(wrong)).toMatchObject({ ret_code: 0x76100006, last_error: 0xa4 });
    expect(await sign()).toMatchObject({ ret_code: 0x76100006, last_error: 0xa4 });
    component.remove(READER);
    component.insert(card, READER);
    expect(component.triesLeft(card)).toBe(0);
  });

  it('a right PIN gives three tries again; a PIN of wrong length costs none', async () => {
    await sign(wrong);
    expect(await sign()).toMatchObject({ ret_code: 0 });
    await sign({ pin: '12' });
    expect(component.triesLeft(card)).toBe(3);
  });

  it('some builds say only that the PIN was wrong', async () => {
    component.fault = 'plain-pin-error';
    expect(await sign(wrong)).toMatchObject({ ret_code: 0x76100006, last_error: 0xa0 });
  });
});

describe('模擬讀卡元件：讀卡機與卡片 /pkcs11info', () => {
  const info = (query = ''): Promise<Answer> => post(`/pkcs11info${query}`, '');

  it('lists readers without certificates, and with them', async () => {
    expect(await info()).toMatchObject({
      func: 'pkcs11info',
      ret_code: 0,
      slots: [{ slotDescription: READER, token: { serialNumber: card.cardNumber, certs: [] } }],
    });
    const listed = (await info('?withcert=true')) as { slots: { token: { certs: Answer[] } }[] };
    expect(listed.slots[0]?.token.certs).toMatchObject([
      {
        label: 'cert1',
        usage: 'digitalSignature',
        subjectID: cast.jiahao.nationalId.slice(-4),
        subjectDN: `C=TW,CN=${cast.jiahao.name},serialNumber=${card.subjectSerialNumber}`,
      },
      { label: 'cert2', usage: 'keyEncipherment|dataEncipherment' },
    ]);
    component.fault = 'encryption-first';
    const reversed = (await info('?withcert=true')) as { slots: { token: { certs: Answer[] } }[] };
    expect(reversed.slots[0]?.token.certs[0]?.['label']).toBe('cert2');
  });

  it('empty reader, unknown token, card of another authority, no reader', async () => {
    component.remove(READER);
    expect(await info()).toMatchObject({ slots: [{ token: null }] });
    expect(await sign()).toMatchObject({ ret_code: 0x76000006 });
    component.insert({ kind: 'unknown' }, READER);
    expect(await info()).toMatchObject({ slots: [{ token: 'unknown token' }] });
    expect(await sign()).toMatchObject({ ret_code: 0x83000100 });
    component.insert({ kind: 'wrong-type', card, code: 0x83000101 }, READER);
    expect(await sign()).toMatchObject({ ret_code: 0x83000101 });
    component.removeReader(READER);
    expect(await info()).toMatchObject({ ret_code: 0x76100003, slots: [] });
    expect(await sign()).toMatchObject({ ret_code: 0x76100003 });
    component.addReader(READER);
  });

  it('with two readers the first is the default', async () => {
    component.addReader('Reader B');
    expect(await sign({ slotDescription: '' })).toMatchObject({ ret_code: 0 });
    expect(await sign({ slotDescription: 'Reader B' })).toMatchObject({ ret_code: 0x76000006 });
    component.removeReader('Reader B');
  });

  it('the picture spells the same report in B, G, R order', async () => {
    const response = await fetch(`${server.url}/p11Image.bmp`, { headers: { referer: `${SITE}/page` } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([bytes.readInt32LE(18), bytes.readInt32LE(22), bytes.length]).toEqual([2_000, 1, 6_054]);
    const report = JSON.parse(bytes.subarray(54, bytes.indexOf(0, 54)).toString('latin1')) as Answer;
    expect(report).toMatchObject({ ret_code: 0, slots: [{ slotDescription: READER }] });
    component.fault = 'timeout';
    const blank = await fetch(response.url, { headers: { referer: SITE } });
    expect(Buffer.from(await blank.arrayBuffer())[54]).toBe(0);
  });
});

describe('模擬讀卡元件：故障 scripted faults', () => {
  it.each([
    ['user-cancel', { func: 'sign', ret_code: 0x76000999 }],
    ['timeout', { func: 'sign', ret_code: 0x7600000d }],
    ['no-func', { ret_code: 0x7600000d }],
  ] as const)('%s', async (fault, expected) => {
    component.fault = fault;
    const answer = await sign();
    expect(answer).toMatchObject(expected);
    expect('func' in answer).toBe('func' in expected);
  });

  it('negative codes are the same 32 bits', async () => {
    component.fault = 'negative-codes';
    const code = Number((await sign({ pin: '' }))['ret_code']);
    expect(code).toBeLessThan(0);
    expect(code >>> 0).toBe(0x76000998);
    expect(await sign()).toMatchObject({ ret_code: 0 });
  });

  it('absent: nothing listens, until it comes back on the same port', async () => {
    await server.goAbsent();
    await expect(fetch(`${server.url}/selfTest.htm`)).rejects.toThrow();
    await server.comeBack();
    expect((await fetch(`${server.url}/selfTest.htm`)).status).toBe(200);
  });
});

describe('模擬讀卡元件：操作頁 the page for people', () => {
  const control = (form: Readonly<Record<string, string>>, origin: string | undefined) =>
    fetch(`${server.url}/control`, {
      method: 'POST',
      redirect: 'manual',
      headers: origin === undefined ? {} : { origin },
      body: new URLSearchParams(form),
    });

  it('shows the fictitious number and PIN of the inserted card, and says that it is a simulator', async () => {
    const html = await (await fetch(server.url)).text();
    for (const part of ['模擬', 'fictitious', cast.jiahao.nationalId, card.pin, READER])
      expect(html).toContain(part);
  });

  it('changes state for its own page only', async () => {
    for (const origin of [undefined, 'null', SITE]) {
      expect((await control({ action: 'remove', reader: READER }, origin)).status).toBe(403);
    }
    expect(component.readers()[0]?.token?.kind).toBe('citizen');
    expect((await control({ action: 'remove', reader: READER }, server.url)).status).toBe(303);
    expect(component.readers()[0]?.token).toBeUndefined();
    const other = authority.cardOf(cast.meiling);
    await control({ action: 'insert', reader: READER, card: other?.signing.serialHex ?? '' }, server.url);
    expect(component.readers()[0]?.token).toMatchObject({ card: { person: { key: 'meiling' } } });
    await control({ action: 'fault', fault: 'slow' }, server.url);
    expect(component.fault).toBe('slow');
    await control({ action: 'fault', fault: '__proto__' }, server.url);
    expect(component.fault).toBe('slow');
  });

  it('a site is added by the person only: GET changes nothing, a foreign POST neither', async () => {
    const url = `${server.url}/addDomain?domain=new.invalid`;
    expect(await (await fetch(url)).text()).toContain('new.invalid');
    const body = new URLSearchParams({ domain: 'new.invalid' });
    expect(
      (await fetch(`${server.url}/addDomain`, { method: 'POST', body, headers: { origin: SITE } })).status,
    ).toBe(403);
    expect(component.trustedHosts()).not.toContain('new.invalid');
    const added = await fetch(`${server.url}/addDomain`, {
      method: 'POST',
      body,
      headers: { origin: server.url },
    });
    expect(await added.json()).toEqual({ ret_code: 0 });
    expect(component.trustedHosts()).toContain('new.invalid');
    component.trust('new.invalid', false);
    const script = await (await fetch(`${server.url}/addDomain?domain=%22%3E%3Cscript%3E`)).text();
    expect(script).not.toContain('"><script>');
  });
});
