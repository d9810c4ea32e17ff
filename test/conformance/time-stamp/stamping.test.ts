import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTimeStampCertificates, verifyTimeStamp } from '@lianshu/pki';
import {
  SimulatedTimeStampAuthority,
  startTimeStampAuthority,
  TIME_STAMP_FAULTS,
  type TimeStampFault,
  type TimeStampServer,
} from '@lianshu/simulators';
import { checkpointText, signNote } from '@lianshu/tlog';
import { ed25519Signer } from '@lianshu/tlog/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/platform/random.ts';
import { servedFile } from '../../../src/record/public-file-form.ts';
import { Stamping } from '../../../src/record/stamping.ts';
import { timeStampHttp } from '../../../src/record/time-stamp-http.ts';

const ORIGIN = 'stamped.lianshu.invalid/log';
const HOUR_MS = 3_600_000;
const signer = ed25519Signer(ORIGIN, generateKeyPairSync('ed25519').privateKey);
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

let authority: SimulatedTimeStampAuthority;
let server: TimeStampServer;
let directory: string;
let nowMs = Date.parse('2026-11-21T04:00:00Z');
const clock = { nowMs: () => nowMs };

beforeAll(async () => {
  authority = await SimulatedTimeStampAuthority.make();
  server = await startTimeStampAuthority(authority, { port: 0, clock: () => nowMs });
});
afterAll(() => server.close());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lianshu-stamps-'));
  server.state.fault = 'none';
  return () => rmSync(directory, { recursive: true, force: true });
});

function publish(size: number, salt = 0): void {
  const text = checkpointText({ origin: ORIGIN, size, root: sha256(Uint8Array.of(size, salt)) });
  writeFileSync(join(directory, 'checkpoint'), signNote(text, [signer]));
}

function stamping(timeoutMs = 10_000) {
  const warnings: string[] = [];
  const port = timeStampHttp({
    url: server.url,
    certificates: authority.signer.certificate,
    clock,
    random: systemRandom,
    timeoutMs,
  });
  const made = new Stamping({ directory, authority: port, clock, warn: (text) => warnings.push(text) });
  return { made, warnings };
}

const kept = (name: string) => new Uint8Array(readFileSync(join(directory, 'stamps', name)));

describe('stamping', () => {
  it('stamps the published checkpoint, then once an hour what has grown since', async () => {
    const { made } = stamping();
    expect(await made.turn()).toEqual({ state: 'nothing-published' });
    publish(0);
    expect(await made.turn()).toEqual({ state: 'nothing-published' });
    publish(3);
    expect(await made.turn()).toMatchObject({ state: 'stamped', newest: { size: 3, genTimeMs: nowMs } });
    publish(5);
    expect(await made.turn()).toMatchObject({ state: 'not-due' });
    nowMs += HOUR_MS;
    expect(await made.turn()).toMatchObject({ state: 'stamped', newest: { size: 5 } });
    nowMs += HOUR_MS;
    expect(await made.turn()).toMatchObject({ state: 'not-due', newest: { size: 5 } });
    expect(JSON.parse(Buffer.from(kept('index.json')).toString())).toMatchObject({
      newest: { size: 5 },
      sizes: [3, 5],
      v: 1,
    });
    const certificates = readTimeStampCertificates(authority.signer.certificate);
    for (const size of [3, 5]) {
      const digest = sha256(kept(`${size}.checkpoint`));
      expect(verifyTimeStamp(kept(`${size}.tsr`), { digest, certificates })).toMatchObject({ ok: true });
    }
    for (const name of readdirSync(join(directory, 'stamps'))) {
      expect(servedFile(`stamps/${name}`)?.isImmutable, name).toBe(name !== 'index.json');
    }
  });

  it('neither forgets nor repeats a stamp after a restart, and goes on after a crash between the files', async () => {
    publish(3);
    await stamping().made.turn();
    const asked = server.requests();
    nowMs += 60_000;
    expect(await stamping().made.turn()).toMatchObject({ state: 'not-due', newest: { size: 3 } });
    expect(server.requests()).toBe(asked);
    // A crash left the checkpoint as it was then; what is published of this size has other signatures by now.
    nowMs += HOUR_MS;
    publish(9);
    mkdirSync(join(directory, 'stamps'), { recursive: true });
    const left = `${readFileSync(join(directory, 'checkpoint'), 'utf8')}— w.invalid AAAAAAAA\n`;
    writeFileSync(join(directory, 'stamps', '9.checkpoint'), left);
    expect(await stamping().made.turn()).toMatchObject({ state: 'stamped', newest: { size: 9 } });
    const certificates = readTimeStampCertificates(authority.signer.certificate);
    const verdict = verifyTimeStamp(kept('9.tsr'), { digest: sha256(Buffer.from(left)), certificates });
    expect(verdict.ok).toBe(true);
  });

  const CODES: Partial<Record<TimeStampFault, string>> = {
    'wrong-nonce': 'time-stamp-nonce',
    'no-nonce': 'time-stamp-nonce',
    'other-digest': 'time-stamp-other-digest',
    refused: 'time-stamp-refused',
    garbage: 'time-stamp-malformed',
    'trailing-byte': 'time-stamp-malformed',
    huge: 'tsa-too-large',
    silent: 'tsa-timeout',
    'http-503': 'tsa-http',
    'bad-signature': 'time-stamp-signature',
    'wrong-usage': 'time-stamp-signer-unknown',
    'usage-not-critical': 'time-stamp-signer-unknown',
    stranger: 'time-stamp-signer-unknown',
    yesterday: 'time-stamp-not-now',
  };

  it.each(TIME_STAMP_FAULTS.filter((fault) => fault !== 'none'))(
    'keeps nothing of an authority that is %s, says so once, and recovers',
    async (fault) => {
      publish(3);
      const { made, warnings } = stamping(fault === 'silent' ? 300 : 30_000);
      server.state.fault = fault;
      expect(await made.turn()).toEqual({ state: 'failed', code: CODES[fault] });
      expect(await made.turn()).toMatchObject({ state: 'failed' });
      expect(warnings.length).toBe(1);
      expect(readdirSync(directory)).toEqual(['checkpoint']);
      server.state.fault = 'none';
      expect(await made.turn()).toMatchObject({ state: 'stamped' });
      expect(warnings.length).toBe(2);
    },
  );

  it('takes for pins only certificates that are for time-stamping, critically and alone', async () => {
    for (const fault of ['wrong-usage', 'usage-not-critical'] as const) {
      const bent = await authority.certificateWith(fault);
      const options = { url: server.url, certificates: bent, clock, random: systemRandom };
      expect(() => timeStampHttp(options)).toThrow('E_TIME_STAMP');
    }
    const options = {
      url: server.url,
      certificates: authority.root.certificate,
      clock,
      random: systemRandom,
    };
    expect(() => timeStampHttp(options)).toThrow('E_TIME_STAMP');
  });
});
