import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PinnedAnchor, parseCertificate } from '@lianshu/pki';
import type { TestCard } from '@lianshu/pki/testing';
import { decodeEvidence, type OcspProof, openEpoch } from '@lianshu/seal';
import {
  type AuthorityServer,
  citizen,
  type SimulatedAuthority,
  type SimulatedCard,
  sharedAuthority,
  startAuthorityServer,
} from '@lianshu/simulators';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SealOutcome, SettledSeal } from '../../../src/sealer/index.ts';
import {
  CONFIRMED,
  type RequestBend,
  type SealerWorld,
  SILENT,
  sealRequestFor,
  startWorld,
} from '../../../src/sealer/testing/sealer-world.ts';

const PERSON = citizen(6_100);
/** The signer waits this long in all; OCSP gets half. */
const WAIT_MS = 1_600;

let authority: SimulatedAuthority;
let server: AuthorityServer;
let world: SealerWorld;
let card: SimulatedCard;
let asked: RequestInit[] = [];
let intercept: typeof fetch | undefined;

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const listed = () =>
  (['SIM-MOICA-G2', 'SIM-MOICA-G3'] as const).map((name) => authority.revocationList(name));
const trusted = () => ({
  pins: authority.anchors() as readonly PinnedAnchor[],
  certificates: authority.anchors().map(({ name }) => authority.authority(name).certificate),
  production: false,
});
const responders = (url: string) =>
  new Map(
    (['SIM-MOICA-G2', 'SIM-MOICA-G3'] as const).map((name) => [
      hexOf(authority.authority(name).keys.ski),
      url,
    ]),
  );

function cardFor({ signing }: SimulatedCard): TestCard {
  const { issuer, serial } = parseCertificate(signing.certificate);
  return {
    key: signing.keys.privateKey,
    certificate: signing.certificate,
    issuerName: issuer,
    serial,
    idTail: PERSON.nationalId.slice(-4),
  };
}

function request(bend: RequestBend = {}) {
  return sealRequestFor({
    nationalId: PERSON.nationalId,
    card: cardFor(card),
    receivedAtMs: world.nowMs,
    signingTimeMs: world.nowMs,
    ...bend,
  });
}

const summary = (outcome: SealOutcome) => {
  if (outcome.outcome === 'held') return outcome.reason;
  return outcome.outcome === 'refused' ? `${outcome.check} ${outcome.code}` : outcome.outcome;
};

async function proofIn(outcome: SettledSeal | { readonly outcome: string }): Promise<OcspProof> {
  if (!('evidence' in outcome)) throw new Error(`not sealed: ${outcome.outcome}`);
  const reader = await openEpoch([world.caseKey.identity], outcome.epochs[0]?.wrapped ?? new Uint8Array());
  const { evidence, recordCommitment } = outcome;
  const { revocationProof } = decodeEvidence(
    reader.open(evidence.place, recordCommitment, evidence.ciphertext),
  );
  if (!('response' in revocationProof)) throw new Error('proved by a list');
  return revocationProof;
}

const noLists = () => {
  world.lists = [];
  return world.restart();
};

beforeAll(async () => {
  authority = await sharedAuthority();
  server = await startAuthorityServer(authority, { port: 0, clock: () => world.nowMs });
  world = await startWorld({
    trust: trusted(),
    identityWaitMs: WAIT_MS,
    ocsp: {
      responders: responders(`${server.url}/ocsp`),
      fetch: (input, init) => {
        asked.push(init ?? {});
        return (intercept ?? fetch)(input, init);
      },
    },
  });
  await noLists();
  world.nowMs = Date.now();
  card = await authority.issueCard(PERSON, { reuseKeys: true });
});
afterAll(async () => {
  await world.close();
  await server.close();
});
afterEach(() => {
  server.faults.ocsp = 'none';
  intercept = undefined;
  asked = [];
  world.identity.answer = CONFIRMED;
});

