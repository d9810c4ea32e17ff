import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { icsConfirmation, icsPost } from './ics-confirmation.ts';
import { IcsError } from './ics-error.ts';
import { icsNonce, icsTime, readIcsResponse } from './ics-message.ts';
import { parseIcsXml } from './ics-xml.ts';
import type { IdentityRequest } from './identity-confirmation.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const CERTIFICATE = new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x05]);
const NOW = Date.UTC(2026, 10, 21, 4, 5, 6);
const PERSON: IdentityRequest = { subjectSerialNumber: '0000000112345678', nationalId: 'A123456789' };
const OTHER: IdentityRequest = { subjectSerialNumber: '0000000187654321', nationalId: 'B123456780' };

interface Call {
  readonly clientId: string;
  readonly nonce: string;
  readonly count: string;
  readonly records: readonly { readonly id: string; readonly sn: string; readonly ssid: string }[];
}

const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'ascii'));

function readCall(body: string): Call {
  const part = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? '';
  const records = [...body.matchAll(/<Rec><ID>(\d+)<\/ID><SN>(\w+)<\/SN><SSID>(\w+)<\/SSID><\/Rec>/g)];
  return {
    clientId: part('ClientID'),
    nonce: part('Nonce'),
    count: part('TotalCount'),
    records: records.map(([, id = '', sn = '', ssid = '']) => ({ id, sn, ssid })),
  };
}

/** A service that answers each record with the next code. */
function answering(codes: readonly string[], bend: (xml: string) => string = (xml) => xml) {
  const seen: string[] = [];
  const post = async (body: string) => {
    seen.push(body);
    const call = readCall(body);
    const records = call.records.map(
      ({ id, sn, ssid }, i) =>
        `<Rec><ID>${id}</ID><SN>${sn}</SN><SSID4>${ssid.slice(-4)}</SSID4><Code>${codes[i] ?? '0'}</Code></Rec>`,
    );
    return ascii(
      bend(
        `<ICSResponse><ClientID>${call.clientId}</ClientID><Nonce>${call.nonce}</Nonce>` +
          `<ReqTime>20261121120506</ReqTime><TotalCount>${call.count}</TotalCount>${records.join('')}</ICSResponse>`,
      ),
    );
  };
  return { post, seen };
}

function service(post: (body: string, signal: AbortSignal) => Promise<Uint8Array>) {
  const faults: IcsError[] = [];
  const confirmation = icsConfirmation({
    clientCertificate: CERTIFICATE,
    clientKey: privateKey,
    post,
    nowMs: () => NOW,
    randomBytes: (length) => new Uint8Array(length).fill(1),
    onFault: (fault) => faults.push(fault),
  });
  return { confirmation, faults };
}

const signal = new AbortController().signal;

