/** `/v1/announcements` and `/v1/duties`: what authorities announced and owe, as open data. No key, any origin. */
import { citation } from '../law/index.ts';
import { type ApiRoute, apiRoute } from '../platform/http/api.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { Announcement } from './announcements.ts';
import type { DutyRow } from './duties.ts';
import { allDutiesAnswer, announcementsAnswer, DUTIES_QUERY } from './notices-contract.ts';
import type { NoticesReading } from './read-notices.ts';

const PUBLIC = { publicForSeconds: 60, problems: [] } as const;
const words = (zh: string, en: string) => ({ 'zh-Hant-TW': zh, en });

export function noticesApi(
  reading: Pick<NoticesReading, 'announced' | 'duties'>,
  clock: Clock,
): readonly ApiRoute[] {
  return [
    apiRoute({
      ...PUBLIC,
      id: 'listAnnouncements',
      method: 'GET',
      path: '/v1/announcements',
      summary: words('主管機關之公告，新的在前', 'Announcements of the Commission, newest first'),
      answers: { 200: { description: words('公告', 'Announcements'), schema: announcementsAnswer } },
      answer: async () => ({
        status: 200,
        body: { announcements: (await reading.announced()).map(announcementOf) },
      }),
    }),
    apiRoute({
      ...PUBLIC,
      id: 'listAllDuties',
      method: 'GET',
      path: '/v1/duties',
      summary: words(
        '所有公投案中各機關的義務與期限，逾期者在前',
        'What authorities owe in all initiatives and until when, overdue first',
      ),
      query: DUTIES_QUERY,
      answers: { 200: { description: words('義務與期限', 'Duties and terms'), schema: allDutiesAnswer } },
      answer: async ({ query: { state } }) => {
        const rows = await reading.duties();
        return {
          status: 200,
          body: {
            today: legalDateOf(clock.nowMs()),
            overdue: rows.filter((row) => row.state === 'overdue').length,
            duties: rows.filter((row) => state === undefined || row.state === state).map(dutyOf),
          },
        };
      },
    }),
  ];
}

const announcementOf = ({ caseNumber, article, ...one }: Announcement) => ({
  ...one,
  case: caseNumber,
  basis: citation(article),
});

const dutyOf = ({ caseNumber, citation: basis, subject: _, days: __, ...row }: DutyRow) => ({
  ...row,
  case: caseNumber,
  basis: citation(basis),
});
