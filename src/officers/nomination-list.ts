/** Nominations as the page of officers shows them: where each stands. */
import { toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { Db } from '../platform/db/index.ts';
import { challengeFor, type NominationBody, readProposal, readRow } from './nomination-forms.ts';
import { listNominations } from './nomination-store.ts';
import { LINK_VALID_MS } from './nominations.ts';

/** What the passkey is asked for it, and the digest that its page must show. */
interface ToSign {
  readonly id: string;
  readonly digest: string;
  readonly challenge: string;
}

export interface Nomination extends ToSign {
  readonly body: NominationBody;
  readonly proposedBy: string;
  readonly approvedBy: string | undefined;
  /** For the second signature; the link to show; the link to be used; a key to confirm. */
  readonly state: 'waiting' | 'approved' | 'link-shown' | 'key-waiting';
  /** The key that waits, by its fingerprint. */
  readonly key: ToSign | undefined;
}

/** Those that somebody still has to do something for, newest first. */
export async function openNominations(db: Db, nowMs: number): Promise<readonly Nomination[]> {
  const rows = (await listNominations(db)).map((stored) => ({ stored, row: readRow(stored.body) }));
  const found: Nomination[] = [];
  for (const { stored, row } of rows) {
    const body = row !== undefined && 'proposal' in row ? readProposal(row.proposal) : undefined;
    if (row === undefined || !('proposal' in row) || body === undefined || stored.outcome === 'withdrawn')
      continue;
    const digest = sha256(utf8(row.proposal));
    const base = {
      id: stored.id,
      digest: toHex(digest),
      challenge: challengeFor('nomination', digest),
      body,
      proposedBy: stored.proposedBy,
      approvedBy: stored.approvedBy,
      key: undefined,
    };
    if (stored.outcome === undefined) {
      found.push({ ...base, state: 'waiting' });
      continue;
    }
    const keyRow = rows.find(
      ({ row: other }) => other && 'key' in other && other.key.nomination === stored.id,
    );
    if (keyRow !== undefined) {
      const { id, sha256: bytes, outcome } = keyRow.stored;
      const key = { id, digest: toHex(bytes), challenge: challengeFor('key', bytes) };
      if (outcome === undefined) found.push({ ...base, state: 'key-waiting', key });
      continue;
    }
    if (nowMs >= (stored.endedAtMs ?? 0) + LINK_VALID_MS) continue;
    const isShown = rows.some(
      ({ row: other }) => other && 'link' in other && other.link.nomination === stored.id,
    );
    found.push({ ...base, state: isShown ? 'link-shown' : 'approved' });
  }
  return found;
}