describe('OCSP stands in where no revocation list is fresh 線上憑證狀態查詢', () => {
  it('good: sealed, with the answer in the evidence', async () => {
    const sealed = await world.client.seal(request());
    const proof = await proofIn(sealed);
    expect(proof).toMatchObject({
      issuerSki: hexOf(authority.authority(card.issuer).keys.ski),
      responderKeyHash: hexOf(authority.authority(card.issuer).responder?.keys.ski ?? new Uint8Array()),
    });
    expect(Math.abs(Date.parse(proof.producedAt) - world.nowMs)).toBeLessThan(1_000);
    expect(proof.thisUpdate).toBe(proof.producedAt);
    expect(hexOf(proof.response)).toContain(card.signing.serialHex);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'POST', redirect: 'error' });
  });

  it.each([
    ['try-later', 'I_OCSP_UNAVAILABLE'],
    ['internal-error', 'I_OCSP_UNAVAILABLE'],
    ['http-503', 'I_OCSP_UNAVAILABLE'],
    ['bad-signature', 'I_OCSP_UNAVAILABLE'],
    ['wrong-nonce', 'I_OCSP_UNAVAILABLE'],
    ['no-nonce', 'I_OCSP_UNAVAILABLE'],
    ['stale', 'I_OCSP_UNAVAILABLE'],
    ['other-serial', 'I_OCSP_UNAVAILABLE'],
    ['responder-without-purpose', 'I_OCSP_UNAVAILABLE'],
    ['unknown-status', 'I_OCSP_UNKNOWN'],
  ] as const)('%s: held, nobody asked about the person; then settled', async (fault, code) => {
    server.faults.ocsp = fault;
    world.identity.asked.length = 0;
    const held = await world.client.seal(request());
    if (held.outcome !== 'held') throw new Error(held.outcome);
    expect(held.reason).toBe(code);
    expect(await world.client.settle(held)).toMatchObject({ outcome: 'still-held', reason: code });
    expect(world.identity.asked).toEqual([]);
    server.faults.ocsp = 'none';
    const settled = await world.client.settle(held);
    expect((await proofIn(settled)).response.length).toBeGreaterThan(500);
  });

  it('revoked and suspended: refused at check 21, at once and when settling', async () => {
    const other = await authority.issueCard(citizen(6_101), { reuseKeys: true });
    const bend = { card: cardFor(other), nationalId: other.person.nationalId };
    server.faults.ocsp = 'try-later';
    const held = await world.client.seal(request(bend));
    if (held.outcome !== 'held') throw new Error(held.outcome);
    server.faults.ocsp = 'none';

    authority.suspend(other);
    expect(summary(await world.client.seal(request(bend)))).toBe('21 E_SUSPENDED');
    authority.reinstate(other);
    expect(summary(await world.client.seal(request(bend)))).toBe('sealed');
    authority.revoke(other);
    expect(summary(await world.client.seal(request(bend)))).toBe('21 E_REVOKED');
    expect(await world.client.settle(held)).toMatchObject({
      outcome: 'refused',
      check: 21,
      code: 'E_REVOKED',
    });
  });

  it('the answer of the time of receipt stands when only the identity was missing', async () => {
    world.identity.answer = SILENT;
    const held = await world.client.seal(request());
    expect(held).toMatchObject({ outcome: 'held', reason: 'I_ICS_UNAVAILABLE' });
    if (held.outcome !== 'held') return;
    server.faults.ocsp = 'http-503';
    world.identity.answer = CONFIRMED;
    expect((await proofIn(await world.client.settle(held))).response.length).toBeGreaterThan(500);
    expect(asked).toHaveLength(1);
  });

  it('one whose envelope fails anything is refused, and no service hears of it', async () => {
    const whole = request();
    const bent = Uint8Array.from(whole.signature);
    bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
    expect(summary(await world.client.seal({ ...whole, signature: bent }))).toBe('17 E_SIG_INVALID');
    const other = new Uint8Array(32);
    expect(summary(await world.client.seal({ ...whole, recordCommitment: other }))).toBe(
      '4 commitment-mismatch',
    );
    expect(asked).toEqual([]);
  });
});

