import { generateKeyPairSync } from 'node:crypto';
import { checkpointText, SIGNATURE_TYPE, signNote } from '@lianshu/tlog';
import { ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askToCosign, newestOf, type WitnessEndpoint } from '../../../src/record/witness-client.ts';
import { MAX_ANSWER_BYTES } from '../../../src/record/witness-client-http.ts';
import {
  type Asked,
  cosignatureOf,
  cosigns,
  isAt,
  type ScriptedWitness,
  scriptedWitness,
  status,
  witnessSigner,
} from '../../builders/scripted-witness.ts';

const ORIGIN = 'test.lianshu.invalid/log';
const log = ed25519Signer(ORIGIN, generateKeyPairSync('ed25519').privateKey);
const rootOf = (text: string) => sha256(new TextEncoder().encode(text));
const checkpointOf = (size: number, root = `${size}`) =>
  signNote(checkpointText({ origin: ORIGIN, size, root: rootOf(root) }), [log]);
const signer = witnessSigner('witness.invalid');
const postQuantum = witnessSigner('witness.invalid', SIGNATURE_TYPE.mlDsa44);
const stranger = witnessSigner('stranger.invalid');

/** The time that test witnesses state. */
const NOW_MS = 1_772_424_000_000;

let witness: ScriptedWitness;
beforeEach(async () => {
  witness = await scriptedWitness(signer);
});
afterEach(() => witness.close());

/** Asks over a checkpoint of size 10. The deadline is short where the test waits for it, and long elsewhere. */
const ask = (to: WitnessEndpoint = witness.endpoint, oldSize = 4, deadlineMs = 20_000) =>
  askToCosign(to, {
    size: 10,
    checkpoint: checkpointOf(10),
    oldSize,
    nowMs: () => NOW_MS,
    proofFrom: async (size1) => (size1 === 0 || size1 === 10 ? [] : [rootOf(`from ${size1}`)]),
    signal: AbortSignal.timeout(deadlineMs),
  });

describe('asking a witness to cosign', () => {
  it('takes the cosignatures of the keys it knows and ignores all others', async () => {
    witness.answer(({ response, parsed }) => {
      const over = parsed?.checkpoint ?? '';
      response.end([stranger, postQuantum, signer].map((each) => cosignatureOf(each, over)).join(''));
    });
    expect(await ask()).toEqual({ state: 'cosigned', lines: cosignatureOf(signer, checkpointOf(10)) });
    const both = await ask({ ...witness.endpoint, keys: [signer.key, postQuantum.key] });
    expect(both.state === 'cosigned' && both.lines.trim().split('\n')).toHaveLength(2);
  });

  it('sends the proof from the size it believes in, and once from the size it is told', async () => {
    witness.answer((asked) => (asked.parsed?.oldSize === 7 ? cosigns(signer)(asked) : isAt(7)(asked)));
    expect((await ask()).state).toBe('cosigned');
    expect(witness.asked).toEqual([4, 7]);
  });

  it.each([
    ['a later size', isAt(11), 'ahead', [4]],
    ['an absurd size', isAt('9999999999999999'), 'ahead', [4]],
    ['its own size again and again', isAt(4), 'conflict', [4]],
    ['a size that is no number', isAt('07'), 'conflict', [4]],
    ['a size of the wrong type', status(409, '7\n'), 'conflict', [4]],
    ['403', status(403), 'forbidden', [4]],
    ['404', status(404), 'unknown-log', [4]],
    ['422', status(422), 'proof-refused', [4]],
    ['500', status(500), 'http-500', [4]],
    ['418', status(418), 'http-418', [4]],
    ['a page', status(200, '<!doctype html>', 'text/html'), 'malformed', [4]],
    ['nothing', status(200), 'malformed', [4]],
    ['a line of nobody known', (asked: Asked) => cosigns(stranger)(asked), 'bad-signature', [4]],
  ] as const)('gives up after %s', async (_what, answer, state, asked) => {
    witness.answer(answer);
    expect((await ask()).state).toBe(state);
    expect(witness.asked).toEqual(asked);
  });

  it('ends a loop of changing sizes after the second', async () => {
    let size = 5;
    witness.answer((asked) => isAt(size++)(asked));
    expect(await ask()).toEqual({ state: 'conflict', size: 6 });
    expect(witness.asked).toEqual([4, 5]);
  });

  it('refuses a cosignature of another checkpoint, a damaged one and one without a time', async () => {
    const timeless = witnessSigner('witness.invalid', SIGNATURE_TYPE.ed25519Cosignature, () => 0);
    const lines = [
      cosignatureOf(signer, checkpointOf(9)),
      cosignatureOf(signer, checkpointOf(10, 'another root')),
      cosignatureOf(signer, checkpointOf(10)).replace(/.{4}==?\n$/, 'AAAA\n'),
      cosignatureOf(timeless, checkpointOf(10)),
    ];
    for (const line of lines) {
      witness.answer(status(200, line));
      const keys = [signer.key, timeless.key];
      expect((await ask({ ...witness.endpoint, keys })).state).toMatch(
        /^(bad-signature|bad-time|malformed)$/,
      );
    }
  });

  it.each([
    ['the end of what a date can be', 8.64e12],
    ['more than a date can be', 8.64e12 + 1],
    ['the year 10000', 253_402_300_800],
    ['all that a number can be', Number.MAX_SAFE_INTEGER],
    ['an hour and a second from now', NOW_MS / 1_000 + 3_601],
    ['an hour and a second ago', NOW_MS / 1_000 - 3_601],
    ['1970', 1],
  ])('refuses a cosignature that states %s', async (_what, seconds) => {
    const liar = witnessSigner('witness.invalid', SIGNATURE_TYPE.ed25519Cosignature, () => seconds);
    witness.answer(cosigns(liar));
    expect(await ask({ ...witness.endpoint, keys: [liar.key] })).toEqual({ state: 'bad-time' });
  });

  it('takes one whose clock is an hour off', async () => {
    const late = witnessSigner(
      'witness.invalid',
      SIGNATURE_TYPE.ed25519Cosignature,
      () => NOW_MS / 1_000 + 3_600,
    );
    witness.answer(cosigns(late));
    expect((await ask({ ...witness.endpoint, keys: [late.key] })).state).toBe('cosigned');
  });

  it('does not follow a redirect, not even to itself', async () => {
    witness.answer(({ response }) => response.writeHead(307, { location: '/add-checkpoint' }).end());
    expect((await ask()).state).toBe('redirected');
    expect(witness.asked).toEqual([4]);
  });

  it('reads no more than its bound of an answer, however much comes', async () => {
    let sent = 0;
    witness.answer(({ response }) => {
      const more = () => {
        while (!response.destroyed && sent < 512 * MAX_ANSWER_BYTES) {
          sent += MAX_ANSWER_BYTES;
          if (!response.write(Buffer.alloc(MAX_ANSWER_BYTES, 'A'))) return response.once('drain', more);
        }
        return response;
      };
      more();
    });
    expect((await ask()).state).toBe('too-large');
    expect(sent).toBeLessThan(512 * MAX_ANSWER_BYTES);
  });

  it('ends at the deadline when the answer trickles, stalls or never begins', async () => {
    const timers: NodeJS.Timeout[] = [];
    const answers = [
      ({ response }: Asked) => {
        response.write('—');
        timers.push(setInterval(() => response.write(' '), 20));
      },
      ({ response }: Asked) => void response.write('— witness'),
      () => undefined,
    ];
    for (const answer of answers) {
      witness.answer(answer);
      expect((await ask(witness.endpoint, 4, 300)).state).toBe('timeout');
    }
    for (const timer of timers) clearInterval(timer);
  });

  it('tells a reset connection and a closed port', async () => {
    witness.answer(({ request }) => request.socket.resetAndDestroy());
    expect((await ask()).state).toBe('unreachable');
    await witness.close();
    expect((await ask()).state).toBe('unreachable');
  });
});

