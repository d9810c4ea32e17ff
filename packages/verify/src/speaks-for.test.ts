import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { canonicalJson } from '@lianshu/statement';
import {
  checkpointText,
  formatTlogProof,
  leafHash,
  type NoteSigner,
  openCheckpoint,
  openWitnessedCheckpoint,
  type Policy,
  parseTlogProof,
  SIGNATURE_TYPE,
  signNote,
} from '@lianshu/tlog';
import { cosigner, ed25519Signer, nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { describe, expect, it } from 'vitest';
import { checkReceiptOnWebCrypto } from './check-receipt.browser.ts';
import { checkReceipt } from './check-receipt.ts';
import { compareCheckpoints } from './compare-checkpoints.ts';
import { followLog } from './follow-log.ts';
import { promiseKey, SAMPLE_ORIGIN, SampleLog, sampleKey, sampleSignature } from './sample-log.ts';
import type { Trust } from './trust.ts';
import { openTrusted } from './trusted-log.ts';

const NOW = 1_795_000_000;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const quantum = generateKeyPairSync('ml-dsa-44').privateKey;
const witnessAs = (name: string, type: 0x04 | 0x06, key: KeyObject): NoteSigner =>
  cosigner(name, type, key, () => NOW);
const { ed25519Cosignature, mlDsa44 } = SIGNATURE_TYPE;
const own = sampleSignature(1, 'joint-signature');
const log = new SampleLog([own.entry]);
const root = leafHash(sha256, canonicalJson(own.entry));

/** A tree of this one entry, with a receipt and a checkpoint, all under this signer's name and signature. */
function issuedBy(signer: NoteSigner) {
  const genuine = parseTlogProof(log.receipt(0, own.extra, 1));
  if (genuine === undefined) throw new Error('the sample does not read');
  const checkpoint = signNote(checkpointText({ origin: signer.key.name, size: 1, root }), [signer]);
  return { checkpoint, receipt: formatTlogProof({ ...genuine, checkpoint }) };
}

const policyOf = (witness: NoteSigner, logs: Policy['logs'] = [{ key: sampleKey.key }]): Policy => ({
  logs,
  witnesses: [{ name: 'w1', key: witness.key }],
  groups: [],
  quorum: 'w1',
});

/** Every program that opens a checkpoint, asked about one that a witness wrote. */
async function codesFor(signer: NoteSigner, trust: Trust) {
  const { checkpoint, receipt } = issuedBy(signer);
  const bytes = new TextEncoder().encode(checkpoint);
  const opened = openTrusted(nodeNotePrimitives, bytes, trust, 'checkpoint');
  const genuine = checkReceipt(nodeNotePrimitives, log.receipt(0, own.extra, 1), { keys: [sampleKey.key] });
  const context = { primitives: nodeNotePrimitives, nowMs: NOW * 1000, progress: () => {} };
  const source = { live: true, read: async () => bytes };
  const followed = await followLog({ ...context, source, trust }, genuine);
  return {
    receipt: checkReceipt(nodeNotePrimitives, receipt, trust).code,
    compared: compareCheckpoints(nodeNotePrimitives, [checkpoint, checkpoint], trust).code,
    opened: opened.ok ? 'ok' : opened.fault.code,
    followed: 'detail' in followed ? followed.detail : followed.code,
  };
}

const REFUSED = {
  receipt: 'other-log',
  compared: 'other-log',
  opened: 'checkpoint-other-log',
  followed: 'checkpoint-other-log',
};

describe('a key that may cosign', () => {
  it.each([
    ['Ed25519', witnessAs('witness.invalid/w', ed25519Cosignature, ed25519)],
    ['ML-DSA-44', witnessAs('witness.invalid/w', mlDsa44, quantum)],
    ['Ed25519 under the log’s name', witnessAs(SAMPLE_ORIGIN, ed25519Cosignature, ed25519)],
    ['ML-DSA-44 under the log’s name', witnessAs(SAMPLE_ORIGIN, mlDsa44, quantum)],
  ])('speaks for no log, as a witness of a policy: %s', async (_, witness) => {
    expect(await codesFor(witness, { keys: [sampleKey.key], policy: policyOf(witness) })).toEqual(REFUSED);
    // Nor when it also stands where log keys do.
    const also = policyOf(witness, [{ key: sampleKey.key }, { key: witness.key }]);
    expect(await codesFor(witness, { keys: [witness.key], policy: also })).toEqual(REFUSED);
    const { checkpoint } = issuedBy(witness);
    const refused = { ok: false, code: 'checkpoint-other-log' };
    expect(openWitnessedCheckpoint(nodeNotePrimitives, checkpoint, also)).toEqual(refused);
  });

  it('speaks for no log by its type alone, in a plain list of keys', async () => {
    const witness = witnessAs('witness.invalid/w', ed25519Cosignature, ed25519);
    expect(await codesFor(witness, { keys: [sampleKey.key, witness.key] })).toEqual(REFUSED);
    const trusted = () => [sampleKey.key, witness.key];
    const page = await checkReceiptOnWebCrypto(issuedBy(witness).receipt, trusted);
    expect(page).toEqual({ code: 'other-log' });
  });

  it('is named as cosigner where it stands beside the log', () => {
    const witness = witnessAs('witness.invalid/w', ed25519Cosignature, ed25519);
    const trust = { keys: [sampleKey.key], policy: policyOf(witness) };
    const verdict = checkReceipt(
      nodeNotePrimitives,
      log.receipt(0, own.extra, 1, [witness, sampleKey]),
      trust,
    );
    expect(verdict).toMatchObject({
      code: 'included',
      receipt: {
        signedBy: [`${SAMPLE_ORIGIN} (Ed25519)`],
        cosignedBy: ['witness.invalid/w (Ed25519)'],
      },
    });
  });
});

it('a promise key speaks for no log, not even for one that bears its name', () => {
  const { checkpoint } = issuedBy(promiseKey);
  const keys = { logKeys: [sampleKey.key, promiseKey.key] };
  const refused = { ok: false, code: 'checkpoint-malformed' };
  expect(openCheckpoint(nodeNotePrimitives, checkpoint, keys)).toEqual(refused);
  const bare = ed25519Signer('other.invalid', ed25519);
  const note = signNote(checkpointText({ origin: SAMPLE_ORIGIN, size: 1, root }), [promiseKey, bare]);
  const others = { logKeys: [promiseKey.key, bare.key] };
  expect(openCheckpoint(nodeNotePrimitives, note, others)).toEqual({
    ok: false,
    code: 'checkpoint-other-log',
  });
});
