import { expect, test } from 'vitest';
import { issueToken, readToken, type Transaction } from './transaction-token.ts';

const key = new Uint8Array(32).fill(7);
const transaction: Transaction = {
  specification: 'LIANSHU-TBS/1',
  caseNumber: '9901',
  textDigest: 'ab'.repeat(32),
  signerCommitment: 'A'.repeat(43),
  signedAt: '2026-11-21T12:00:00+08:00',
  transaction: 'B'.repeat(22),
  issuedAtMs: 1_795_233_600_000,
};

test('a token gives back what was offered', () => {
  expect(readToken(key, 'session', issueToken(key, 'session', transaction))).toEqual(transaction);
});

test('another session or another key cannot use it', () => {
  const token = issueToken(key, 'session', transaction);
  expect(readToken(key, 'another', token)).toBeUndefined();
  expect(readToken(new Uint8Array(32), 'session', token)).toBeUndefined();
});

test('no changed character survives', () => {
  const token = issueToken(key, 'session', transaction);
  for (let i = 0; i < token.length; i++)
    for (const other of ['A', 'b', '.', '-', ' ']) {
      if (token[i] === other) continue;
      expect(readToken(key, 'session', token.slice(0, i) + other + token.slice(i + 1))).toBeUndefined();
    }
  expect(readToken(key, 'session', `${token}A`)).toBeUndefined();
  expect(readToken(key, 'session', 'x'.repeat(2000))).toBeUndefined();
  expect(readToken(key, 'session', '')).toBeUndefined();
});
