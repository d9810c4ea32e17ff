import { createHash, sign } from 'node:crypto';
import {
  cast,
  citizen,
  IDENTITY_SERVICE_PATH,
  type IdentityServer,
  type ServiceClient,
  type SimulatedAuthority,
  type SimulatedCard,
  sharedAuthority,
  startIdentityService,
} from '@lianshu/simulators';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let authority: SimulatedAuthority;
let server: IdentityServer;
let client: ServiceClient;
let card: SimulatedCard;

beforeAll(async () => {
  authority = await sharedAuthority();
  client = await authority.serviceClient('conformance');
  card = authority.cardOf(cast.meiling) ?? (await authority.issueCard(cast.meiling));
  server = await startIdentityService(authority, { port: 0 });
});

beforeEach(() => {
  server.state.fault = 'none';
  server.state.delayMs = 0;
});

afterAll(() => server.close());

type Bend = {
  readonly clientId?: string;
  readonly nonce?: string;
  readonly time?: string;
  readonly total?: string;
  readonly length?: string;
  readonly signature?: string;
  readonly text?: (body: string) => string;
  readonly records?: string;
};

const record = (n: number, sn: string, ssid: string): string =>
  `<Rec><ID>${n}</ID><SN>${sn}</SN><SSID>${ssid}</SSID></Rec>`;

const ours = (): string => record(1, card.subjectSerialNumber, card.person.nationalId);

/** Writes a request as the ministry's client library does; each member bends one part of it. */
function request(bend: Bend = {}): string {
  const clientId = createHash('sha1').update(client.certificate).digest('hex').toUpperCase();
  const records = bend.records ?? ours();
  const signed =
    `<ICSReq><ClientID>${bend.clientId ?? clientId}</ClientID><Nonce>${bend.nonce ?? 'Ae34j5F6E34DE78'}</Nonce>` +
    `<ReqTime>${bend.time ?? '20261121120000'}</ReqTime>` +
    `<TotalCount>${bend.total ?? records.split('<Rec>').length - 1}</TotalCount>${records}</ICSReq>`;
  const signature = sign('sha1', Buffer.from(signed), client.keys.privateKey).toString('hex').toUpperCase();
  const body =
    `ICSRequestXMLData=<ICSRequest>${signed}<ICSReqLength>${bend.length ?? signed.length}</ICSReqLength>` +
    `<Signature>${bend.signature ?? signature}</Signature></ICSRequest>`;
  return bend.text === undefined ? body : bend.text(body);
}

async function ask(body: string): Promise<string> {
  const response = await fetch(server.url + IDENTITY_SERVICE_PATH, { method: 'POST', body });
  expect(response.status).toBe(200);
  return response.text();
}

async function codesOf(records: string): Promise<readonly number[]> {
  return [...(await ask(request({ records }))).matchAll(/<Code>(\d+)<\/Code>/g)].map((match) =>
    Number(match[1]),
  );
}

