import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { generateCaseKey, parseIdentityFile } from '@lianshu/seal';
import { formatVerifierKey, signNote } from '@lianshu/tlog';
import { ed25519Signer } from '@lianshu/tlog/node';
import { CONTROL_POLICY } from '../control-style.ts';
import {
  listenWithOutages,
  page,
  type ServerWithOutages,
  type SimulatedRequest,
  type SimulatedResponse,
  sameOrigin,
} from '../loopback.ts';
import { finishedAnswer, REGISTRY_FAULTS, type RegistryFault } from './check-answer.ts';
import { type CheckRequest, parseCheckRequest } from './check-request.ts';
import { registryControlPage } from './control-page.ts';
import { HouseholdRegister } from './household.ts';
import { judgeRows, type OpenedRow } from './judge-rows.ts';
import { type KeysOf, openBarred, openRows } from './open-rows.ts';
import { PRE_CHECK_FAULTS, PreCheckDesk } from './pre-check.ts';

export const REGISTRY_PORT = 61174;

/** SIM in the name: a production house refuses keys so named. */
const REGISTRY_KEY_NAME = 'SIM-registry.lianshu.invalid/registry';

/** Scripted state of the service; set members at any time. */
export type RegistryState = {
  fault: RegistryFault;
  /** Milliseconds before each answer. */
  delayMs: number;
  /** Milliseconds that a check takes; progress is told meanwhile. */
  workMs: number;
};

/** The running registry. */
export type RegistryServer = ServerWithOutages & {
  readonly state: RegistryState;
  readonly register: HouseholdRegister;
  /** 即時預查, which is asked of single persons at signing; its state is scripted apart. */
  readonly preCheck: PreCheckDesk;
  /** The public key its results are proven under, as a verifier key. */
  readonly verifierKey: string;
  /** What 戶政 saw on a paper sheet. */
  markSheet(township: string, sheet: number, seen: 'UNSIGNED' | 'FORGED'): void;
  /** Requests received since the start. */
  requests(): number;
};

export type RegistryServerOptions = {
  /** 61174 unless told; 0 takes a free port. */
  readonly port?: number;
  readonly clock?: () => number;
  readonly workMs?: number;
  /** The text of the ministry's age identity files for a case's roster, by draft or case number. */
  readonly identityFiles?: (caseNumber: string) => readonly string[];
  /** The registry's own signing key; a new one unless told. */
  readonly signingKey?: KeyObject;
  /** Age identities it made for paper rosters, kept by the caller where they must outlive this process. */
  readonly paperKeys?: Map<string, string>;
};

type Check = Readonly<{
  request: CheckRequest;
  batch: string;
  rows: readonly OpenedRow[];
  verdicts: ReturnType<typeof judgeRows>;
  arrivedMs: number;
}>;

const MAX_BATCH = 64 << 20;

const json = (status: number, value: unknown): SimulatedResponse => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

const taipeiDay = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

/**
 * Starts a simulated household registry 戶役政 over plain loopback HTTP, where reality has TLS in front. It holds
 * fictitious people, opens rosters with the ministry's keys, judges each row, and signs its totals. `/control` is a
 * page for people. The wire is this project's own: the ministry's is not public (未確認).
 */
