/** Statements against the schema, one at a time, and which constraint refused each. */
import { canonicalJson, type JsonValue, toBase64Url } from '@lianshu/statement';
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

type Members = Readonly<Record<string, JsonValue>>;

/** The bytes of an act; `members` replace or add members of its envelope. */
export const actBytes = (kind: string, members: Members = {}): Uint8Array =>
  canonicalJson({
    at: '2026-02-01T09:00:00+08:00',
    basis: '§10',
    body: {},
    capacity: 'commission',
    kind,
    v: 1,
    ...members,
  });

/** The bytes of a counted signature of case 9901, or of what `members` say. */
export const signatureBytes = (commitment: Uint8Array, members: Members = {}): Uint8Array =>
  canonicalJson({
    case: '9901',
    commitment: toBase64Url(commitment),
    kind: 'joint-signature',
    tag: toBase64Url(bytes(32, 3)),
    v: 1,
    ...members,
  });
