/** SQL of cosignatures: adding, never changing, and reading them back. */
import { formatVerifierKey, type VerifierKey } from '@lianshu/tlog';
import { sql } from 'kysely';
import type { Db } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

/** One stored cosignature. `witness` is `<key name>+<hex id>`; `line` has no newline. */
export type StoredCosignature = Readonly<{ witness: string; line: string; atMs: number }>;

/** How a signature line, and with it the store, names a witness key: `<name>+<hex id>`. */
export const witnessIdOf = (key: VerifierKey): string =>
  formatVerifierKey(key).split('+').slice(0, 2).join('+');

/** Keeps the first cosignature of each witness over this size; what is there already stays as it is. */
export async function insertCosignatures(
  db: Db,
  origin: string,
  size: number,
  cosignatures: readonly StoredCosignature[],
): Promise<void> {
  if (cosignatures.length === 0) return;
  await db
    .insertInto('cosignature')
    .values(
      cosignatures.map(({ witness, line, atMs }) => ({
        origin,
        size,
        witness,
        line,
        cosigned_at: utcIso(atMs),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The stored cosignatures over one size. */
export async function cosignaturesAt(
  db: Db,
  origin: string,
  size: number,
): Promise<readonly StoredCosignature[]> {
  const rows = await db
    .selectFrom('cosignature')
    .select(['witness', 'line', 'cosigned_at'])
    .where('origin', '=', origin)
    .where('size', '=', BigInt(size))
    .execute();
  return rows.map(({ witness, line, cosigned_at }) => ({
    witness,
    line,
    atMs: cosigned_at.epochMilliseconds,
  }));
}

/** The largest size each witness key is known to have cosigned, looking back over the newest 1,000 cosignatures. */
export async function newestCosigned(
  db: Db,
  origin: string,
): Promise<ReadonlyMap<string, Readonly<{ size: number; atMs: number }>>> {
  const rows = await db
    .selectFrom('cosignature')
    .select(['witness', 'size', 'cosigned_at'])
    .where('origin', '=', origin)
    .orderBy('size', 'desc')
    .limit(1_000)
    .execute();
  const newest = new Map<string, Readonly<{ size: number; atMs: number }>>();
  for (const { witness, size, cosigned_at } of rows)
    if (!newest.has(witness))
      newest.set(witness, { size: Number(size), atMs: cosigned_at.epochMilliseconds });
  return newest;
}

/**
 * The first checkpoint over an entry that anybody cosigned, not above `publishedSize`: by the times stated there the
 * entry was in the log. Undefined when nobody has cosigned one yet.
 */
export async function firstCosignedOver(
  db: Db,
  index: number,
  publishedSize: number,
): Promise<Readonly<{ size: number; cosignatures: readonly StoredCosignature[] }> | undefined> {
  const rows = await db
    .selectFrom('cosignature')
    .select(['size', 'witness', 'line', 'cosigned_at'])
    .where('size', '=', (from) =>
      from
        .selectFrom('cosignature')
        .select(sql<bigint>`min(size)`.as('size'))
        .where('size', '>', BigInt(index))
        .where('size', '<=', BigInt(publishedSize)),
    )
    .orderBy('cosigned_at')
    .execute();
  const size = rows[0]?.size;
  if (size === undefined) return undefined;
  const cosignatures = rows.map(({ witness, line, cosigned_at }) => ({
    witness,
    line,
    atMs: cosigned_at.epochMilliseconds,
  }));
  return { size: Number(size), cosignatures };
}

/** Bodies of the key events of the platform, newest first; few in the life of a log. */
export async function keyEventBodies(db: Db): Promise<readonly Uint8Array[]> {
  const rows = await db
    .selectFrom('entry')
    .select('body')
    .where('kind', '=', 'key-event')
    .where('is_act', '=', true)
    .orderBy('id', 'desc')
    .limit(1_000)
    .execute();
  return rows.map(({ body }) => body);
}