describe('模擬身分確認服務 simulated identity service', () => {
  it('answers literally as documented: no prolog, no white space, the last four of the number', async () => {
    const clientId = createHash('sha1').update(client.certificate).digest('hex').toUpperCase();
    expect(await ask(request())).toBe(
      `<ICSResponse><ClientID>${clientId}</ClientID><Nonce>Ae34j5F6E34DE78</Nonce>` +
        `<ReqTime>20261121120000</ReqTime><TotalCount>1</TotalCount>` +
        `<Rec><ID>1</ID><SN>${card.subjectSerialNumber}</SN>` +
        `<SSID4>${card.person.nationalId.slice(-4)}</SSID4><Code>0</Code></Rec></ICSResponse>`,
    );
  });

  it('tells persons with the same tail apart, and knows each state of a card', async () => {
    const day = 86_400_000;
    const issue = (options: object) => authority.issueCard(cast.guoqiang, { reuseKeys: true, ...options });
    const dormant = await issue({ label: 'dormant', activated: false });
    const expired = await issue({
      label: 'old',
      issuer: 'SIM-MOICA-G2',
      validFromMs: 0,
      validToMs: Date.now() - day,
    });
    const revoked = await issue({ label: 'gone' });
    const suspended = await issue({ label: 'rest' });
    authority.revoke(revoked);
    authority.suspend(suspended);
    const id = cast.guoqiang.nationalId;
    const asked = [
      [card.subjectSerialNumber, cast.meiling.nationalId],
      [card.subjectSerialNumber, cast.alan.nationalId],
      [card.subjectSerialNumber, citizen(1_000_000).nationalId],
      [dormant.subjectSerialNumber, id],
      [expired.subjectSerialNumber, id],
      [revoked.subjectSerialNumber, id],
      [suspended.subjectSerialNumber, id],
    ] as const;
    const records = asked.map(([sn, ssid], i) => record(i + 1, sn, ssid)).join('');
    expect(await codesOf(records)).toEqual([0, 1, 2, 3, 4, 5, 0]);
    authority.activate(dormant);
    expect(await codesOf(record(1, dormant.subjectSerialNumber, id))).toEqual([0]);
  });

  it('takes a thousand records and not one more', async () => {
    const many = Array.from({ length: 1_001 }, (_, i) => record(i + 1, '1', citizen(i).nationalId));
    expect(await codesOf(many.slice(0, 1_000).join(''))).toHaveLength(1_000);
    expect(await ask(request({ records: many.join('') }))).toContain('<ErrID>1009</ErrID>');
  });

  const bad = '0'.repeat(40);
  it.each<readonly [number, string, Bend]>([
    [1001, 'no parameter', { text: () => 'other=1' }],
    [1001, 'URL encoding', { text: (body) => encodeURIComponent(body) }],
    [1002, 'no ICSRequest', { text: (body) => body.replaceAll('ICSRequest>', 'Request>') }],
    [1002, 'a prolog', { text: (body) => body.replace('=<', '=<?xml version="1.0"?><') }],
    [1003, 'no ICSReq', { text: (body) => body.replaceAll('ICSReq>', 'Req>') }],
    [1004, 'ClientID in lower case', { clientId: 'abcdef'.repeat(7).slice(0, 40) }],
    [1005, 'a nonce of 14', { nonce: 'Ae34j5F6E34DE7' }],
    [1006, 'the 31st of February', { time: '20260231120000' }],
    [1007, 'no TotalCount', { text: (body) => body.replace(/<TotalCount>\d+<\/TotalCount>/, '') }],
    [1008, 'a count in words', { total: 'one' }],
    [1009, 'a count of nothing', { total: '0' }],
    [1011, 'no length', { text: (body) => body.replace(/<ICSReqLength>\d+<\/ICSReqLength>/, '') }],
    [1012, 'a length in words', { length: 'long' }],
    [1013, 'a wrong length', { length: '7' }],
    [1014, 'no signature', { text: (body) => body.replace(/<Signature>.*<\/Signature>/, '') }],
    [1015, 'a signature that is not hex', { signature: 'XYZ' }],
    [1020, 'an unknown client', { clientId: bad }],
    [1021, 'a signature over something else', { signature: 'AB'.repeat(256) }],
    [10_002, 'a record fewer than counted', { total: '2' }],
    [
      10_002,
      'a record more than counted',
      { total: '1', records: record(1, '1', 'Y290000001') + record(2, '1', 'Y290000001') },
    ],
    [20_001, 'running numbers from 5', { records: record(5, '1', 'Y290000001') }],
    [30_001, 'a serial number of letters', { records: record(1, 'abc', 'Y290000001') }],
    [40_001, 'a number too short', { records: record(1, '1', 'Y29') }],
  ])('ErrID %i: %s', async (errId, _, bend) => {
    expect(await ask(request(bend))).toBe(`<ICSResponse><ErrID>${errId}</ErrID></ICSResponse>`);
  });

  it('ErrID 1023: the client certificate has expired', async () => {
    const clock = (): number => Date.now() + 20 * 365 * 86_400_000;
    const later = await startIdentityService(authority, { port: 0, clock });
    const response = await fetch(later.url + IDENTITY_SERVICE_PATH, { method: 'POST', body: request() });
    expect(await response.text()).toContain('<ErrID>1023</ErrID>');
    await later.close();
  });

  it.each([
    ['wrong-nonce', /<Nonce>(?!Ae34j5F6E34DE78)/],
    ['wrong-client', /<ClientID>0{40}</],
    ['wrong-count', /<TotalCount>2</],
    ['database-down', /<ErrID>1022</],
    ['record-errors', /<Code>999</],
    ['garbage', /<html>/],
  ] as const)('fault %s', async (fault, seen) => {
    server.state.fault = fault;
    expect(await ask(request())).toMatch(seen);
  });

  it('faults truncated, 503, silent, slow and down', async () => {
    server.state.fault = 'truncated';
    expect(await ask(request())).not.toContain('</ICSResponse>');
    const url = server.url + IDENTITY_SERVICE_PATH;
    server.state.fault = 'http-503';
    expect((await fetch(url, { method: 'POST', body: request() })).status).toBe(503);
    server.state.fault = 'silent';
    const silent = fetch(url, { method: 'POST', body: request(), signal: AbortSignal.timeout(100) });
    await expect(silent).rejects.toThrow();
    server.state.fault = 'none';
    server.state.delayMs = 60;
    const from = performance.now();
    await ask(request());
    expect(performance.now() - from).toBeGreaterThanOrEqual(55);
    await server.goDown();
    await expect(fetch(url, { method: 'POST', body: request() })).rejects.toThrow();
    await server.comeBack();
    expect(await ask(request())).toContain('<Code>0</Code>');
  });

  it('its page changes the behaviour by same-origin POST only', async () => {
    const post = (origin: string) =>
      fetch(`${server.url}/control`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin },
        body: new URLSearchParams({ fault: 'silent', delay: '150' }),
      });
    expect((await post('http://evil.invalid')).status).toBe(403);
    expect(server.state).toEqual({ fault: 'none', delayMs: 0 });
    expect((await post(server.url)).status).toBe(303);
    expect(server.state).toEqual({ fault: 'silent', delayMs: 150 });
    expect(await (await fetch(`${server.url}/control`)).text()).toContain('不回應');
  });
});
