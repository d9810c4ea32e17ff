/** A witness whose every answer the test decides: honest, hostile or silent. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type AddCheckpoint,
  formatPolicy,
  type NoteSigner,
  type Policy,
  parseAddCheckpoint,
  parseNote,
  SIGNATURE_TYPE,
  signatureLine,
  type VerifierKey,
} from '@lianshu/tlog';
import { cosigner } from '@lianshu/tlog/node';
import type { WitnessEndpoint } from '../../src/record/witness-client.ts';

/** What arrived, and what the answer is written to. `parsed` is undefined for a GET. */
export type Asked = Readonly<{
  request: IncomingMessage;
  response: ServerResponse;
  parsed: AddCheckpoint | undefined;
}>;

export type ScriptedWitness = Readonly<{
  signer: NoteSigner;
  endpoint: WitnessEndpoint;
  /** Old sizes asked with, in order. */
  asked: readonly number[];
  /** Replaces what it answers from now on. */
  answer(next: (asked: Asked) => void): void;
  close(): Promise<void>;
}>;

/** A fresh witness signer. Times are those of 2026-03-02, or of `seconds`. */
export const witnessSigner = (
  name: string,
  type: 0x04 | 0x06 = SIGNATURE_TYPE.ed25519Cosignature,
  seconds: () => number = () => 1_772_424_000,
): NoteSigner => {
  const { privateKey } =
    type === SIGNATURE_TYPE.mlDsa44 ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519');
  return cosigner(name, type, privateKey, seconds);
};

/** Its cosignature lines over a checkpoint. */
export const cosignatureOf = (signer: NoteSigner, checkpoint: string): string =>
  signatureLine(signer, parseNote(checkpoint)?.text ?? '');

/** Answers 200 with a valid cosignature, whatever the proof. */
export const cosigns =
  (signer: NoteSigner) =>
  ({ response, parsed }: Asked): void => {
    response.end(cosignatureOf(signer, parsed?.checkpoint ?? ''));
  };

export const status =
  (code: number, body = '', type = 'text/plain') =>
  ({ response }: Asked): void => {
    response.writeHead(code, { 'content-type': type }).end(body);
  };

/** Answers 409 with this size. */
export const isAt = (size: number | string) => status(409, `${size}\n`, 'text/x.tlog.size');

/** Starts on the loopback, on a free port unless told; answers 500 until told otherwise. */
export async function scriptedWitness(signer: NoteSigner, port = 0): Promise<ScriptedWitness> {
  const asked: number[] = [];
  let answer: (asked: Asked) => void = status(500);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const read = parseAddCheckpoint(new Uint8Array(Buffer.concat(chunks)));
      if (read.ok) asked.push(read.request.oldSize);
      answer({ request, response, parsed: read.ok ? read.request : undefined });
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    signer,
    endpoint: { url: `http://127.0.0.1:${address.port}`, keys: [signer.key] },
    asked,
    answer(next) {
      answer = next;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A policy file: these logs, these witnesses, and how many of them. */
export function policyText(
  logKeys: readonly VerifierKey[],
  witnesses: readonly WitnessEndpoint[],
  threshold: number,
): string {
  const named = witnesses.flatMap(({ url, keys }, i) =>
    keys.map((key, j) => ({ name: `w${i + 1}${j === 0 ? '' : `-${j + 1}`}`, key, url })),
  );
  const first = named.filter(({ name }) => /^w\d+$/.test(name)).map(({ name }) => name);
  const policy: Policy = {
    logs: logKeys.map((key) => ({ key })),
    witnesses: named,
    groups: [{ name: 'enough', threshold, members: first }],
    quorum: 'enough',
  };
  return formatPolicy(policy);
}
