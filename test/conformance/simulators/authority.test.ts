import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AuthorityServer,
  cast,
  REAL_LIST_ENTRIES,
  SimulatedAuthority,
  type SimulatedCard,
  sharedAuthority,
  signStatement,
  startAuthorityServer,
} from '@lianshu/simulators';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithOpenssl, openssl, pem } from './openssl.ts';

let authority: SimulatedAuthority;
let server: AuthorityServer;
let card: SimulatedCard;
let dir: string;

const inDir = (name: string): string => join(dir, name);

function writeChain(): void {
  const issuers = [authority.authority('SIM-MOICA-G2'), authority.authority('SIM-MOICA-G3')];
  writeFileSync(inDir('root.pem'), pem('CERTIFICATE', authority.authority('SIM-GRCA-G3').certificate));
  writeFileSync(
    inDir('issuers.pem'),
    issuers.map((issuer) => pem('CERTIFICATE', issuer.certificate)).join(''),
  );
  const trusted = [authority.authority('SIM-GRCA-G3'), ...issuers];
  writeFileSync(inDir('trusted.pem'), trusted.map((ca) => pem('CERTIFICATE', ca.certificate)).join(''));
  writeFileSync(inDir('card.pem'), pem('CERTIFICATE', card.signing.certificate));
}

function writeLists(): void {
  const lists = (['SIM-GRCA-G3', 'SIM-MOICA-G2', 'SIM-MOICA-G3'] as const).map((name) =>
    pem('X509 CRL', authority.revocationList(name)),
  );
  writeFileSync(inDir('lists.pem'), lists.join(''));
}

const verifyCard = (...more: readonly string[]) =>
  openssl(
    'verify',
    '-CAfile',
    inDir('root.pem'),
    '-untrusted',
    inDir('issuers.pem'),
    ...more,
    inDir('card.pem'),
  );

beforeAll(async () => {
  authority = await sharedAuthority();
  server = await startAuthorityServer(authority, { port: 0 });
  dir = mkdtempSync(join(tmpdir(), 'lianshu-sim-'));
  card = await authority.issueCard(cast.zhiming, { label: 'openssl', reuseKeys: true });
  authority.publishLists();
  writeChain();
  writeLists();
});

afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