describe('a service that does not behave', () => {
  const outcomeWith = async (answer: typeof fetch) => {
    intercept = answer;
    return summary(await world.client.seal(request()));
  };

  it('slow: held within the signer’s wait, whether or not the transport can be cut', async () => {
    for (const stall of [
      () => new Promise<never>(() => {}),
      (_: unknown, init?: RequestInit) =>
        new Promise<never>((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        }),
    ]) {
      const start = performance.now();
      expect(await outcomeWith(stall)).toBe('I_OCSP_UNAVAILABLE');
      expect(performance.now() - start).toBeLessThan(WAIT_MS);
    }
    expect(world.logged.at(-1)).toMatchObject({ event: 'revocation-trouble', code: 'ocsp-late' });
  });

  it('leaves the identity service what is left of the wait, and no more', async () => {
    world.identity.confirm = () => new Promise<never>(() => {});
    try {
      const start = performance.now();
      const slowly: typeof fetch = async (input, init) => {
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS / 4));
        return fetch(input, init);
      };
      expect(await outcomeWith(slowly)).toBe('I_ICS_UNAVAILABLE');
      expect(performance.now() - start).toBeLessThan(WAIT_MS + 200);
    } finally {
      Reflect.deleteProperty(world.identity, 'confirm');
    }
  });

  it('redirects, endless answers and noise: held', async () => {
    const redirecting = createServer((_, response) => {
      response.writeHead(307, { location: `${server.url}/ocsp` }).end();
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const address = redirecting.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await outcomeWith((_, init) => fetch(`http://127.0.0.1:${port}/`, init))).toBe(
      'I_OCSP_UNAVAILABLE',
    );
    await new Promise((resolve) => redirecting.close(resolve));

    let pulled = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          pulled += 1;
          controller.enqueue(new Uint8Array(16_384));
        },
      });
    expect(await outcomeWith(async () => new Response(endless()))).toBe('I_OCSP_UNAVAILABLE');
    expect(pulled).toBeLessThan(10);
    for (const body of ['', 'noise', Buffer.from('30030a0100', 'hex')])
      expect(await outcomeWith(async () => new Response(body))).toBe('I_OCSP_UNAVAILABLE');
    expect(await outcomeWith(() => Promise.reject(new TypeError('down')))).toBe('I_OCSP_UNAVAILABLE');
    expect(JSON.stringify(world.logged)).not.toContain(card.signing.serialHex);
  });
});

describe('a revocation list decides wherever there is a fresh one', () => {
  afterEach(noLists);

  it('OCSP is not asked, neither of the good nor of the revoked', async () => {
    const revoked = await authority.issueCard(citizen(6_102), { reuseKeys: true });
    authority.revoke(revoked);
    authority.publishLists({ thisUpdateMs: world.nowMs - 60_000 });
    world.lists = listed();
    await world.client.reloadRevocation();
    expect(summary(await world.client.seal(request()))).toBe('sealed');
    const bend = { card: cardFor(revoked), nationalId: revoked.person.nationalId };
    expect(summary(await world.client.seal(request(bend)))).toBe('20 E_REVOKED');
    expect(asked).toEqual([]);
  });

  it('also one that arrives while OCSP says good', async () => {
    const late = await authority.issueCard(citizen(6_103), { reuseKeys: true });
    intercept = async (input, init) => {
      const good = await fetch(input, init);
      authority.revoke(late);
      authority.publishLists({ thisUpdateMs: world.nowMs - 30_000 });
      world.lists = listed();
      await world.client.reloadRevocation();
      return good;
    };
    const bend = { card: cardFor(late), nationalId: late.person.nationalId };
    expect(summary(await world.client.seal(request(bend)))).toBe('20 E_REVOKED');
  });

  it('a stale list still says who was revoked for good; a suspension may be over', async () => {
    const revoked = await authority.issueCard(citizen(6_104), { reuseKeys: true });
    const suspended = await authority.issueCard(citizen(6_105), { reuseKeys: true });
    authority.revoke(revoked);
    authority.suspend(suspended);
    authority.publishLists({ thisUpdateMs: world.nowMs - 20_000 });
    world.lists = listed();
    await world.client.reloadRevocation();
    authority.reinstate(suspended);

    world.nowMs += 3 * 86_400_000;
    const of = (which: SimulatedCard) => ({
      card: cardFor(which),
      nationalId: which.person.nationalId,
      receivedAtMs: world.nowMs,
      signingTimeMs: world.nowMs,
    });
    expect(summary(await world.client.seal(request(of(revoked))))).toBe('I_CRL_STALE');
    expect(asked).toEqual([]);
    expect(summary(await world.client.seal(request(of(suspended))))).toBe('sealed');
    expect(asked).toHaveLength(1);
    world.nowMs -= 3 * 86_400_000;
  });
});

