/** 全國性選舉投票日: the days the authority announced, by the record; a vote within their reach is held on them. */
import type { ElectionDay } from '../law/index.ts';
import type { Db, Tx } from '../platform/db/index.ts';
import type { PublicRecord } from '../record/index.ts';
import { standingActs } from './legal-events.ts';

/** Every election day that stands, with the day of its announcement. */
export async function electionDays(
  record: Pick<PublicRecord, 'actsOfKind'>,
  db: Db | Tx,
): Promise<readonly ElectionDay[]> {
  const acts = standingActs(await record.actsOfKind(db, 'election-day'));
  return acts.flatMap(({ kind, body }) => {
    const { on, day } = body as Readonly<{ on: string; day: string }>;
    return kind === 'election-day' ? [{ announcedOn: on, day }] : [];
  });
}
