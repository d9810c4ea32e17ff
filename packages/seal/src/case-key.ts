import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { SealError } from './seal-error.ts';

/** An age key pair: the identity stays offline, the recipient is public. */
export interface CaseKey {
  /** `AGE-SECRET-KEY-PQ-1…` or `AGE-SECRET-KEY-1…`. */
  readonly identity: string;
  /** `age1pq1…` or `age1…`. */
  readonly recipient: string;
}

/**
 * `hybrid`: ML-KEM-768 with X25519, so that a copy taken today stays closed to a later quantum computer.
 * Opened by age 1.3 and later. `x25519`: opened by every age since 1.0.
 * All recipients of one part must be of one kind (`areRecipients`).
 */
export type CaseKeyKind = 'hybrid' | 'x25519';

/** Makes a case key (or a ministry's key of one case) for the offline ceremony (trust.md §3). */
export async function generateCaseKey(kind: CaseKeyKind): Promise<CaseKey> {
  const identity = kind === 'hybrid' ? await generateHybridIdentity() : await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** An age identity file as `age-keygen` writes it. */
export function formatIdentityFile(key: CaseKey): string {
  return `# public key: ${key.recipient}\n${key.identity}\n`;
}

/** The identities of an age identity file: comments and empty lines are skipped, anything else is refused. */
export function parseIdentityFile(text: string): readonly string[] {
  const identities = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (identities.length === 0 || !identities.every((line) => /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/.test(line)))
    throw new SealError('identity-malformed');
  return identities;
}