describe('whom the sealer asks', () => {
  it('the address in the certificate only below an authority’s domain, and nobody when not configured', async () => {
    const seen: unknown[] = [];
    const silent: typeof fetch = async (input) => {
      seen.push(input);
      return new Response('', { status: 404 });
    };
    // Simulated certificates name an address on this machine.
    const unlisted = { responders: new Map<string, string>(), fetch: silent };
    const theirs = await startWorld({
      trust: trusted(),
      revocation: { sources: [], reloadEveryMs: 3_600_000 },
      ocsp: unlisted,
      nowMs: () => world.nowMs,
    });
    expect(summary(await theirs.client.seal(request()))).toBe('I_CRL_STALE');
    expect(seen).toEqual([]);
    await theirs.close();

    const ours = await startWorld({ revocation: { sources: [], reloadEveryMs: 3_600_000 }, ocsp: unlisted });
    expect(summary(await ours.client.seal(sealRequestFor()))).toBe('I_OCSP_UNAVAILABLE');
    expect(seen).toEqual(['http://ocsp.sim.moi.gov.tw/OCSP']);
    await ours.close();

    const nobody = await startWorld({ revocation: { sources: [], reloadEveryMs: 3_600_000 } });
    expect(summary(await nobody.client.seal(sealRequestFor()))).toBe('I_CRL_STALE');
    await nobody.close();
  });

  it('never a configured address elsewhere, nor for an issuer that is not pinned', async () => {
    const start = async (pairs: readonly (readonly [string, string])[]) => {
      try {
        const started = await startWorld({
          trust: trusted(),
          ocsp: { responders: new Map(pairs), fetch },
        });
        await started.close();
        return 'started';
      } catch (error) {
        return error instanceof Error && 'code' in error ? error.code : error;
      }
    };
    const ski = hexOf(authority.authority('SIM-MOICA-G3').keys.ski);
    for (const url of ['http://127.0.0.1:61171/ocsp', 'http://[::1]:1/', 'http://ocsp.moi.gov.tw/OCSP'])
      expect(await start([[ski, url]]), url).toBe('started');
    for (const url of [
      'http://ocsp.example/',
      'http://10.0.0.1/ocsp',
      'http://127.0.0.1.example/',
      'http://user:word@127.0.0.1/',
      'file:///etc/hosts',
      '',
    ])
      expect(await start([[ski, url]]), url).toBe('ocsp-responder-not-allowed');
    expect(await start([['00'.repeat(20), 'http://127.0.0.1/ocsp']])).toBe('ocsp-responder-not-allowed');
  });
});

it('answers are kept nowhere in the clear: they name cards', async () => {
  const archive = mkdtempSync(join(tmpdir(), 'ocsp-archive-'));
  const keeping = await startWorld({
    trust: trusted(),
    identityWaitMs: WAIT_MS,
    revocation: { sources: [], reloadEveryMs: 3_600_000, archive },
    ocsp: { responders: responders(`${server.url}/ocsp`), fetch },
    nowMs: () => world.nowMs,
  });
  expect((await keeping.client.seal(request())).outcome).toBe('sealed');
  const files = [keeping.directory, archive].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  expect(files.length).toBeGreaterThan(2);
  const serial = Buffer.from(card.signing.serialHex, 'hex');
  for (const file of files) expect(readFileSync(file).includes(serial), file).toBe(false);
  await keeping.close();
  rmSync(archive, { recursive: true });
});
