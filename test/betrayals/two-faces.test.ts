/** 兩份公卷；被偷的公卷金鑰: two checkpoints of one size, by the operator or by whoever stole the log's key. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { canonicalJson } from '@lianshu/statement';
import {
  bundlePath,
  checkpointText,
  consistencyProof,
  encodeBundle,
  formatAddCheckpoint,
  leafHash,
  rootOf,
  signNote,
  tilePath,
} from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { operatorKeyStore } from '../../src/operator-keys.ts';
import { readConfig } from '../../src/platform/config.ts';
import { logSigners } from '../../src/record/index.ts';
import { readPublishedLog } from '../builders/published-log.ts';
import { TEST_ORIGIN } from '../platform.ts';
import { betrayedHouse, CASE, checkpointOf, type House, openedOf, WITHIN_MS } from './betrayed-house.ts';

let house: House;
let server: Server | undefined;
beforeAll(async () => {
  house = await betrayedHouse();
  await house.signed(841);
  await house.signed(842);
});
afterAll(async () => {
  server?.close();
  await house?.close();
});

/** What whoever has `keys/log/` can make: a signed tree of their own, written as a log's files. */
interface Forgery {
  readonly checkpoint: string;
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
  write(folder: string): void;
}

/** Signs the entries as published, changed by `bend`, with the log's own keys. */
function forged(bend: (entries: readonly Uint8Array[]) => readonly Uint8Array[]): Forgery {
  const { directory, clock } = house.platform;
  const signers = logSigners(operatorKeyStore(readConfig({ LIANSHU_DATA: directory })), TEST_ORIGIN, clock);
  const published = readPublishedLog(house.platform);
  if (published === undefined) throw new Error('nothing is published');
  const entries = bend(published.bytes);
  const hashes = entries.map((entry) => leafHash(sha256, entry));
  const size = entries.length;
  const checkpoint = signNote(
    checkpointText({ origin: TEST_ORIGIN, size, root: rootOf(sha256, hashes) }),
    signers,
  );
  return {
    checkpoint,
    size,
    hashes,
    write(folder) {
      writeFileSync(join(folder, 'checkpoint'), checkpoint);
      writeFileSync(join(folder, tilePath({ level: 0, index: 0, width: size })), Buffer.concat(hashes));
      writeFileSync(join(folder, bundlePath({ index: 0, width: size })), encodeBundle(entries));
    },
  };
}

const entryWith = (letter: string): Uint8Array => {
  const value = `${letter.repeat(42)}A`;
  return canonicalJson({ case: CASE, commitment: value, kind: 'joint-signature', tag: value, v: 1 });
};
/** The record without its last signature, another in its place. */
const replacedLast = (entries: readonly Uint8Array[]) => [...entries.slice(0, -1), entryWith('Q')];

/** Asks a witness to cosign; its answer. */
async function ask(url: string, oldSize: number, forgery: Forgery, proof: readonly Uint8Array[] = []) {
  const body = formatAddCheckpoint({ oldSize, proof, checkpoint: forgery.checkpoint });
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

/** A copy of the published files in another place, which a chosen reader is pointed to. */
function otherFace(name: string, forgery: Forgery): string {
  const { directory } = house.platform;
  const folder = join(directory, name);
  cpSync(join(directory, 'public', 'log'), folder, { recursive: true });
  forgery.write(folder);
  return folder;
}

describe('two checkpoints of one size', () => {
  it('no witness cosigns the second; a reader with a policy does not believe it', async () => {
    const first = checkpointOf(house);
    const second = forged(replacedLast);
    expect(second.size).toBe(openedOf(house).size);
    for (const { url } of house.platform.witnesses)
      expect(await ask(url, second.size, second)).toMatchObject({ status: 409 });

    const shown = otherFace('shown-to-one', second);
    const own = await house.verify('log', '--json', '--log', join(house.platform.directory, 'public', 'log'));
    expect(own.exit, own.text).toBe(0);
    const judged = await house.verify('log', '--json', '--log', shown);
    expect(judged.exit).toBe(3);
    expect(JSON.parse(judged.text)).toMatchObject({ faults: [{ code: 'quorum-missing' }] });

    // Two readers who compare what they were shown hold a proof that needs nobody's word.
    const [a, b] = ['a.checkpoint', 'b.checkpoint'].map((name) => join(house.platform.directory, name)) as [
      string,
      string,
    ];
    writeFileSync(a, first);
    writeFileSync(b, second.checkpoint);
    const compared = await house.verify('checkpoint', a, b, '--json');
    expect(compared.exit).toBe(8);
    expect(compared.text).toContain('"forked"');
    expect((await house.verify('checkpoint', a, a)).exit).toBe(0);
  });

  it('a monitor that is shown the second one has both as evidence', async () => {
    const forgery = forged(replacedLast);
    const files = join(house.platform.directory, 'public', 'log');
    let folder = files;
    server = createServer((request, response) => {
      try {
        response.end(readFileSync(join(folder, (request.url ?? '/').replace(/^\/log\//, ''))));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
    const log = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
    const monitor = house.monitor('shown both', { log, args: ['--api', house.platform.url] });
    await monitor.sees('nothing wrong');
    folder = otherFace('shown-later', forgery);
    const { evidence } = await monitor.raises('fork');
    const kept = evidence?.['files'] as readonly string[];
    expect(kept.map((file) => readFileSync(file, 'utf8'))).toEqual([expect.any(String), forgery.checkpoint]);
    expect((await house.verify('checkpoint', ...kept, '--json')).exit).toBe(8);
  });
});

describe('a stolen log key', () => {
  it('that rewrites: every witness asks for a proof that cannot exist', async () => {
    const rewritten = forged((entries) => [...replacedLast(entries), entryWith('B'), entryWith('C')]);
    const { size } = openedOf(house);
    for (const { url } of house.platform.witnesses) {
      expect(await ask(url, size, rewritten, [sha256(new Uint8Array())])).toMatchObject({ status: 422 });
      expect(await ask(url, 0, rewritten)).toMatchObject({ status: 409, text: `${size}\n` });
    }
    const judged = await house.verify('log', '--json', '--log', otherFace('rewritten', rewritten));
    expect(judged.exit).toBe(3);
    expect(JSON.parse(judged.text)).toMatchObject({ faults: [{ code: 'quorum-missing' }] });
  });

  it('that adds: a witness may cosign it, and from then on everybody sees it', async () => {
    const monitor = house.monitor('key stolen');
    await monitor.sees('nothing wrong');
    const { size } = openedOf(house);
    const longer = forged((entries) => [...entries, entryWith('D')]);
    const proof = consistencyProof(sha256, size, longer.size, ({ width }) =>
      Buffer.concat(longer.hashes.slice(0, width)),
    );
    const [witness] = house.platform.witnesses;
    expect(await ask(witness?.url ?? '', size, longer, proof)).toMatchObject({ status: 200 });

    const ahead = await monitor.raises('witness-ahead');
    expect(ahead.evidence).toMatchObject({ size: size + 1, published: size });
    // The house meets its own key's signature over a tree it never made: it stops, and does not start again.
    await house.platform.openCase('9902');
    await vi.waitFor(() => expect(house.faults).toContain('database-behind'), { timeout: WITHIN_MS });
    await expect(house.platform.restartServer()).rejects.toThrow('witness-differs');
  });
});
