import { Agent, type IncomingMessage, type RequestOptions, request as sendRequest } from 'node:http';
import { z } from 'zod';
import * as contract from './sealer-contract.ts';
import { type SealerClient, SealerFault, type SealerFaultCode } from './sealer-types.ts';

/** Where the sealer listens: a unix socket, or the loopback interface with a shared secret. */
export type SealerAddress =
  | { readonly socketPath: string }
  | { readonly host: string; readonly port: number; readonly secret: string };

/** Above the sealer's own deadlines (2 s of identity, 10 s of a stuck worker). */
const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 2_097_152;

const CONTROLLED = new Set([
  '/settle',
  '/case',
  '/forget-hold-key',
  '/reload-revocation',
  '/county-days',
  '/forget-county-day',
]);

/**
 * Connects intake to the sealer, and, given its address, jobs and operators to its control. Opens no connection before the first call; keeps connections alive.
 *
 * @example
 * const sealer = connectSealer({ socketPath: '/run/lianshu/sealer.sock' });
 * const outcome = await sealer.seal(request);
 */
export function connectSealer(intake: SealerAddress, control: SealerAddress = intake): SealerClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  async function call<T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const method = json === undefined ? 'GET' : 'POST';
    const address = CONTROLLED.has(path) ? control : intake;
    const authorization = 'secret' in address ? { authorization: `Bearer ${address.secret}` } : {};
    const headers = {
      ...authorization,
      ...(json === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }),
    };
    const response = await send(
      { ...targetOf(address), agent, path, method, headers, timeout: TIMEOUT_MS },
      json,
    );
    const text = await readAll(response);
    if (response.statusCode !== 200) throw faultOf(text);
    const parsed = answer.safeDecode(parse(text) as never);
    if (!parsed.success) throw new SealerFault('sealer-fault');
    return parsed.data;
  }

  return {
    seal: async (request) => call('/seal', encode(contract.sealRequest, request), contract.sealOutcome),
    signIn: async (request) =>
      call('/sign-in', encode(contract.signInRequest, request), contract.signInOutcome),
    sealAffidavit: async (request) =>
      call('/affidavit', encode(contract.affidavitRequest, request), contract.affidavitOutcome),
    leadMark: async (of) =>
      (await call('/lead-mark', encode(contract.leadMarkRequest, of), contract.leadMarkAnswer)).mark,
    isNameOnCard: async (claim) =>
      (await call('/card-name', encode(contract.nameClaim, claim), contract.nameAnswer)).isOnCard,
    settle: async ({ holdKeyId, ciphertext }) =>
      call('/settle', encode(contract.heldReference, { holdKeyId, ciphertext }), contract.settleOutcome),
    openCase: (caseNumber) => call('/case', { caseNumber }, contract.caseState),
    forgetHoldKey: (holdKeyId) => call('/forget-hold-key', { holdKeyId }, contract.forgetOutcome),
    noteStored: async (recordCommitments) => {
      await call(
        '/stored',
        encode(contract.storedRequest, { recordCommitments: [...recordCommitments] }),
        contract.nothing,
      );
    },
    countyDays: async () => (await call('/county-days', {}, contract.countyDays)).days,
    forgetCountyDay: (day) => call('/forget-county-day', { day }, contract.forgetOutcome),
    health: () => call('/health', undefined, contract.health),
    reloadRevocation: () => call('/reload-revocation', {}, contract.revocationState),
    close: () => agent.destroy(),
  };
}

const targetOf = (address: SealerAddress): RequestOptions =>
  'socketPath' in address ? { socketPath: address.socketPath } : { host: address.host, port: address.port };

function encode<S extends z.ZodType>(schema: S, value: z.output<S>): unknown {
  const encoded = z.safeEncode(schema, value);
  if (!encoded.success) throw new SealerFault('request-malformed');
  return encoded.data;
}

function send(options: RequestOptions, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(options, resolve);
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => reject(new SealerFault('sealer-unreachable')));
    outgoing.end(body);
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      length += chunk.length;
      if (length > MAX_ANSWER_BYTES) throw new SealerFault('sealer-fault');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof SealerFault ? error : new SealerFault('sealer-unreachable');
  }
  return Buffer.concat(chunks).toString('utf8');
}

const FAULT_CODES: readonly SealerFaultCode[] = [
  'sealer-busy',
  'case-not-ready',
  'case-key-lost',
  'request-malformed',
  'hold-key-destroyed',
  'hold-record-unreadable',
];

function faultOf(text: string): SealerFault {
  const body = contract.faultBody.safeParse(parse(text));
  const code = FAULT_CODES.find((known) => known === body.data?.code);
  return new SealerFault(code ?? 'sealer-fault');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
