/** 天然災害停止上班: the days on which offices were officially closed, by the record. */
import { extendedByDisaster } from '../law/index.ts';
import type { Db, Tx } from '../platform/db/index.ts';
import type { PublicRecord } from '../record/index.ts';
import { standingActs } from './legal-events.ts';

/** Every day of closure that stands, of all cases alike. */
export async function closedDays(
  record: Pick<PublicRecord, 'actsOfKind'>,
  db: Db | Tx,
): Promise<readonly string[]> {
  const acts = standingActs(await record.actsOfKind(db, 'closure'));
  return acts.flatMap(({ kind, body }) =>
    kind === 'closure' ? [(body as Readonly<{ day: string }>).day] : [],
  );
}

/** The last day after closures: itself, or the first working day after them (公職人員選舉罷免法 §5). */
export const movedLastDay = (lastDay: string, closed: readonly string[]): string =>
  extendedByDisaster(lastDay, (day) => closed.includes(day));
