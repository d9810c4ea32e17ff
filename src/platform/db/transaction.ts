/** Transactions that survive the two errors a correct program may meet. */
import type { Transaction } from 'kysely';
import pg from 'pg';
import { pause } from '../time.ts';
import type { Db } from './pool.ts';
import type { Database } from './schema.ts';

/** A transaction in progress. Await nothing but the database while holding one. */
export type Tx = Transaction<Database>;

const SERIALISATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const ATTEMPTS = 5;

/**
 * Runs `work` in a transaction and commits it; a thrown error rolls back. `work` runs again, up to five times
 * in all, when the database asks for it (40001, 40P01), so it must not have effects of its own.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const code = sqlState(error);
      if ((code !== SERIALISATION_FAILURE && code !== DEADLOCK) || attempt === ATTEMPTS) throw error;
      await pause(2 ** attempt);
    }
  }
}

/** The SQLSTATE of a database error, else undefined. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** The name of the violated constraint of a database error, else undefined. */
export function violatedConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined;
}
