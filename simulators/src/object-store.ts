import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkSignature } from './object-store-signature.ts';

/** What the simulated store does to the next requests instead of serving them. */
export type ObjectStoreFault =
  | 'unavailable' // 503 SlowDown
  | 'silent' // never answers
  | 'huge' // answers a GET without end
  | 'ignores-conditions'; // knows no If-None-Match, as some stores do

/** An object as it was put. */
export type StoredObject = Readonly<{ bytes: Uint8Array; type: string; cacheControl: string }>;

/** A simulated S3-compatible store: one bucket in memory, on loopback. */
export type SimulatedObjectStore = Readonly<{
  url: string;
  bucket: string;
  region: string;
  credentials: Readonly<{ accessKeyId: string; secretAccessKey: string }>;
  /** The bucket's objects by key; tests may change them behind the client's back. */
  objects: Map<string, StoredObject>;
  /** Keys in the order in which they were written. */
  writes: readonly string[];
  /** Bends every request until called with undefined. */
  bend(fault: ObjectStoreFault | undefined): void;
  close(): Promise<void>;
}>;

type Answer = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
}>;

const MAX_OBJECT = 32 << 20;
const XML = 'application/xml';

/**
 * Starts the store. It speaks PUT, GET, HEAD, DELETE and list (`list-type=2`), path-style; every request must be
 * signed with AWS Signature Version 4 for its region, and is refused with the codes of Amazon S3 otherwise.
 */
export async function startObjectStore(
  options: Readonly<{ port?: number; bucket?: string; region?: string }> = {},
): Promise<SimulatedObjectStore> {
  const bucket = options.bucket ?? 'lianshu-log';
  const region = options.region ?? 'sim-1';
  const credentials = { accessKeyId: 'SIMULATEDKEYID', secretAccessKey: 'simulated-secret-access-key' };
  const objects = new Map<string, StoredObject>();
  const writes: string[] = [];
  let fault: ObjectStoreFault | undefined;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<Answer> => {
    const body = await readBody(request);
    if (fault === 'silent') return new Promise(() => undefined);
    if (fault === 'unavailable') return refusal(503, 'SlowDown');
    if (fault === 'huge' && request.method === 'GET') return endless(response);
    const problem = checkSignature(request, body, { region, ...credentials });
    if (problem !== undefined) return refusal(403, problem);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, named, ...rest] = decodeURIComponent(url.pathname).split('/');
    if (named !== bucket) return refusal(404, 'NoSuchBucket');
    const key = rest.join('/');
    return key === '' ? list(url.searchParams) : serve(request, key, body);
  };

  const put = (request: IncomingMessage, key: string, body: Buffer): Answer => {
    const mustBeNew = request.headers['if-none-match'] === '*' && fault !== 'ignores-conditions';
    if (mustBeNew && objects.has(key)) return refusal(412, 'PreconditionFailed');
    const { 'content-type': type = '', 'cache-control': cacheControl = '' } = request.headers;
    objects.set(key, { bytes: new Uint8Array(body), type, cacheControl });
    writes.push(key);
    return { status: 200, headers: { etag: etagOf(body) } };
  };

  const serve = (request: IncomingMessage, key: string, body: Buffer): Answer => {
    const { method = 'GET' } = request;
    if (method === 'PUT') return put(request, key, body);
    if (method === 'DELETE') {
      objects.delete(key);
      return { status: 204, headers: {} };
    }
    if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'MethodNotAllowed');
    const object = objects.get(key);
    if (object === undefined) return refusal(404, 'NoSuchKey');
    const { bytes, type, cacheControl } = object;
    const headers = { 'content-type': type, 'cache-control': cacheControl, etag: etagOf(bytes) };
    return { status: 200, headers, body: method === 'HEAD' ? '' : bytes };
  };

  const list = (query: URLSearchParams): Answer => {
    const prefix = query.get('prefix') ?? '';
    const most = Math.min(1000, Number(query.get('max-keys') ?? 1000));
    const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const shown = keys.slice(0, most);
    const contents = shown.map((key) => {
      const bytes = objects.get(key)?.bytes ?? new Uint8Array();
      return `<Contents><Key>${key}</Key><Size>${bytes.length}</Size><ETag>${etagOf(bytes)}</ETag></Contents>`;
    });
    const isCut = keys.length > most;
    const next = isCut ? `<NextContinuationToken>${shown.at(-1)}</NextContinuationToken>` : '';
    const xml =
      `<ListBucketResult><Name>${bucket}</Name><KeyCount>${shown.length}</KeyCount>` +
      `<IsTruncated>${isCut}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
    return { status: 200, headers: { 'content-type': XML }, body: xml };
  };

  const server = createServer((request, response) => {
    handle(request, response)
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bucket,
    region,
    credentials,
    objects,
    writes,
    bend: (wanted) => {
      fault = wanted;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const etagOf = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

const refusal = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': XML },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>simulated</Message></Error>`,
});

/** Writes for as long as somebody reads; never comes to an answer. */
function endless(response: ServerResponse): Promise<never> {
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  const chunk = Buffer.alloc(1 << 20);
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
  return new Promise(() => undefined);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_OBJECT) throw new RangeError('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
