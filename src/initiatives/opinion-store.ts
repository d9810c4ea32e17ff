/** SQL on the texts of agencies' opinions 機關意見書. */
import { createHash } from 'node:crypto';
import type { Db, Tx } from '../platform/db/index.ts';

/** Keeps a text; the same text of a case is kept once. @returns its hex SHA-256, as its entry names it */
export async function insertOpinionText(tx: Tx, caseNumber: string, text: string): Promise<string> {
  const body = new TextEncoder().encode(text);
  const sha256 = createHash('sha256').update(body).digest();
  await tx
    .insertInto('opinion_text')
    .values({ initiative: caseNumber, sha256: new Uint8Array(sha256), body })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return sha256.toString('hex');
}

/** The exact bytes whose digest an entry of the case names; undefined when there are none. */
export async function findOpinionText(
  db: Db | Tx,
  caseNumber: string,
  digest: string,
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('opinion_text')
    .select('body')
    .where('initiative', '=', caseNumber)
    .where('sha256', '=', new Uint8Array(Buffer.from(digest, 'hex')))
    .executeTakeFirst();
  return row?.body;
}
