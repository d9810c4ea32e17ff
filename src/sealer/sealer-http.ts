import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { MAX_BODY_BYTES } from './sealer-contract.ts';
import { SealerFault, type SealerFaultCode } from './sealer-types.ts';

/** One endpoint: parsed JSON in (undefined for GET), JSON out. */
export type Endpoint = (body: unknown) => Promise<unknown>;

/** What the HTTP side needs. Knows nothing of sealing. */
export interface HttpParts {
  /** Keyed by `METHOD /path`. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  /** Required bearer on TCP; undefined on a unix socket, which file permissions guard. */
  readonly secret: string | undefined;
  /** Requests in work; beyond it 503. */
  readonly maxInFlight: number;
  /** Told about every fault: never contents. */
  readonly onFault: (path: string, error: unknown) => void;
}

const STATUS: Readonly<Record<SealerFaultCode, number>> = {
  'sealer-busy': 503,
  'sealer-unreachable': 503,
  'case-not-ready': 409,
  'case-key-lost': 409,
  'request-malformed': 400,
  'hold-key-destroyed': 410,
  'hold-record-unreadable': 422,
  'sealer-fault': 500,
};

/** A server and what its owner asks of it. */
export interface SealerServer {
  readonly server: Server;
  inFlight(): number;
  /** Takes no more requests and resolves when the running ones are answered. */
  close(): Promise<void>;
}

/** The sealer's server on `node:http`: small JSON bodies, bounded work, codes instead of messages. */
export function createSealerServer(parts: HttpParts): SealerServer {
  let inFlight = 0;
  let isClosing = false;
  const expected = parts.secret === undefined ? undefined : digest(`Bearer ${parts.secret}`);

  async function handle(request: IncomingMessage): Promise<Answer> {
    if (expected !== undefined && !timingSafeEqual(expected, digest(request.headers.authorization ?? '')))
      return { status: 401, body: { code: 'not-authorised' } };
    const path = `${request.method} ${request.url}`;
    const endpoint = parts.endpoints.get(path);
    if (endpoint === undefined) return { status: 404, body: { code: 'no-such-endpoint' } };
    if (inFlight >= parts.maxInFlight) return { status: 503, body: { code: 'sealer-busy' } };
    inFlight += 1;
    try {
      const body = request.method === 'GET' ? undefined : await readJson(request);
      return { status: 200, body: await endpoint(body) };
    } catch (error) {
      const code = error instanceof SealerFault ? error.code : 'sealer-fault';
      parts.onFault(path, error);
      return { status: STATUS[code], body: { code } };
    } finally {
      inFlight -= 1;
    }
  }

  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    void handle(request).then((answer) => {
      // A body we did not read would be taken for the next request.
      if (isClosing || !request.complete) response.setHeader('connection', 'close');
      send(response, answer);
    });
  });
  server.keepAliveTimeout = 60_000;
  return {
    server,
    inFlight: () => inFlight,
    close() {
      isClosing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      return closed;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const json = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
    'cache-control': 'no-store',
    ...(status === 503 ? { 'retry-after': '1' } : {}),
  });
  response.end(json);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new SealerFault('request-malformed');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    // The parser's message quotes the text it fails on, which may be personal.
    throw new SealerFault('request-malformed');
  }
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
