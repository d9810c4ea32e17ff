/** Reading the final log for the checker: entries, roots of prefixes and numbers, each made again from the bytes. */
import { leafHash, rootOf } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { Numbers, RootHex } from './history.ts';

/** An entry as far as it matters here. */
export type LoggedEntry = Readonly<{
  kind: string;
  case?: string;
  commitment?: string;
  tag?: string;
  act?: string;
  index?: number;
  outcome?: string;
}>;

/** What a bad entry reads as: no kind that anybody expects. */
const UNREADABLE: LoggedEntry = { kind: 'unreadable' };

/** Reads one entry; never throws. */
export function readLogged(bytes: Uint8Array): LoggedEntry {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && 'kind' in value
      ? (value as LoggedEntry)
      : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

/** Roots of prefixes, each computed once. */
export function rootsOf(entries: readonly Uint8Array[]): (size: number) => RootHex | undefined {
  const leaves = entries.map((entry) => leafHash(sha256, entry));
  const known = new Map<number, RootHex>();
  return (size) => {
    if (size > leaves.length) return undefined;
    const root = known.get(size) ?? Buffer.from(rootOf(sha256, leaves.slice(0, size))).toString('hex');
    known.set(size, root);
    return root;
  };
}

const ZERO: Numbers = { counted: 0, held: 0, settledCounted: 0, settledRefused: 0, signed: 0, voided: 0 };

/** The numbers of a case's joint signatures after the first `size` entries; no code shared with the server's fold. */
export function numbersAt(entries: readonly LoggedEntry[], caseNumber: string, size: number): Numbers {
  const n = { ...ZERO };
  let taken = 0;
  for (const entry of entries.slice(0, size)) {
    if (entry.case !== caseNumber) continue;
    if (entry.kind === 'joint-signature') n.signed += 1;
    if (entry.act !== 'joint-signature') continue;
    if (entry.kind === 'held') taken += 1;
    if (entry.kind === 'settled' && entry.outcome === 'counted') n.settledCounted += 1;
    if (entry.kind === 'settled' && entry.outcome !== 'counted') n.settledRefused += 1;
    if (entry.kind === 'void') n.voided += 1;
  }
  return {
    ...n,
    counted: n.signed + n.settledCounted - n.voided,
    held: taken - n.settledCounted - n.settledRefused,
  };
}
