import { createHash, type KeyObject, sign } from 'node:crypto';
import { IcsError } from './ics-error.ts';
import { childText, parseIcsXml } from './ics-xml.ts';
import type { IdentityRequest } from './identity-confirmation.ts';

/** One call before it is written: who asks, under which nonce, when, and about whom. */
export interface IcsCall {
  /** SHA-1 of our client certificate's DER, 40 upper-case hex digits. */
  readonly clientId: string;
  /** 15 characters of `[0-9A-Za-z]`. */
  readonly nonce: string;
  /** `yyyyMMddHHmmss`, Asia/Taipei. */
  readonly requestTime: string;
  readonly requests: readonly IdentityRequest[];
}

/** The service's ClientID of a certificate. SHA-1 is the service's rule and stays in this file. */
export function icsClientId(certificate: Uint8Array): string {
  return createHash('sha1').update(certificate).digest('hex').toUpperCase();
}

/** `yyyyMMddHHmmss` in Taiwan, which has kept UTC+8 without summer time since 1980. */
export function icsTime(nowMs: number): string {
  return new Date(nowMs + 8 * 3_600_000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
}

/** 15 characters, unbiased. `randomBytes` must be cryptographic. */
export function icsNonce(randomBytes: (length: number) => Uint8Array): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let nonce = '';
  while (nonce.length < 15)
    for (const byte of randomBytes(15))
      if (byte < 248 && nonce.length < 15) nonce += alphabet.charAt(byte % 62);
  return nonce;
}

/**
 * The request body, literally: `ICSRequestXMLData=` and XML without prolog, white space or URL encoding.
 * The `ICSReq` string that is measured and signed (SHA1withRSA, upper-case hex) includes its own tags.
 * Requires serial numbers and IDs of ASCII letters and digits ({@link isIcsText}).
 *
 * Source: identity.md §5.
 */
export function writeIcsRequest(call: IcsCall, clientKey: KeyObject): string {
  const records = call.requests.map(
    ({ subjectSerialNumber, nationalId }, i) =>
      `<Rec><ID>${i + 1}</ID><SN>${subjectSerialNumber}</SN><SSID>${nationalId}</SSID></Rec>`,
  );
  const request =
    `<ICSReq><ClientID>${call.clientId}</ClientID><Nonce>${call.nonce}</Nonce>` +
    `<ReqTime>${call.requestTime}</ReqTime><TotalCount>${call.requests.length}</TotalCount>` +
    `${records.join('')}</ICSReq>`;
  const signature = sign('sha1', Buffer.from(request, 'ascii'), clientKey).toString('hex').toUpperCase();
  return (
    `ICSRequestXMLData=<ICSRequest>${request}<ICSReqLength>${request.length}</ICSReqLength>` +
    `<Signature>${signature}</Signature></ICSRequest>`
  );
}

/** Whether a value may stand in the request: letters and digits only, so that nothing needs escaping. */
export function isIcsText(value: string): boolean {
  return /^[0-9A-Za-z]{1,64}$/.test(value);
}

/**
 * The `Code` of every record, in the order of the call. The answer is unsigned, so it must at least echo
 * ClientID, Nonce, count, every running number, SN and the ID's last four; otherwise {@link IcsError}.
 */
export function readIcsResponse(bytes: Uint8Array, call: IcsCall): readonly string[] {
  const root = parseIcsXml(bytes);
  const errId = root.name === 'ErrID' ? root.text : root.children.find(({ name }) => name === 'ErrID')?.text;
  if (errId !== undefined) throw refusedWith(errId);
  if (root.name !== 'ICSResponse') throw new IcsError('ics-malformed');
  if (childText(root, 'ClientID') !== call.clientId) throw new IcsError('ics-mismatch');
  if (childText(root, 'Nonce') !== call.nonce) throw new IcsError('ics-mismatch');
  if (childText(root, 'TotalCount') !== String(call.requests.length)) throw new IcsError('ics-mismatch');
  const codes = new Map<string, string>();
  for (const record of root.children.filter(({ name }) => name === 'Rec')) {
    const id = childText(record, 'ID');
    const request = /^[1-9][0-9]{0,3}$/.test(id) ? call.requests[Number(id) - 1] : undefined;
    if (request === undefined || codes.has(id)) throw new IcsError('ics-mismatch');
    if (childText(record, 'SN') !== request.subjectSerialNumber) throw new IcsError('ics-mismatch');
    if (childText(record, 'SSID4') !== request.nationalId.slice(-4)) throw new IcsError('ics-mismatch');
    codes.set(id, childText(record, 'Code'));
  }
  return call.requests.map((_, i) => {
    const code = codes.get(String(i + 1));
    if (code === undefined) throw new IcsError('ics-mismatch');
    return code;
  });
}

function refusedWith(errId: string): IcsError {
  return /^[0-9]{4,8}$/.test(errId) ? new IcsError('ics-refused', errId) : new IcsError('ics-malformed');
}
