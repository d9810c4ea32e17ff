/** What pages, feeds and the API of this module read: cases run here, and announcements of the record. */
import type { Initiatives } from '../initiatives/index.ts';
import type { Db } from '../platform/db/index.ts';
import type { PublicRecord } from '../record/index.ts';
import { type Announcement, announcementsIn } from './announcements.ts';
import { type DutyRow, dutyRows } from './duties.ts';
import { type PublicityCase, type PublicityItem, publicityItems } from './publicity.ts';

export interface NoticesReading {
  /** Newest first. */
  announced(): Promise<readonly Announcement[]>;
  /** Of every case that is run here; what is told from public reports owes nothing. Overdue first. */
  duties(): Promise<readonly DutyRow[]>;
  /** Automatic notices of the same cases, newest first. */
  published(): Promise<readonly PublicityItem[]>;
}

export function readNotices({
  db,
  initiatives,
  record,
}: Readonly<{
  db: Db;
  initiatives: Pick<Initiatives, 'listCases'>;
  record: Pick<PublicRecord, 'actsOfKindAnywhere'>;
}>): NoticesReading {
  const ownCases = async () =>
    (await initiatives.listCases('')).filter(({ facts }) => facts.filed.origin === 'here');
  return {
    announced: async () => announcementsIn(await record.actsOfKindAnywhere(db, 'announcement')),
    duties: async () =>
      dutyRows(
        (await ownCases()).map(({ facts, course }) => ({
          caseNumber: facts.caseNumber,
          subject: facts.filed.subject,
          course,
        })),
      ),
    published: async () =>
      publicityItems(
        (await ownCases()).map(({ facts, course }): PublicityCase => {
          const { caseNumber, filed, opened } = facts;
          return {
            caseNumber,
            subject: filed.subject,
            course,
            period: opened && {
              firstDay: opened.firstDay,
              lastDay: opened.lastDay,
              threshold: opened.threshold,
            },
          };
        }),
      ),
  };
}
