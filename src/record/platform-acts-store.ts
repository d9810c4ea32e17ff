/** SQL on acts by their kind: of the platform, its switches and its days, and announcements wherever they are of. */
import type { Db, Tx } from '../platform/db/index.ts';
import type { StoredEntry } from './entry-store.ts';

/** Acts of no case, of one kind, in order of entering. */
export function actsOfNoCase(db: Db | Tx, kind: string): Promise<readonly StoredEntry[]> {
  return db
    .selectFrom('entry')
    .select(['seq', 'kind', 'body'])
    .where('initiative', 'is', null)
    .where('is_act', '=', true)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
}

/** Acts of one kind, of any case and of none, in order of entering. */
export function actsAnywhere(db: Db | Tx, kind: string): Promise<readonly StoredEntry[]> {
  return db
    .selectFrom('entry')
    .select(['seq', 'kind', 'body'])
    .where('is_act', '=', true)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
}
