import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openNote, signatureLine, signNote } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freshWitness } from './fresh-witness.ts';
import { growingLog } from './growing-log.ts';

const log = growingLog('log.invalid/rules', 3);
const stranger = growingLog('log.invalid/stranger');

async function fresh(options: Parameters<typeof freshWitness>[1] = {}) {
  const witness = await freshWitness([log.watched], options);
  onTestFinished(witness.close);
  const send = async (body: string, path = '/add-checkpoint') => {
    const answer = await fetch(witness.url + path, { method: 'POST', body });
    const type = answer.headers.get('content-type');
    return { status: answer.status, type, text: await answer.text() };
  };
  const newest = async (origin = log.watched.origin) => {
    const answer = await fetch(`${witness.url}/${hash('sha256', origin)}/checkpoint`);
    return answer.status === 200 ? await answer.text() : undefined;
  };
  return { witness, send, newest };
}

const sized = (size: number, status = 409) => ({ status, type: 'text/x.tlog.size', text: `${size}\n` });
const evidenceIn = async (folder: string) => (await readdir(join(folder, 'evidence')).catch(() => [])).sort();

describe('a witness', () => {
  it('cosigns growth, under both its keys, and keeps the newest', async () => {
    const { witness, send, newest } = await fresh({ postQuantum: true });
    expect(await newest()).toBeUndefined();
    for (const [from, to] of [
      [0, 2],
      [2, 7],
      [7, 7],
      [7, 200],
    ] as const) {
      const answer = await send(log.body(from, to));
      expect(answer.status, answer.text).toBe(200);
      const opened = openNote(nodeNotePrimitives, log.note(to) + answer.text, witness.keys);
      expect(opened.ok && opened.verified.map(({ timestamp }) => timestamp)).toEqual(
        witness.keys.map(() => witness.nowSeconds()),
      );
      expect(await newest()).toBe(log.note(to) + answer.text);
      witness.moveClock(60);
    }
    await witness.restart();
    expect(await newest()).toContain('\n200\n');
    expect(await send(log.body(0, 2))).toEqual(sized(200));
  });

  it('answers each refusal as the protocol says, and none of them changes its state', async () => {
    const { send, newest } = await fresh();
    expect(await send(log.body(2, 7))).toEqual(sized(0));
    expect((await send(log.body(0, 5))).status).toBe(200);
    const before = await newest();
    expect((await send(stranger.body(0, 1))).status).toBe(404);
    expect((await send(log.body(5, 7).replace(/— \S+/, '— other.invalid'))).status).toBe(403);
    const forged = stranger.note(7, 'true', [{ ...stranger.signer, key: log.signer.key }]);
    expect((await send(`old 5\n\n${forged.replaceAll('/stranger', '/rules')}`)).status).toBe(403);
    expect((await send(`old 6\n\n${log.note(5)}`)).status).toBe(400);
    expect(await send(log.body(4, 7))).toEqual(sized(5));
    expect(await send(log.body(0, 7))).toEqual(sized(5));
    expect((await send(`old 5\n\n${log.note(7)}`)).status).toBe(422);
    expect((await send(log.body(5, 8).replace(/8\n/, '7\n'))).status).toBe(403);
    const [, proof = ''] = log.body(5, 8).split('\n');
    expect((await send(`old 5\n${proof}\n\n${log.note(5)}`)).status).toBe(422);
    expect(await newest()).toBe(before);
    expect((await send(log.body(5, 7))).status).toBe(200);
  });

  it('takes a first checkpoint of any size, but no proof with it, and no empty tree with a root of its own', async () => {
    const { send } = await fresh();
    const [, proof = ''] = log.body(5, 8).split('\n');
    expect((await send(`old 0\n${proof}\n\n${log.note(8)}`)).status).toBe(422);
    const empty = log.note(1).replace('\n1\n', '\n0\n').split('\n\n')[0];
    expect(await send(`old 0\n\n${signNote(`${empty}\n`, [log.signer])}`)).toEqual(sized(0));
    expect((await send(`old 0\n\n${log.note(0)}`)).status).toBe(200);
    expect((await send(log.body(0, 8))).status).toBe(200);
  });

  it('never cosigns a second history: same size, grown, or shrunk; and keeps the evidence', async () => {
    const { witness, send, newest } = await fresh();
    expect((await send(log.body(0, 5))).status).toBe(200);
    expect(await send(`old 5\n\n${log.note(5, 'other')}`)).toEqual(sized(5));
    expect(await send(`old 0\n\n${log.note(5, 'other')}`)).toEqual(sized(5));
    expect((await send(log.body(5, 9, 'other'))).status).toBe(422);
    expect(await send(log.body(2, 4, 'other'))).toEqual(sized(5));
    expect(await newest()).toContain(log.note(5));
    const [fork = '', unproven = '', ...rest] = await evidenceIn(witness.folder);
    expect([fork, unproven].map((name) => name.split('-')[0])).toEqual(['fork', 'unproven']);
    expect(rest).toEqual([]);
    const kept = await readFile(join(witness.folder, 'evidence', fork), 'utf8');
    expect(kept).toContain(`== submitted ==\n${log.note(5, 'other')}`);
    expect(kept).toContain(`== held ==\n${log.note(5)}`);
    expect(witness.events.filter(({ kind }) => kind === 'evidence').length).toBe(2);
    // Other lines beside the log's own make no further evidence.
    const [junk] = log.note(5, 'true', [stranger.signer]).split('\n').slice(-2);
    expect(await send(`old 5\n\n${log.note(5, 'other')}${junk}\n`)).toEqual(sized(5));
    expect((await send(`${log.body(5, 9, 'other')}${junk}\n`)).status).toBe(422);
    expect(await evidenceIn(witness.folder)).toEqual([fork, unproven]);
  });

  it('keeps no suspicion of what the log proved after all', async () => {
    const { witness, send, newest } = await fresh();
    expect((await send(log.body(0, 5))).status).toBe(200);
    const held = await newest();
    const [junk] = log.note(9, 'true', [stranger.signer]).split('\n').slice(-2);
    expect((await send(`old 5\n\n${log.note(9)}${junk}\n`)).status).toBe(422);
    const [name = ''] = await evidenceIn(witness.folder);
    expect(await readFile(join(witness.folder, 'evidence', name), 'utf8')).toBe(
      `== submitted ==\n${log.note(9)}\n== held ==\n${held}`,
    );
    expect((await send(log.body(5, 9))).status).toBe(200);
    expect(await evidenceIn(witness.folder)).toEqual([]);
  });

  it('believes the log’s keys only: others are ignored, a bad line of a known key refuses', async () => {
    const { send } = await fresh();
    const [extra] = log.note(5, 'true', [stranger.signer]).split('\n').slice(-2);
    expect((await send(`${log.body(0, 5)}${extra}\n`)).status).toBe(200);
    const other = signatureLine({ ...log.signer, sign: () => new Uint8Array(64) }, '');
    expect((await send(`${log.body(5, 6)}${other}`)).status).toBe(403);
    expect((await send(log.body(5, 6))).status).toBe(200);
  });

  it('cosigns extension lines under Ed25519, which covers them, and never under ML-DSA-44', async () => {
    const { witness, send } = await fresh({ postQuantum: true });
    const text = `${log.note(5).split('\n\n')[0]}\nextension\n`;
    const answer = await send(`old 0\n\n${signNote(text, [log.signer])}`);
    expect(answer.status).toBe(200);
    const opened = openNote(nodeNotePrimitives, `${text}\n${answer.text}`, witness.keys);
    expect(opened.ok && opened.verified.map(({ key }) => key)).toEqual(witness.keys.slice(0, 1));
    expect((await send(log.body(5, 5))).status).toBe(200);
  });

  it('answers a repeated request within five seconds with the same lines, and later anew', async () => {
    const { witness, send } = await fresh({ postQuantum: true });
    const first = await send(log.body(0, 5));
    expect(await send(log.body(5, 5))).toEqual(first);
    witness.moveClock(4);
    expect(await send(log.body(5, 5))).toEqual(first);
    witness.moveClock(1);
    const later = await send(log.body(5, 5));
    expect(later.status).toBe(200);
    expect(later.text).not.toBe(first.text);
  });

  it('does not sign while its clock is behind its last cosignature', async () => {
    const { witness, send, newest } = await fresh();
    expect((await send(log.body(0, 5))).status).toBe(200);
    witness.moveClock(-1);
    expect((await send(log.body(5, 6))).status).toBe(503);
    expect(await newest()).toContain('\n5\n');
    witness.moveClock(1);
    expect((await send(log.body(5, 6))).status).toBe(200);
  });
});

describe('the witness’s pages', () => {
  it('are a text for people, its health, and nothing else', async () => {
    const { witness, send } = await fresh();
    const page = await fetch(witness.url);
    expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await page.text()).toContain('log.invalid/rules');
    expect(await (await fetch(`${witness.url}/healthz`)).text()).toBe('ok\n');
    for (const path of ['/x', '/..%2f', `/${'0'.repeat(64)}/checkpoint`]) {
      expect((await fetch(witness.url + path)).status).toBe(404);
    }
    expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(witness.url, { method: 'DELETE' })).status).toBe(405);
    expect((await send('x', '/healthz')).status).toBe(405);
    const head = await fetch(witness.url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