describeWithOpenssl('模擬憑證管理中心 simulated authority against openssl', () => {
  it('both generations have one subject name and different keys', () => {
    const [g2, g3] = [authority.authority('SIM-MOICA-G2'), authority.authority('SIM-MOICA-G3')];
    expect(Buffer.from(g2.subject)).toEqual(Buffer.from(g3.subject));
    const parsed = [g2, g3].map((issuer) => new X509Certificate(issuer.certificate));
    expect(parsed[0]?.subject).toBe(parsed[1]?.subject);
    expect(parsed[0]?.subject).toContain('SIM');
    expect(parsed.map((item) => item.publicKey.asymmetricKeyDetails?.modulusLength)).toEqual([2048, 4096]);
    expect(authority.anchors().map((anchor) => anchor.role)).toEqual(['root', 'issuer', 'issuer']);
    expect(authority.anchors()[2]?.sha256).toBe(parsed[1]?.fingerprint256.replaceAll(':', '').toLowerCase());
  });

  it('openssl builds the chain and finds the card on no list', async () => {
    expect(await verifyCard('-crl_check_all', '-CRLfile', inDir('lists.pem'))).toMatchObject({ ok: true });
  });

  it('openssl verifies an attached and a detached envelope', async () => {
    const text = Buffer.from('連署\n');
    const nowMs = Date.now();
    writeFileSync(inDir('text'), text);
    writeFileSync(
      inDir('a.p7'),
      signStatement(card, text, { form: 'cms-attached', nonce: 'n', nowMs }).signature,
    );
    writeFileSync(inDir('d.p7'), signStatement(card, text, { form: 'cms-detached', nowMs }).signature);
    const common = ['cms', '-verify', '-binary', '-inform', 'DER', '-CAfile', inDir('trusted.pem')];
    const chain = ['-purpose', 'any'];
    expect((await openssl(...common, ...chain, '-in', inDir('a.p7'))).text).toMatch(/^連署\n/);
    expect(
      (await openssl(...common, ...chain, '-in', inDir('d.p7'), '-content', inDir('text'))).text,
    ).toMatch(/^連署\n/);
    const bent = signStatement(card, text, { form: 'cms-attached', nowMs, bend: 'bad-signature' });
    writeFileSync(inDir('b.p7'), bent.signature);
    expect((await openssl(...common, ...chain, '-in', inDir('b.p7'))).ok).toBe(false);
  });

  it('a suspended card stands on the complete list and on its partition as certificateHold, and may return', async () => {
    const held = await authority.issueCard(cast.yating, { label: 'held', reuseKeys: true });
    authority.suspend(held);
    authority.publishLists();
    const shown = await openssl(
      'x509',
      '-in',
      writeTemporary('held.pem', pem('CERTIFICATE', held.signing.certificate)),
      '-text',
    );
    const url = /URI:\S+(\/crl\/\S+)/.exec(shown.text)?.[1];
    for (const path of [url ?? '', `/crl/${authority.anchors()[2]?.ski}/complete.crl`]) {
      const list = await fetchBytes(path);
      const { text } = await openssl(
        'crl',
        '-in',
        writeTemporary('list.pem', pem('X509 CRL', list)),
        '-noout',
        '-text',
      );
      expect(text.replaceAll(':', '').toLowerCase()).toContain(held.signing.serialHex);
      expect(text).toContain('Certificate Hold');
    }
    authority.reinstate(held);
    expect(authority.status('SIM-MOICA-G3', held.signing.serialHex)).toEqual({ status: 'good' });
    expect(() => authority.reinstate(held)).toThrow('suspended');
    authority.publishLists();
  });

  it('a revoked card fails openssl, with a list number above the last', async () => {
    const before = await listNumber();
    const lost = await authority.issueCard(cast.jianguo, { label: 'lost', reuseKeys: true });
    authority.revoke(lost);
    authority.publishLists();
    writeLists();
    writeFileSync(inDir('card.pem'), pem('CERTIFICATE', lost.signing.certificate));
    expect((await verifyCard('-crl_check', '-CRLfile', inDir('lists.pem'))).text).toMatch(/revoked/);
    expect(await listNumber()).toBeGreaterThan(before);
    writeFileSync(inDir('card.pem'), pem('CERTIFICATE', card.signing.certificate));
  });

  it('the complete list reaches the size of the real one', async () => {
    authority.publishLists({ padding: REAL_LIST_ENTRIES });
    const list = authority.revocationList('SIM-MOICA-G2');
    expect(list.length).toBeGreaterThan(20_000_000);
    writeFileSync(inDir('big.crl'), list);
    const shown = await openssl(
      'crl',
      '-inform',
      'DER',
      '-in',
      inDir('big.crl'),
      '-noout',
      '-CAfile',
      inDir('issuers.pem'),
    );
    expect(shown).toEqual({ ok: true, text: 'verify OK\n' });
    authority.publishLists();
  });

  it('serves lists and certificates with an entity tag, and nothing else', async () => {
    const { ski } = authority.anchors()[1] ?? { ski: '' };
    const first = await fetch(`${server.url}/crl/${ski}/complete.crl`);
    expect(first.headers.get('content-type')).toBe('application/pkix-crl');
    const again = await fetch(first.url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect((await fetch(`${server.url}/certs/SIM-MOICA-G3.cer`)).status).toBe(200);
    for (const path of [
      `/crl/${ski}/p9.crl`,
      `/crl/${'0'.repeat(40)}/complete.crl`,
      '/certs/other.cer',
      '/',
    ]) {
      expect((await fetch(server.url + path)).status).toBe(404);
    }
    server.faults.lists = 'unavailable';
    expect((await fetch(first.url)).status).toBe(503);
    server.faults.lists = 'none';
  });

  it('is saved readable by its owner only, and loads as the same authority', async () => {
    const stock = join(dir, 'saved');
    await authority.save(stock);
    expect(statSync(join(stock, 'authority.json')).mode & 0o077).toBe(0);
    const loaded = await SimulatedAuthority.load(stock);
    expect(loaded.anchors()).toEqual(authority.anchors());
    expect(loaded.cards().length).toBe(authority.cards().length);
    const again = await loaded.issueCard(cast.meiling, { label: 'renewed', reuseKeys: true });
    writeFileSync(inDir('card.pem'), pem('CERTIFICATE', again.signing.certificate));
    expect(await verifyCard()).toMatchObject({ ok: true });
    await expect(SimulatedAuthority.load(join(dir, 'nothing'))).rejects.toThrow('no simulated authority');
  });
});

function writeTemporary(name: string, text: string): string {
  writeFileSync(inDir(name), text);
  return inDir(name);
}

async function listNumber(): Promise<number> {
  const path = writeTemporary('n.pem', pem('X509 CRL', authority.revocationList('SIM-MOICA-G3')));
  const { text } = await openssl('crl', '-in', path, '-noout', '-crlnumber');
  return Number(text.trim().replace('crlNumber=', ''));
}

async function fetchBytes(path: string): Promise<Uint8Array> {
  const response = await fetch(server.url + path);
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}
