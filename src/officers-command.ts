import { parseArgs } from 'node:util';
import { endMandate, inviteOfficer, type OfficerRow, officerRows } from './officers/index.ts';
import { type Config, ConfigFault } from './platform/config.ts';
import { openDatabase } from './platform/db/index.ts';
import { systemRandom } from './platform/random.ts';
import { startOfLegalDay, systemClock, taipeiTimestamp } from './platform/time.ts';
import { publicRecord } from './record/index.ts';

const OFFICERS_HELP = `lianshu officers invite --label LABEL [--capacity commission] [--from DATE] [--until DATE] [--hours N]
lianshu officers list
lianshu officers end-mandate --label LABEL [--capacity commission]

  invite        prints a link with which one officer registers a passkey, once; a new passkey ends the one before
                印出一次性的登記連結；登記新的金鑰後，先前的金鑰即停用
  list          officers by label, their mandates and whether they have a passkey   承辦人員、派任與金鑰
  end-mandate   the mandate ends today, its passkey is out of use, sessions end     今日起結束派任並停用金鑰

  --label       what pages call the officer: 承辦甲. Never a name; the personnel office knows who it is
  --capacity    what they act for: commission
  --from, --until   first and last day of the mandate (YYYY-MM-DD); from today, without end, unless told
  --hours       how long the link is valid, 24 unless told (at most 168)`;

const CAPACITIES: readonly string[] = ['commission'];

const day = (option: string, text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text) && startOfLegalDay(text) !== undefined) return text;
  } catch {
    // told below
  }
  throw new ConfigFault(`--${option} needs a day as YYYY-MM-DD`);
};

/** `lianshu officers`: invites officers, lists them, ends mandates. Needs the database's owner. */
export async function runOfficers(
  config: Config,
  databaseUrl: () => string,
  args: readonly string[],
  out: (line: string) => void,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      label: { type: 'string' },
      capacity: { type: 'string', default: 'commission' },
      from: { type: 'string' },
      until: { type: 'string' },
      hours: { type: 'string', default: '24' },
      help: { type: 'boolean' },
    },
  });
  const [verb] = positionals;
  if (values.help || verb === undefined || !['invite', 'list', 'end-mandate'].includes(verb))
    return out(OFFICERS_HELP);
  const { db, close } = openDatabase({
    connectionString: databaseUrl(),
    applicationName: 'lianshu officers',
    max: 1,
  });
  try {
    if (verb === 'list') {
      for (const row of await officerRows(db)) out(rowText(row));
      return;
    }
    const { label, capacity } = values;
    if (label === undefined || !/^\S.{0,38}\S$/u.test(label))
      throw new ConfigFault('--label needs what pages call the officer, 2 to 40 characters, such as 承辦甲');
    if (!CAPACITIES.includes(capacity)) throw new ConfigFault(`--capacity: one of ${CAPACITIES.join(', ')}`);
    if (verb === 'end-mandate') {
      const deps = { db, clock: systemClock, record: publicRecord([]) };
      if (!(await endMandate(deps, label, capacity)))
        throw new ConfigFault(`There is no running mandate of ${label}. 沒有「${label}」進行中的派任。`);
      return out(`派任已結束 The mandate has ended: ${label}`);
    }
    const hours = Number(values.hours);
    if (!(hours > 0 && hours <= 168)) throw new ConfigFault('--hours needs a number from 1 to 168');
    const [fromOn, untilOn] = [day('from', values.from), day('until', values.until)];
    const token = await inviteOfficer(
      { db, clock: systemClock, random: systemRandom },
      {
        label,
        capacity,
        ...(fromOn === undefined ? {} : { fromOn }),
        ...(untilOn === undefined ? {} : { untilOn }),
        validMs: hours * 3_600_000,
      },
    );
    const origin = config.officeOrigin ?? `http://localhost:${config.officePort}`;
    out(
      `${label}：一次性登記連結，${hours} 小時內有效 enrolment link, once, within ${hours} hours\n${origin}/enrol/${token}`,
    );
  } finally {
    await close();
  }
}

function rowText({ label, mandates, hasPasskey, lockedUntilMs }: OfficerRow): string {
  const acts = mandates.map(({ capacity, fromOn, untilOn }) => `${capacity} ${fromOn} – ${untilOn ?? ''}`);
  const key = hasPasskey ? '有金鑰 passkey' : '未登記 no passkey yet';
  const lock = lockedUntilMs === undefined ? '' : `  鎖定至 locked until ${taipeiTimestamp(lockedUntilMs)}`;
  return `${label}  ${acts.join('; ')}  ${key}${lock}`;
}
