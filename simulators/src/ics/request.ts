/** One record asked about. */
export type IdentityRecord = { readonly sn: string; readonly ssid: string };

/** A well-formed request of the identity service. */
export type IdentityRequestMessage = {
  readonly clientId: string;
  readonly nonce: string;
  readonly requestTime: string;
  readonly records: readonly IdentityRecord[];
  /** The string from `<ICSReq>` to `</ICSReq>`, tags included: what is measured and signed. */
  readonly signed: string;
  readonly signature: Buffer;
};

const FIELD = 'ICSRequestXMLData=';

/** Most records of one call. */
const MAX_RECORDS = 1_000;

/**
 * Parses a request body: literally `ICSRequestXMLData=` and XML without prolog, white space or URL encoding.
 * Returns the `ErrID` of the first thing that is wrong, in the order of the service's own list
 * (identity.md §5).
 */
export function readIdentityRequest(body: string): IdentityRequestMessage | number {
  if (!body.startsWith(FIELD) || body.length === FIELD.length) return 1001;
  const request = /^<ICSRequest>(.*)<\/ICSRequest>$/s.exec(body.slice(FIELD.length))?.[1];
  if (request === undefined) return 1002;
  const signed = /^<ICSReq>.*<\/ICSReq>/s.exec(request)?.[0];
  if (signed === undefined) return 1003;
  const head = readHead(signed);
  if (typeof head === 'number') return head;
  const envelope = readEnvelope(request.slice(signed.length), signed);
  if (typeof envelope === 'number') return envelope;
  const records = readRecords(head.rest, head.totalCount);
  if (typeof records === 'number') return records;
  const { clientId, nonce, requestTime } = head;
  return { clientId, nonce, requestTime, records, signed, signature: envelope };
}

type Head = {
  readonly clientId: string;
  readonly nonce: string;
  readonly requestTime: string;
  readonly totalCount: number;
  readonly rest: string;
};

function readHead(signed: string): Head | number {
  let rest = signed.slice('<ICSReq>'.length, -'</ICSReq>'.length);
  const take = (name: string, content: string): string | undefined => {
    const match = new RegExp(`^<${name}>(${content})</${name}>`).exec(rest);
    if (match === null) return undefined;
    rest = rest.slice(match[0].length);
    return match[1];
  };
  const clientId = take('ClientID', '[0-9A-F]{40}');
  if (clientId === undefined) return 1004;
  const nonce = take('Nonce', '[0-9A-Za-z]{15}');
  if (nonce === undefined) return 1005;
  const requestTime = take('ReqTime', '\\d{14}');
  if (requestTime === undefined || !isTime(requestTime)) return 1006;
  const total = take('TotalCount', '[^<]*');
  if (total === undefined) return 1007;
  if (!/^\d+$/.test(total)) return 1008;
  const totalCount = Number(total);
  if (totalCount < 1 || totalCount > MAX_RECORDS) return 1009;
  return { clientId, nonce, requestTime, totalCount, rest };
}

function readEnvelope(after: string, signed: string): Buffer | number {
  const length = /^<ICSReqLength>([^<]*)<\/ICSReqLength>/.exec(after);
  if (length === null) return 1011;
  if (!/^\d+$/.test(length[1] ?? '')) return 1012;
  if (Number(length[1]) !== signed.length) return 1013;
  const signature = /^<Signature>([^<]*)<\/Signature>$/.exec(after.slice(length[0].length))?.[1];
  if (signature === undefined) return 1014;
  if (!/^(?:[0-9A-F]{2})+$/.test(signature)) return 1015;
  return Buffer.from(signature, 'hex');
}

/** Records in running order; a bad part of record n answers 10000, 20000, 30000 or 40000 + n. */
function readRecords(text: string, count: number): readonly IdentityRecord[] | number {
  const records: IdentityRecord[] = [];
  let rest = text;
  for (let n = 1; n <= count; n++) {
    const record = /^<Rec>(.*?)<\/Rec>/s.exec(rest);
    if (record === null) return 10_000 + n;
    rest = rest.slice(record[0].length);
    const parts = /^(?:<ID>([^<]*)<\/ID>)?(?:<SN>([^<]*)<\/SN>)?(?:<SSID>([^<]*)<\/SSID>)?$/.exec(
      record[1] ?? '',
    );
    if (parts === null) return 10_000 + n;
    const [, id, sn = '', ssid = ''] = parts;
    if (id !== String(n)) return 20_000 + n;
    if (!/^\d{1,16}$/.test(sn)) return 30_000 + n;
    if (!/^[A-Z][A-D0-9]\d{8}$/.test(ssid)) return 40_000 + n;
    records.push({ sn, ssid });
  }
  return rest === '' ? records : 10_000 + count + 1;
}

/** `yyyyMMddHHmmss` that names a real instant. */
function isTime(text: string): boolean {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const parsed = new Date(iso);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === iso;
}