export async function startRegistry(options: RegistryServerOptions = {}): Promise<RegistryServer> {
  const clock = options.clock ?? Date.now;
  const state: RegistryState = { fault: 'none', delayMs: 0, workMs: options.workMs ?? 0 };
  const register = new HouseholdRegister();
  const signer = ed25519Signer(
    REGISTRY_KEY_NAME,
    options.signingKey ?? generateKeyPairSync('ed25519').privateKey,
  );
  const preCheck = new PreCheckDesk(register, signer);
  const paperKeys = options.paperKeys ?? new Map<string, string>();
  const sheets = new Map<string, 'UNSIGNED' | 'FORGED'>();
  const checks = new Map<string, Check | 'refused'>();
  const bodies = new Map<string, string>();
  let received = 0;

  const keysOf: KeysOf = (caseNumber) => [
    ...(options.identityFiles?.(caseNumber) ?? []).flatMap(parseIdentityFile),
    ...[paperKeys.get(caseNumber)].flatMap((text) => (text === undefined ? [] : parseIdentityFile(text))),
  ];

  const paperKeysMade = new Map<string, Promise<void>>();
  async function makePaperKey(caseNumber: string): Promise<void> {
    if (paperKeys.has(caseNumber)) return;
    const key = await generateCaseKey('x25519');
    paperKeys.set(caseNumber, `# public key: ${key.recipient}\n${key.identity}\n`);
  }

  async function recipient(caseNumber: string): Promise<SimulatedResponse> {
    // One key a case, also when many ask at once: what was sealed to a key that is replaced opens for nobody.
    const making = paperKeysMade.get(caseNumber) ?? makePaperKey(caseNumber);
    paperKeysMade.set(caseNumber, making);
    await making;
    const key = /public key: (age1[0-9a-z]+)/.exec(paperKeys.get(caseNumber) ?? '')?.[1] ?? '';
    const text = `lianshu-registry-recipient/1\n${caseNumber}\n${key}\n`;
    const stranger = ed25519Signer(REGISTRY_KEY_NAME, generateKeyPairSync('ed25519').privateKey);
    return json(200, {
      v: 1,
      statement: signNote(text, [state.fault === 'wrong-signature' ? stranger : signer]),
    });
  }

  async function take(id: string, body: Buffer): Promise<SimulatedResponse> {
    const batch = createHash('sha256').update(body).digest('hex');
    const before = bodies.get(id);
    if (before !== undefined)
      return before === batch ? json(202, { v: 1, check: id }) : json(409, { code: 'other-batch' });
    const request = parseCheckRequest(body.toString('utf8'));
    if (request === undefined || request.check !== id) return json(400, { code: 'malformed' });
    bodies.set(id, batch);
    try {
      const seen = ({ township, sheet }: Readonly<{ township: string; sheet: number }>) =>
        sheets.get(`${township}-${sheet}`);
      const rows = await openRows(request, keysOf, seen);
      const verdicts = judgeRows(register, rows, await openBarred(request.barred, keysOf));
      if (verdicts.size !== rows.length) throw new Error('a row twice');
      checks.set(id, { request, batch, rows, verdicts, arrivedMs: clock() });
    } catch {
      checks.set(id, 'refused');
    }
    return json(202, { v: 1, check: id });
  }

  async function tell(id: string): Promise<SimulatedResponse> {
    const check = checks.get(id);
    if (check === undefined) return json(404, { code: 'unknown-check' });
    if (check === 'refused') return json(200, { v: 1, check: id, state: 'refused', code: 'unreadable' });
    const of = check.rows.length;
    const spentMs = clock() - check.arrivedMs;
    if (spentMs < state.workMs)
      return json(200, {
        v: 1,
        check: id,
        state: 'working',
        done: Math.floor((of * spentMs) / state.workMs),
        of,
      });
    const asked = { ...check, register, signer, today: taipeiDay(clock()) };
    return json(200, await finishedAnswer(asked, state.fault));
  }

  async function serve(request: SimulatedRequest): Promise<SimulatedResponse> {
    received++;
    if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs).unref());
    if (state.fault === 'silent') return 'silent';
    if (state.fault === 'http-503') return { status: 503 };
    if (state.fault === 'garbage') return { type: 'text/html', body: '<p>查無資料' };
    const [, kind, id = '', more] = request.path.split('/');
    if (kind === 'pre-check' && more === undefined) {
      if (id === 'recipient' && request.method === 'GET') return preCheck.recipient();
      if (id === '' && request.method === 'POST') return preCheck.answer(request.body);
    }
    if (kind === 'cases' && more === 'recipient' && request.method === 'GET')
      return /^([0-9]{4,6}|D[0-9]{5})$/.test(id) ? recipient(id) : json(404, { code: 'unknown-case' });
    if (kind === 'checks' && more === undefined && /^[0-9a-f]{32}$/.test(id)) {
      if (request.method === 'PUT') return take(id, request.body);
      if (request.method === 'GET') return tell(id);
      return { status: 405, headers: { allow: 'GET, PUT' } };
    }
    return json(404, { code: 'unknown-path' });
  }

  function control(request: SimulatedRequest): SimulatedResponse {
    if (request.method === 'GET')
      return page(
        registryControlPage(state, preCheck.state, register, formatVerifierKey(signer.key)),
        CONTROL_POLICY,
      );
    if (request.method !== 'POST' || !sameOrigin(request)) return { status: 403 };
    const form = new URLSearchParams(request.body.toString('utf8'));
    state.fault = REGISTRY_FAULTS.find((fault) => fault === form.get('fault')) ?? state.fault;
    const preChecking = PRE_CHECK_FAULTS.find((fault) => fault === form.get('pre-check'));
    preCheck.state.fault = preChecking ?? preCheck.state.fault;
    const number = (name: string, most: number): number | undefined => {
      const value = Number(form.get(name) ?? Number.NaN);
      return Number.isInteger(value) && value >= 0 && value <= most ? value : undefined;
    };
    state.workMs = number('work', 600_000) ?? state.workMs;
    preCheck.state.delayMs = number('pre-check-delay', 600_000) ?? preCheck.state.delayMs;
    register.troubleShare = number('share', 1_000) ?? register.troubleShare;
    return { status: 303, headers: { location: '/control' } };
  }

  const handle = (request: SimulatedRequest): SimulatedResponse | Promise<SimulatedResponse> => {
    return request.path === '/control' ? control(request) : serve(request);
  };

  const server = await listenWithOutages(handle, options.port ?? REGISTRY_PORT, '127.0.0.1', MAX_BATCH);
  return {
    ...server,
    state,
    register,
    preCheck,
    verifierKey: formatVerifierKey(signer.key),
    markSheet: (township, sheet, seen) => sheets.set(`${township}-${sheet}`, seen),
    requests: () => received,
  };
}