describe('ICS 憑證用戶身分確認服務', () => {
  it('sends exactly the agreed bytes', async () => {
    const { post, seen } = answering([]);
    await service(post).confirmation.confirm([PERSON, OTHER], signal);
    const clientId = createHash('sha1').update(CERTIFICATE).digest('hex').toUpperCase();
    const request =
      `<ICSReq><ClientID>${clientId}</ClientID><Nonce>111111111111111</Nonce><ReqTime>20261121120506</ReqTime>` +
      '<TotalCount>2</TotalCount><Rec><ID>1</ID><SN>0000000112345678</SN><SSID>A123456789</SSID></Rec>' +
      '<Rec><ID>2</ID><SN>0000000187654321</SN><SSID>B123456780</SSID></Rec></ICSReq>';
    const [body = ''] = seen;
    const signature = /<Signature>([0-9A-F]{512})<\/Signature>/.exec(body)?.[1] ?? '';
    expect(body).toBe(
      `ICSRequestXMLData=<ICSRequest>${request}<ICSReqLength>${request.length}</ICSReqLength>` +
        `<Signature>${signature}</Signature></ICSRequest>`,
    );
    expect(verify('sha1', Buffer.from(request), publicKey, Buffer.from(signature, 'hex'))).toBe(true);
  });

  it('maps every code to the policy', async () => {
    const codes = ['0', '1', '2', '3', '4', '5', '999', '7'];
    const { confirmation } = service(answering(codes).post);
    const outcomes = await confirmation.confirm(
      codes.map(() => PERSON),
      signal,
    );
    expect(outcomes.map((one) => ('code' in one ? one.code : one.outcome))).toEqual([
      'confirmed',
      'E_ID_NOT_BOUND',
      'E_ID_NOT_BOUND',
      'E_CERT_NOT_ACTIVATED',
      'E_CERT_EXPIRED',
      'E_REVOKED',
      'I_ICS_UNAVAILABLE',
      'I_ICS_UNAVAILABLE',
    ]);
  });

  it('keeps a proof without name or ID', async () => {
    const [outcome] = await service(answering(['0']).post).confirmation.confirm([PERSON], signal);
    expect(outcome).toMatchObject({
      outcome: 'confirmed',
      proof: { service: 'ICS', record: '1', code: '0', nonce: '111111111111111' },
    });
    expect(JSON.stringify(outcome)).not.toMatch(/A123456789|0000000112345678/);
  });

  it('believes no answer that does not echo the call', async () => {
    const bends: readonly (readonly [string, (xml: string) => string])[] = [
      ['ics-mismatch', (xml) => xml.replace(/<Nonce>1/, '<Nonce>2')],
      ['ics-mismatch', (xml) => xml.replace(/<ClientID>./, '<ClientID>Z')],
      ['ics-mismatch', (xml) => xml.replace('<TotalCount>1', '<TotalCount>2')],
      ['ics-mismatch', (xml) => xml.replace('<SN>0', '<SN>1')],
      ['ics-mismatch', (xml) => xml.replace('<SSID4>6789', '<SSID4>6780')],
      ['ics-mismatch', (xml) => xml.replace('<ID>1', '<ID>2')],
      ['ics-mismatch', (xml) => xml.replace(/<Rec>.*<\/Rec>/, '')],
      ['ics-mismatch', (xml) => xml.replace(/(<Rec>.*<\/Rec>)/, '$1$1')],
      ['ics-malformed', (xml) => xml.replace(/<Code>.*<\/Code>/, '')],
      ['ics-malformed', (xml) => xml.replaceAll('ICSResponse', 'ICSAnswer')],
      ['ics-malformed', () => '<html><body>503</body></html>'],
      ['ics-malformed', () => ''],
      ['ics-malformed', () => '<ErrID>10x</ErrID>'],
      ['ics-refused 1021', () => '<ErrID>1021</ErrID>'],
      ['ics-refused 10001', () => '<ICSResponse><ErrID>10001</ErrID></ICSResponse>'],
    ];
    for (const [code, bend] of bends) {
      const { confirmation, faults } = service(answering(['0'], bend).post);
      expect(await confirmation.confirm([PERSON], signal), code).toEqual([
        { outcome: 'unavailable', code: 'I_ICS_UNAVAILABLE' },
      ]);
      expect(faults.map(({ message }) => message)).toEqual([code]);
    }
  });

  it('accepts a prolog and white space between elements', async () => {
    const spaced = (xml: string) =>
      `<?xml version="1.0" encoding="UTF-8"?>\r\n${xml.replaceAll('><', '>\n  <')}`;
    const pretty = (xml: string) => spaced(xml).replace(/>\s+<\/(ClientID|Nonce)/g, '></$1');
    const [outcome] = await service(answering(['0'], pretty).post).confirmation.confirm([PERSON], signal);
    expect(outcome?.outcome).toBe('confirmed');
  });

  it('never sends a value that would need escaping, and asks for the others', async () => {
    const { post, seen } = answering(['0']);
    const strange = { subjectSerialNumber: '1</SN>', nationalId: 'A123456789' };
    const outcomes = await service(post).confirmation.confirm([strange, PERSON], signal);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unavailable', 'confirmed']);
    expect(seen[0]).toContain('<TotalCount>1</TotalCount>');
  });

  it('turns transport trouble into unavailable', async () => {
    const respond = (response: () => Response | Promise<Response>) =>
      icsPost('https://ics.example/', async () => response());
    const stalls = [
      respond(() => new Response('down', { status: 503 })),
      respond(() => Promise.reject(new TypeError('A123456789'))),
      respond(() => new Response('x'.repeat(600_000))),
    ];
    for (const post of stalls) {
      const { confirmation, faults } = service(post);
      expect((await confirmation.confirm([PERSON], signal))[0]?.outcome).toBe('unavailable');
      expect(faults.map(String).join()).not.toContain('A123456789');
    }
  });

  it('writes times and nonces as the service wants them', () => {
    expect(icsTime(Date.UTC(2026, 11, 31, 16, 0, 0))).toBe('20270101000000');
    fc.assert(
      fc.property(fc.infiniteStream(fc.uint8Array({ minLength: 15, maxLength: 15 })), (stream) => {
        const draws = stream.take(50)[Symbol.iterator]();
        expect(icsNonce(() => draws.next().value ?? new Uint8Array(15))).toMatch(/^[0-9A-Za-z]{15}$/);
      }),
    );
  });
});

describe('ICS XML', () => {
  it('refuses everything but elements and ASCII text', () => {
    const wrong = [
      '<a b="c"></a>',
      '<a/>',
      '<a>&amp;</a>',
      '<!DOCTYPE a><a></a>',
      '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
      '<a><!-- --></a>',
      '<a><![CDATA[x]]></a>',
      '<a><?php ?></a>',
      '<a>x<b></b></a>',
      '<a></a><a></a>',
      '<a></b>',
      '<a>',
      '</a>',
      'a',
      '<a>é</a>',
      '<a><b><c><d><e></e></d></c></b></a>',
      `<a>${'x'.repeat(257)}</a>`,
      `<a>${'<b></b>'.repeat(6_000)}</a>`,
    ];
    for (const xml of wrong)
      expect(() => parseIcsXml(new Uint8Array(Buffer.from(xml, 'latin1'))), xml.slice(0, 40)).toThrow(
        IcsError,
      );
    expect(() => parseIcsXml(new Uint8Array(524_289))).toThrow(new IcsError('ics-too-large'));
  });

  it('never throws an uncoded error, however the answer is bent', () => {
    const call = { clientId: 'A', nonce: 'B', requestTime: '', requests: [PERSON] };
    const valid =
      '<ICSResponse><ClientID>A</ClientID><Nonce>B</Nonce><TotalCount>1</TotalCount><Rec><ID>1</ID>' +
      '<SN>0000000112345678</SN><SSID4>6789</SSID4><Code>0</Code></Rec></ICSResponse>';
    expect(readIcsResponse(ascii(valid), call)).toEqual(['0']);
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const bytes = ascii(valid);
        bytes[at] = byte;
        try {
          readIcsResponse(bytes, call);
        } catch (error) {
          expect(error).toBeInstanceOf(IcsError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
