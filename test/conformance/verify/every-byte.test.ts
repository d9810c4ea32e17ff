/**
 * Every byte of a small log changed: tiles, bundles, checkpoint with its cosignatures, policy. Each change must be
 * refused by name, saying which bytes of which file or which line; the few that may stand are written down here. Of
 * an ML-DSA-44 signature or key, thousands of characters that mean nothing by themselves, every 16th is changed
 * beside both ends.
 */
import { equalBytes, utf8 } from '@lianshu/statement';
import { formatPolicy, type Policy, parsePolicy, SIGNATURE_TYPE } from '@lianshu/tlog';
import { nodeNotePrimitives as primitives, sha256 } from '@lianshu/tlog/node';
import { describe, expect, it } from 'vitest';
import type { LogFault } from '../../../packages/verify/src/log-fault.ts';
import type { LogSource } from '../../../packages/verify/src/log-source.ts';
import { LogSourceError } from '../../../packages/verify/src/log-source.ts';
import { faultOf, openPublished, readRecord } from '../../../packages/verify/src/read-record.ts';
import { SampleLog, sampleKey, withByte } from '../../../packages/verify/src/sample-log.ts';
import { sampleCourse, signatureEntry } from '../../../packages/verify/src/sample-record.ts';
import { generateWitness } from '../../../packages/verify/src/sample-witness.ts';

const types = [
  SIGNATURE_TYPE.ed25519Cosignature,
  SIGNATURE_TYPE.ed25519Cosignature,
  SIGNATURE_TYPE.mlDsa44,
] as const;
const witnesses = types.map((type, i) => generateWitness(`witness-${i}.invalid`, type).signer(1_795_000_000));
const policy: Policy = {
  logs: [{ key: sampleKey.key }],
  witnesses: witnesses.map(({ key }, i) => ({ name: `w${i}`, key })),
  groups: [{ name: 'two', threshold: 2, members: ['w0', 'w1', 'w2'] }],
  quorum: 'two',
};
const trust = { keys: [], policy };

const small = new SampleLog(sampleCourse, [sampleKey, ...witnesses]);
const large = new SampleLog(
  [...sampleCourse.slice(0, 2), ...Array.from({ length: 258 }, (_, n) => signatureEntry(n))],
  [sampleKey],
);

const sourceOf = (files: ReadonlyMap<string, Uint8Array>, bent: string, bytes: Uint8Array): LogSource => ({
  live: true,
  read: async (path) => {
    const found = path === bent ? bytes : files.get(path);
    if (found === undefined) throw new LogSourceError('log-not-found', path);
    return found;
  },
});

/** What a reader says of the log with one file replaced: a fault, or which lines it passed over. */
async function judge(
  log: SampleLog,
  file: string,
  bytes: Uint8Array,
  of: Parameters<typeof openPublished>[0]['trust'] = trust,
): Promise<LogFault | readonly number[]> {
  const context = { primitives, source: sourceOf(log.files, file, bytes), trust: of, progress: () => {} };
  try {
    const opened = await openPublished(context);
    const { malformed } = await readRecord(context, opened);
    if (opened.quorum?.reached === false) return { code: 'quorum-missing', file: 'checkpoint' };
    return malformed[0] ?? opened.ignoredLines;
  } catch (error) {
    return faultOf(error);
  }
}

const isFault = (judged: LogFault | readonly number[]): judged is LogFault => !Array.isArray(judged);

const holds = (range: readonly [number, number] | undefined, at: number): boolean =>
  range !== undefined && range[0] <= at && at < range[1];

/** Other values for a byte: its neighbours, a bit, and characters that mean something in the formats. */
const others = (byte: number): readonly number[] =>
  [...new Set([byte ^ 1, byte ^ 0x80, 0x0a, 0x20, 0x3d, 0x41])].filter((value) => value !== byte);

/** Whether the byte `at` of a line is among those changed: all of a short line, both ends and a sample of a long one. */
const isChanged = (at: number, length: number): boolean =>
  length < 600 || at < 160 || at >= length - 16 || at % 16 === 0;