describe('the newest checkpoint of a witness', () => {
  const newest = () => newestOf(witness.endpoint, { origin: ORIGIN, logKeys: [log.key] });
  const cosigned = (note: string) => `${note}${cosignatureOf(signer, note)}`;

  it('is found where c2sp.org/tlog-witness puts it, with the log’s signature and its own', async () => {
    let path: string | undefined;
    witness.answer(({ request, response }) => {
      path = request.url;
      response.end(cosigned(checkpointOf(12)));
    });
    expect(await newest()).toMatchObject({
      state: 'found',
      checkpoint: { origin: ORIGIN, size: 12 },
      cosignedBy: [signer.key],
    });
    const folder = Buffer.from(rootOf(ORIGIN)).toString('hex');
    expect(path).toBe(`/${folder}/checkpoint`);
  });

  it('is no finding without the log’s own signature, and nobody’s cosignature if there is none', async () => {
    const forged = ed25519Signer(ORIGIN, generateKeyPairSync('ed25519').privateKey);
    const claim = signNote(checkpointText({ origin: ORIGIN, size: 999, root: rootOf('x') }), [forged]);
    const foreign = signNote(checkpointText({ origin: 'other.invalid', size: 9, root: rootOf('x') }), [log]);
    for (const [note, state] of [
      [cosigned(claim), 'not-of-this-log'],
      [cosigned(foreign), 'not-of-this-log'],
      ['nonsense', 'malformed'],
      [`${checkpointOf(12)}${cosignatureOf(signer, checkpointOf(11))}`, 'bad-signature'],
    ] as const) {
      witness.answer(status(200, note));
      expect(await newest()).toEqual({ state });
    }
    witness.answer(status(200, checkpointOf(12)));
    expect(await newest()).toMatchObject({ state: 'found', cosignedBy: [] });
    witness.answer(status(404));
    expect(await newest()).toEqual({ state: 'none' });
    witness.answer(status(503));
    expect(await newest()).toEqual({ state: 'http-503' });
  });
});
