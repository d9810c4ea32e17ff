/**
 * One full signature over HTTP on the embedded PostgreSQL, warm, the identity service answering in 150 ms; the
 * start of a warm demonstration and the memory of all its processes. Figures of one run on one machine.
 *
 * Needs: our own time to "stored" < 60 ms (median), "included" < 900 ms; warm start < 5 s; memory < 800 MB.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  citizen,
  issueDemoCards,
  SimulatedAuthority,
  type SimulatedCard,
  signStatement,
} from '@lianshu/simulators';
import {
  deriveLeafSecret,
  deriveSalt,
  evidenceCommitment,
  NationalId,
  recordCommitment,
  signerCommitment,
  toBase64Url,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';

const SIGNERS = 80;
const WARM_UP = 20;
const IDENTITY_MS = 150;
const PORT = 3999;
const CASE = '9901';
const site = `http://localhost:${PORT}`;
const root = new URL('..', import.meta.url).pathname;

/** Runs the built demonstration and resolves when it says what to open. */
async function startDemonstration(data: string): Promise<{ child: ChildProcess; readyMs: number }> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [join(root, 'dist/lianshu.js'), 'demo', '--port', String(PORT), '--data', data, '--no-card'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await new Promise<void>((ready, failed) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ctrl-C')) ready();
    });
    child.once('exit', (code) => failed(new Error(`the demonstration ended with ${code}`)));
  });
  return { child, readyMs: performance.now() - started };
}

async function stopDemonstration(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

interface Posted {
  readonly status: number;
  readonly timing: string;
  readonly cookie: string;
  readonly body: Record<string, unknown>;
}

async function post(path: string, body: unknown, cookie: string): Promise<Posted> {
  const response = await fetch(`${site}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    timing: response.headers.get('server-timing') ?? '',
    cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** One signature as a browser makes it; the spans the server measured, in milliseconds. */
async function sign(card: SimulatedCard): Promise<{ stored: number; included: number }> {
  const id = NationalId.parse(card.person.nationalId);
  if (!(id instanceof NationalId)) throw new Error('bench: national ID');
  const secret = new Uint8Array(randomBytes(32));
  const commitment = signerCommitment(nodePrimitives, id, deriveSalt(nodePrimitives, secret));
  const offered = await post(
    `/v1/initiatives/${CASE}/transactions`,
    { signerCommitment: toBase64Url(commitment) },
    '',
  );
  const statement = new TextEncoder().encode(String(offered.body['statement']));
  const nonce = String(offered.body['transaction']);
  const { signature, certificate } = signStatement(card, statement, {
    form: 'cms-attached',
    nonce,
    nowMs: Date.now(),
  });
  const leafSecret = deriveLeafSecret(nodePrimitives, secret);
  const evidence = evidenceCommitment(nodePrimitives, { statement, signature, certificate });
  const answer = await post(
    `/v1/initiatives/${CASE}/joint-signatures`,
    {
      nationalId: id.reveal(),
      receiptSecret: toBase64Url(secret),
      token: offered.body['token'],
      form: 'cms-attached',
      signature: toBase64Url(signature),
      certificate: toBase64Url(certificate),
      recordCommitment: toBase64Url(
        recordCommitment(nodePrimitives, { caseNumber: CASE, leafSecret, evidence }),
      ),
    },
    offered.cookie,
  );
  if (answer.status !== 201) throw new Error(`bench: ${answer.status} ${String(answer.body['code'])}`);
  const span = (name: string) =>
    Number(new RegExp(`${name};dur=([0-9.]+)`).exec(answer.timing)?.[1] ?? Number.NaN);
  return { stored: span('stored'), included: span('included') };
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN;

/** Proportional set size of a process and all its children: shared pages are counted once. */
function memoryMb(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid);
      } catch {
        return false;
      }
    });
  let own = 0;
  try {
    own = Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    // It ended meanwhile.
  }
  return own + children.reduce((sum, child) => sum + memoryMb(Number(child)), 0);
}

function row(label: string, value: number, unit: string, limit: number): void {
  const share = `${((value / limit) * 100).toFixed(0)} % of ${limit} ${unit}`;
  console.log(`${label.padEnd(52)}${value.toFixed(1).padStart(9)} ${unit}   ${share}`);
}

const data = mkdtempSync(join(tmpdir(), 'lianshu-bench-'));
let child: ChildProcess | undefined;
try {
  const cards: SimulatedCard[] = [];
  await SimulatedAuthority.open(join(data, 'simulated-authority'), { spareKeys: 4 }, async (authority) => {
    await issueDemoCards(authority, Date.now());
    await authority.serviceClient('lianshu');
    for (let i = 0; i < SIGNERS; i++)
      cards.push(await authority.issueCard(citizen(5_000 + i), { reuseKeys: true }));
  });
  ({ child } = await startDemonstration(data));
  await stopDemonstration(child);
  let readyMs: number;
  ({ child, readyMs } = await startDemonstration(data));
  const control = new URL('http://127.0.0.1:61172/control');
  await fetch(control, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: control.origin },
    body: `delay=${IDENTITY_MS}&fault=none`,
    redirect: 'manual',
  });
  const spans: { stored: number; included: number }[] = [];
  for (const card of cards) spans.push(await sign(card));
  const warm = spans.slice(WARM_UP);
  const own = warm.map(({ stored }) => stored - IDENTITY_MS);
  row('stored, our own time, median', quantile(own, 0.5), 'ms', 60);
  row('stored, our own time, 95th percentile', quantile(own, 0.95), 'ms', 60);
  row(
    'included in a signed checkpoint, median',
    quantile(
      warm.map(({ included }) => included),
      0.5,
    ),
    'ms',
    900,
  );
  row(
    'included, 95th percentile',
    quantile(
      warm.map(({ included }) => included),
      0.95,
    ),
    'ms',
    900,
  );
  row('warm start to ready', readyMs / 1000, 's', 5);
  if (process.platform === 'linux') row('memory of all processes (PSS)', memoryMb(child.pid ?? 0), 'MB', 800);
} finally {
  if (child) await stopDemonstration(child).catch(() => undefined);
  rmSync(data, { recursive: true, force: true });
}
