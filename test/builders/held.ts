/** What tests of held signatures ask: the row, the tags, the projection, and settling now instead of by the job. */
import { expect } from 'vitest';
import { settleHeld } from '../../src/signing/index.ts';
import type { TestPlatform } from '../platform.ts';
import { eventually } from './published-log.ts';
import type { Answer } from './signer.ts';

const bytea = (commitment: unknown) => Buffer.from(String(commitment), 'base64url');

/** One platform's held signatures; `stuck` collects what settling reported. */
export function heldSignatures(platform: TestPlatform, caseNumber: string) {
  const { pool, db } = platform.database;
  const stuck: string[] = [];

  const settleNow = () =>
    settleHeld({
      db,
      clock: platform.clock,
      record: platform.running.record,
      sealer: platform.sealer,
      goneKeys: new Set(),
      onStuck: (code) => stuck.push(code),
    });

  async function heldRow(commitment: unknown) {
    const { rows } = await pool.query<{
      outcome: string | null;
      code: string | null;
      hold_key_id: string;
      has_ciphertext: boolean;
      received: string;
    }>(
      `select outcome, code, hold_key_id, ciphertext is not null as has_ciphertext,
              extract(epoch from received_at)::float * 1000 as received
       from held_signature where commitment = $1`,
      [bytea(commitment)],
    );
    return rows[0];
  }

  async function tagsOf(commitment: unknown): Promise<number> {
    const { rows } = await pool.query<{ n: number }>(
      'select count(*)::int as n from joint_signature where commitment = $1',
      [bytea(commitment)],
    );
    return rows[0]?.n ?? -1;
  }

  async function counted(): Promise<Record<string, number>> {
    const { rows } = await pool.query<Record<string, string>>(
      `select signed::int, held::int, settled_counted::int, settled_refused::int from case_count
       where initiative = $1 and act = 'joint-signature'`,
      [caseNumber],
    );
    const row = rows[0] ?? {};
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
  }

  /** Settles until this one is settled: its `held` entry must be in the log first. */
  async function settled(commitment: string): Promise<{ outcome: string; code: string | null }> {
    return eventually(async () => {
      await settleNow();
      const row = await heldRow(commitment);
      return row?.outcome == null ? undefined : { outcome: row.outcome, code: row.code };
    });
  }

  async function expectHeld(answer: Answer, reason = 'I_ICS_UNAVAILABLE'): Promise<string> {
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ held: true, reason });
    expect(answer.body['receipt']).toBeUndefined();
    const commitment = String(answer.body['commitment']);
    expect(await tagsOf(commitment)).toBe(0);
    return commitment;
  }

  return { stuck, bytea, settleNow, settled, heldRow, tagsOf, counted, expectHeld };
}
