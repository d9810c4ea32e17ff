import { inviteOfficer, officerRows } from './officers/index.ts';
import { openDatabase } from './platform/db/index.ts';
import { systemRandom } from './platform/random.ts';
import { systemClock } from './platform/time.ts';

/** Two officers, because every act needs two. Both passkeys may live on one machine here. */
const LABELS = ['承辦甲', '承辦乙'] as const;
const VALID_MS = 24 * 3_600_000;

/** A link with which somebody who tries the demonstration becomes one of its officers. */
export interface DemoInvite {
  readonly label: string;
  readonly url: string;
}

/** Links for those of the demonstration's officers who have no passkey yet. */
export async function inviteDemoOfficers(
  connectionString: string,
  officeUrl: string,
): Promise<readonly DemoInvite[]> {
  const { db, close } = openDatabase({ connectionString, applicationName: 'lianshu demo office', max: 1 });
  try {
    const rows = await officerRows(db);
    const invites: DemoInvite[] = [];
    for (const label of LABELS) {
      if (rows.some((row) => row.label === label && row.hasPasskey)) continue;
      const deps = { db, clock: systemClock, random: systemRandom };
      const token = await inviteOfficer(deps, { label, capacity: 'commission', validMs: VALID_MS });
      invites.push({ label, url: `${officeUrl}/enrol/${token}` });
    }
    return invites;
  } finally {
    await close();
  }
}

/** What the demonstration prints of the office. */
export const officeWelcome = (officeUrl: string, invites: readonly DemoInvite[]): string =>
  [
    `  承辦 Office     ${officeUrl}            （English: ${officeUrl}/en/）`,
    ...invites.map(({ label, url }) => `    ${label} 登記通行金鑰 register a passkey   ${url}`),
  ].join('\n');
