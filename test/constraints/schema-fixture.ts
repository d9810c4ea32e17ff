/** Statements against the schema, one at a time, and which constraint refused each. */
import type pg from 'pg';
import { sqlState, violatedConstraint } from '../../src/platform/db/index.ts';

export const bytes = (n: number, fill = 1): Uint8Array => new Uint8Array(n).fill(fill);

/** Runs a statement in a transaction that is rolled back; the name of what refused it, else `accepted`. */
export async function verdict(
  pool: pg.Pool,
  statements: readonly (readonly [string, unknown[]?])[],
): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const [text, values] of statements) await client.query(text, values);
    await client.query('set constraints all immediate');
    return 'accepted';
  } catch (error) {
    return violatedConstraint(error) ?? sqlState(error) ?? String(error);
  } finally {
    await client.query('rollback');
    client.release();
  }
}
