import { generateKeyPairSync, sign } from 'node:crypto';
import {
  checkpointText,
  formatTlogProof,
  type NoteSigner,
  type Policy,
  parseCheckpointText,
  parseTlogProof,
  SIGNATURE_TYPE,
  signatureLine,
  signNote,
  toBase64,
  type VerifierKey,
  verifierKey,
} from '@lianshu/tlog';
import { cosigner, ed25519Signer, sha256 } from '@lianshu/tlog/node';
import {
  promiseKey,
  quantumKey,
  SAMPLE_ORIGIN,
  SampleLog,
  sampleKey,
  samplePromise,
  sampleSignature,
} from '../../../packages/verify/src/sample-log.ts';
import type { Trust } from '../../../packages/verify/src/trust.ts';

const NOW = 1_795_000_000;
export const quantum = quantumKey(NOW);
const witness = (letter: string, type: 0x04 | 0x06): NoteSigner =>
  cosigner(
    `witness-${letter}.lianshu.invalid`,
    type,
    (type === SIGNATURE_TYPE.mlDsa44 ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519'))
      .privateKey,
    () => NOW + 1,
  );
export const six: readonly NoteSigner[] = [
  ...['a', 'b', 'c', 'd'].map((letter) => witness(letter, 0x04)),
  ...['e', 'f'].map((letter) => witness(letter, 0x06)),
];
const stranger = witness('x', 0x04);

/** Everything both implementations are told to trust: the log's two keys, its promise key, six witnesses. */
export const trusted: readonly VerifierKey[] = [sampleKey, quantum, promiseKey, ...six].map(({ key }) => key);

const KINDS = ['joint-signature', 'proposal-signature', 'held'] as const;
const signatures = Array.from({ length: 21 }, (_, n) =>
  sampleSignature(n, KINDS[n % 3] ?? 'held', n % 2 === 0),
);
const log = new SampleLog(signatures.map(({ entry }) => entry));

/** A receipt of entry `n` of the log when it had `size` entries. */
function receipt(n: number, size: number, signers: readonly NoteSigner[]): string {
  return log.receipt(n, signatures[n]?.extra ?? new Uint8Array(), size, signers);
}

/** Good files of every kind: each is proven by both implementations. */
export const specimens: readonly string[] = [
  receipt(0, 1, [sampleKey]),
  receipt(6, 21, [sampleKey]),
  receipt(7, 20, [sampleKey, stranger]),
  receipt(8, 21, [sampleKey, ...six.slice(0, 3)]),
  receipt(9, 17, [...six.slice(0, 4), sampleKey]),
  receipt(10, 16, [sampleKey, quantum]),
  receipt(12, 21, [quantum]),
  receipt(14, 21, [sampleKey, quantum, ...six]),
  ...[0, 4, 5].map((n) => samplePromise(signatures[n] ?? sampleSignature(n, 'held'))),
];

/** The witnesses as a policy names them: four of six. Its logs are left to the keys that go with it. */
const policy: Policy = {
  logs: [],
  witnesses: six.map(({ key }) => ({ name: key.name.slice(0, 9), key })),
  groups: [{ name: 'most', threshold: 4, members: six.map(({ key }) => key.name.slice(0, 9)) }],
  quorum: 'most',
};

/** The keys without those of witnesses, and the policy: each key in its role. */
export const inRoles: Trust = { keys: [sampleKey, quantum, promiseKey].map(({ key }) => key), policy };

/** A receipt that somebody else wrote as a log of their own, or in the log's name: nothing is wrong but who signed. */
function issuedBy(signer: NoteSigner, origin = signer.key.name): string {
  const proof = parseTlogProof(specimens[1] ?? '');
  const head = parseCheckpointText(proof?.checkpoint.split('\n\n')[0]?.concat('\n') ?? '');
  if (proof === undefined || head === undefined) throw new Error('a specimen does not read');
  return formatTlogProof({ ...proof, checkpoint: signNote(checkpointText({ ...head, origin }), [signer]) });
}

/** Receipts from witnesses, Ed25519 and ML-DSA-44, and from the promise key: each would hold if its signer were a log. */
export const issued: readonly string[] = [
  ...[...six.slice(0, 1), ...six.slice(5)].flatMap((signer) => [
    issuedBy(signer),
    issuedBy(signer, SAMPLE_ORIGIN),
  ]),
  issuedBy(promiseKey, SAMPLE_ORIGIN),
];

/** A signer that signs any text with a key of the log, whatever a checkpoint may look like. */
const loose = ed25519Signer(SAMPLE_ORIGIN, generateKeyPairSync('ed25519').privateKey);
const loosePromise = ed25519Signer(`${SAMPLE_ORIGIN}/promise`, generateKeyPairSync('ed25519').privateKey);

/** Whoever holds a key of the log can sign anything: odd texts under good signatures. */
export const looseKeys: readonly VerifierKey[] = [loose.key, loosePromise.key];

const body = (signer: NoteSigner, text: string): string => `${text}\n${signatureLine(signer, text)}`;

const HEAD = (() => {
  const [origin = '', size = '', root = ''] = (parseTlogProof(specimens[1] ?? '')?.checkpoint ?? '').split(
    '\n',
  );
  return { origin, size, root };
})();

const ODD_TEXTS: readonly string[] = [
  `${HEAD.origin}\n${HEAD.size}\n${HEAD.root}\n`,
  `${HEAD.origin}\n${HEAD.size}\n${HEAD.root}\nextension\n`,
  `${HEAD.origin}\n${HEAD.size}\n${HEAD.root}\n\n`,
  `${HEAD.origin}\n0${HEAD.size}\n${HEAD.root}\n`,
  `${HEAD.origin}\n+${HEAD.size}\n${HEAD.root}\n`,
  `${HEAD.origin}\n9007199254740991\n${HEAD.root}\n`,
  `${HEAD.origin}\n9007199254740992\n${HEAD.root}\n`,
  `${HEAD.origin}\n99999999999999999999\n${HEAD.root}\n`,
  `${HEAD.origin}\n0\n${HEAD.root}\n`,
  `${HEAD.origin}\n６\n${HEAD.root}\n`,
  `${HEAD.origin}\n${HEAD.size}\n${HEAD.root.slice(0, -1)}\n`,
  `${HEAD.origin}\n${HEAD.size}\n${HEAD.root.slice(4)}\n`,
  `${HEAD.origin}\n${HEAD.size}\n${HEAD.root.slice(0, -2)}/=\n`,
  `${HEAD.origin}\n${HEAD.size}\n`,
  `${HEAD.origin}\n`,
  `\n${HEAD.size}\n${HEAD.root}\n`,
  `${HEAD.origin}/promise\n${HEAD.size}\n${HEAD.root}\n`,
  `other.invalid\n${HEAD.size}\n${HEAD.root}\n`,
  `${HEAD.origin.toUpperCase()}\n${HEAD.size}\n${HEAD.root}\n`,
  `${HEAD.origin} \n${HEAD.size}\n${HEAD.root}\n`,
];

const L = toBase64(sha256(new TextEncoder().encode('L')));
const ODD_PROMISES: readonly string[] = [
  ['9901', '2026-11-21T04:00Z', '2026-11-21T04:02:00Z'],
  ['9901', '2026-02-29T04:00Z', '2026-11-21T04:02:00Z'],
  ['9901', '2028-02-29T04:00Z', '2028-02-29T23:59:59Z'],
  ['9901', '2100-02-29T04:00Z', '2026-11-21T04:02:00Z'],
  ['9901', '0000-01-01T00:00Z', '9999-12-31T23:59:59Z'],
  ['9901', '2026-11-21T24:00Z', '2026-11-21T04:02:00Z'],
  ['9901', '2026-11-21T04:60Z', '2026-11-21T04:02:00Z'],
  ['9901', '2026-11-21T04:00Z', '2026-11-21T04:02:60Z'],
  ['9901', '2026-13-01T04:00Z', '2026-11-21T04:02:00Z'],
  ['9901', '2026-00-01T04:00Z', '2026-11-00T04:02:00Z'],
  ['9901', '2026-11-21T04:00:00Z', '2026-11-21T04:02:00Z'],
  ['9901', '2026-11-21T04:00Z', '2026-11-21T04:02Z'],
  ['９９０１', '2026-11-21T04:00Z', '2026-11-21T04:02:00Z'],
  ['-9901', '2026-11-21T04:00Z', '2026-11-21T04:02:00Z'],
  ['9'.repeat(32), '2026-11-21T04:00Z', '2026-11-21T04:02:00Z'],
  ['9'.repeat(33), '2026-11-21T04:00Z', '2026-11-21T04:02:00Z'],
].map(
  ([number, received, due]) =>
    `${SAMPLE_ORIGIN}/promise\n${L}\ncase ${number}\nreceived ${received}\npublish-by ${due}\n`,
);

/** Odd files under good signatures of {@link looseKeys}: only what they say can be wrong. */
export function oddFiles(): readonly string[] {
  const proof = parseTlogProof(specimens[1] ?? '');
  if (proof === undefined) throw new Error('a specimen does not read');
  const files = ODD_TEXTS.map((text) => formatTlogProof({ ...proof, checkpoint: body(loose, text) }));
  const swapped = files.map((file) => file.replace('c2sp.org/tlog-proof@v1', 'c2sp.org/tlog-proof@v2'));
  return [...files, ...swapped, ...ODD_PROMISES.map((text) => body(loosePromise, text))];
}

const timedKey = generateKeyPairSync('ed25519').privateKey;
/** A witness whose times are at the edges of what a uint64 says. */
export const timed: VerifierKey = verifierKey(
  sha256,
  'timed.invalid',
  0x04,
  ed25519Signer('x', timedKey).key.publicKey,
);

/** Good receipts with one more cosignature line, which states this time. */
export function timedFiles(): readonly string[] {
  const times = [0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];
  const file = specimens[1] ?? '';
  const text = `${HEAD.origin}\n${HEAD.size}\n${HEAD.root}\n`;
  return times.map((time) => {
    const message = new TextEncoder().encode(`cosignature/v1\ntime ${time}\n${text}`);
    const bytes = Buffer.alloc(12);
    bytes.writeUInt32BE(timed.id, 0);
    bytes.writeBigUInt64BE(time, 4);
    return `${file}— ${timed.name} ${toBase64(Buffer.concat([bytes, sign(null, message, timedKey)]))}\n`;
  });
}
