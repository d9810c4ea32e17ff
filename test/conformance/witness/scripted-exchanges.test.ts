import { hash } from 'node:crypto';
import { openNote, parseVerifierKey, verifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { haveVectors, vectorText } from '../tlog/shared-vectors.ts';
import { freshWitness } from './fresh-witness.ts';

type Setup = Readonly<{
  log:
    | Readonly<{ kind: 'sigsum'; publicKeyHex: string }>
    | Readonly<{ kind: 'note'; origin: string; vkey: string }>;
  expectedFinalLogState: Readonly<{ origin: string; size: number }>;
}>;
type Scripted = Readonly<{
  method: string;
  path: string;
  body: string;
  status: number;
  bodyContains?: readonly string[];
  bodyEquals?: string;
}>;
type Script = Readonly<{ setup: Setup; exchanges: readonly Scripted[] }>;

/** A Sigsum log is named after its key; the others come with a verifier key and an origin of another name. */
function watchedLog({ log, expectedFinalLogState: { origin } }: Setup) {
  if (log.kind === 'note') {
    const key = parseVerifierKey(sha256, log.vkey);
    if (key === undefined) throw new Error('vkey');
    return { origin: log.origin, keys: [key] };
  }
  const publicKey = new Uint8Array(Buffer.from(log.publicKeyHex, 'hex'));
  expect(origin).toBe(`sigsum.org/v1/tree/${hash('sha256', publicKey)}`);
  return { origin, keys: [verifierKey(sha256, origin, 0x01, publicKey)] };
}

/**
 * Where today's specification differs from a recorded exchange, the specification wins: an unknown origin is 404
 * (c2sp.org/tlog-witness: "the witness MUST respond with a 404"), where the recording has 403.
 */
const EXPECTED_INSTEAD: Readonly<Record<string, number>> = { 'litewitness 3': 404 };

describe.skipIf(!haveVectors('witness'))('the scripted exchanges of another witness', () => {
  it.each(['litewitness', 'sumdb', 'bastion'])('%s', async (name) => {
    const script: Script = JSON.parse(vectorText(`witness/${name}.json`));
    const log = watchedLog(script.setup);
    const witness = await freshWitness([log], { name: 'example.com/witness' });
    onTestFinished(witness.close);
    expect(script.exchanges.length).toBe(name === 'litewitness' ? 9 : 1);
    for (const [i, { method, path, body, ...expected }] of script.exchanges.entries()) {
      const label = `${name} ${i + 1}`;
      const answer = await fetch(`${witness.url}${path}`, { method, body });
      const text = await answer.text();
      expect(answer.status, label).toBe(EXPECTED_INSTEAD[label] ?? expected.status);
      for (const part of expected.bodyContains ?? []) expect(text, label).toContain(part);
      if (expected.bodyEquals !== undefined) expect(text, label).toBe(expected.bodyEquals);
      if (answer.status === 409) expect(answer.headers.get('content-type')).toBe('text/x.tlog.size');
      if (answer.status !== 200) continue;
      const note = body.slice(body.indexOf('\n\n') + 2) + text;
      const opened = openNote(nodeNotePrimitives, note, witness.keys);
      expect(opened.ok && opened.verified.map(({ timestamp }) => timestamp)).toEqual([witness.nowSeconds()]);
    }
    const { origin, size } = script.setup.expectedFinalLogState;
    const newest = await fetch(`${witness.url}/${hash('sha256', origin)}/checkpoint`);
    const note = await newest.text();
    expect(note.split('\n').slice(0, 2)).toEqual([origin, String(size)]);
    const opened = openNote(nodeNotePrimitives, note, [...log.keys, ...witness.keys]);
    expect(opened.ok && opened.verified.length).toBe(2);
  });
});