describe('every byte changed', () => {
  it('of a bundle or tile: refused, naming the bytes', async () => {
    expect(await judge(small, '', new Uint8Array())).toEqual([]);
    const keys = { keys: [sampleKey.key] };
    for (const file of ['tile/entries/000.p/13', 'tile/0/000.p/13']) {
      const good = small.files.get(file) ?? new Uint8Array();
      for (let at = 0; at < good.length; at++) {
        const judged = await judge(small, file, withByte(good, at, (good[at] ?? 0) ^ (1 << (at % 8))), keys);
        const named = isFault(judged) && (holds(judged.bytes, at) || holds(judged.also?.bytes, at));
        expect(named, `${file} byte ${at}: ${JSON.stringify(judged)}`).toBe(true);
      }
    }
  });

  it('of the tiles above: refused, naming the tile', async () => {
    const keys = { keys: [sampleKey.key] };
    expect(await judge(large, '', new Uint8Array(), keys)).toEqual([]);
    const paths = [
      'tile/0/000',
      'tile/0/001.p/4',
      'tile/1/000.p/1',
      'tile/entries/000',
      'tile/entries/001.p/4',
    ];
    expect([...large.files.keys()].sort()).toEqual(['checkpoint', ...paths].sort());
    for (const file of paths) {
      const good = large.files.get(file) ?? new Uint8Array();
      for (let at = 0; at < good.length; at += Math.max(1, Math.floor(good.length / 40))) {
        const judged = await judge(large, file, withByte(good, at, (good[at] ?? 0) ^ 4), keys);
        const places = isFault(judged) ? [judged, ...(judged.also === undefined ? [] : [judged.also])] : [];
        const named = places.some((place) => place.file === file && holds(place.bytes, at));
        expect(named, `${file} byte ${at}: ${JSON.stringify(judged)}`).toBe(true);
      }
    }
  });

  it('of a file cut short, too long or empty: refused, naming the file', async () => {
    for (const file of ['tile/entries/000.p/13', 'tile/0/000.p/13', 'checkpoint']) {
      const good = small.files.get(file) ?? new Uint8Array();
      for (const bytes of [
        new Uint8Array(),
        good.slice(0, -1),
        good.slice(1),
        Uint8Array.of(...good, 0),
        Uint8Array.of(...good, ...good),
      ]) {
        const judged = await judge(small, file, bytes);
        const files = isFault(judged) ? [judged.file, judged.also?.file] : [];
        expect(files, JSON.stringify(judged)).toContain(file);
      }
    }
  });

  it('of the checkpoint: refused with its line; only a cosignature’s name or key id may make it unknown', async () => {
    const good = small.files.get('checkpoint') ?? new Uint8Array();
    const text = new TextDecoder().decode(good);
    const lines = text.split('\n');
    let passedOver = 0;
    let offset = 0;
    for (const [i, line] of lines.entries()) {
      const bytes = utf8(`${line}\n`).length;
      const cosigner = witnesses.find(({ key }) => line.startsWith(`— ${key.name} `))?.key;
      // The first signature line is the log's own; `— name ` and six characters of base64 select the key.
      const selects = cosigner === undefined ? 0 : utf8(`— ${cosigner.name} `).length + 6;
      for (let at = 0; at < bytes && offset + at < good.length; at++) {
        if (!isChanged(at, bytes)) continue;
        const step =
          at < selects + 12 || i < 5 ? others(good[offset + at] ?? 0) : [(good[offset + at] ?? 0) ^ 1];
        for (const value of step) {
          const bent = withByte(good, offset + at, value);
          const judged = await judge(small, 'checkpoint', bent);
          const where = `line ${i + 1} byte ${at} → ${value}: ${JSON.stringify(judged)}`;
          if (isFault(judged)) {
            expect(judged.file, where).toBe('checkpoint');
            const isNamed = judged.line !== undefined || judged.detail !== undefined;
            expect(isNamed, where).toBe(true);
          } else {
            expect(at < selects, where).toBe(true);
            expect(judged, where).toEqual([i + 1]);
            passedOver += 1;
          }
        }
      }
      offset += bytes;
    }
    expect(passedOver).toBeGreaterThan(20);
  });

  it('of the policy: refused with its line, the same policy, or another that a person could have meant', () => {
    const good = utf8(formatPolicy(policy));
    const read = (bytes: Uint8Array) => parsePolicy(sha256, bytes);
    let [refused, changed] = [0, 0];
    for (let at = 0; at < good.length; at++) {
      const start = good.lastIndexOf(0x0a, at - 1) + 1;
      if (!isChanged(at - start, good.indexOf(0x0a, at) + 1 - start)) continue;
      changed += 1;
      // Deep inside a key one other value shows what all of them do.
      const isInKey = at > start + 90;
      for (const value of isInKey ? [(good[at] ?? 0) ^ 1] : others(good[at] ?? 0)) {
        const bytes = withByte(good, at, value);
        const parsed = read(bytes);
        if (!parsed.ok) {
          expect(parsed.faults[0]?.line).toBeGreaterThan(0);
          refused += 1;
        } else {
          // A space for a space, or the threshold: nothing else can be read at all.
          const same = equalBytes(utf8(formatPolicy(parsed.policy)), good);
          const other = { ...parsed.policy, groups: policy.groups };
          expect(same || equalBytes(utf8(formatPolicy(other)), good), `byte ${at} → ${value}`).toBe(true);
        }
      }
    }
    expect(refused).toBeGreaterThan(changed);
  });
});
