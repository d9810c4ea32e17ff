/** The database as one surface sees it: in a role that may do no more than the surface needs. */
import { type Config, ConfigFault } from './platform/config.ts';
import { openDatabase, standingOf } from './platform/db/index.ts';

type Opened = ReturnType<typeof openDatabase>;

interface RestrictedSurface {
  readonly surface: 'public' | 'office' | 'workspace';
  readonly role: string;
  /** The variable with the surface's own login. */
  readonly variable: string;
  readonly max: number;
  /** What the process could do without the role, as the end of a sentence, in both languages. */
  readonly otherwise: Readonly<{ zh: string; en: string }>;
}

/** Inserts tags and cannot read them. */
export const PUBLIC_ROLE: RestrictedSurface = {
  surface: 'public',
  role: 'lianshu_intake',
  variable: 'LIANSHU_PUBLIC_DATABASE_URL',
  max: 12,
  otherwise: { zh: '這個程序讀得到重複簽署標籤', en: 'this process could read duplicate tags' },
};

/** Enters acts that officers signed; reads neither a tag nor evidence. */
export const OFFICE_ROLE: RestrictedSurface = {
  surface: 'office',
  role: 'lianshu_office',
  variable: 'LIANSHU_OFFICE_DATABASE_URL',
  max: 6,
  otherwise: {
    zh: '承辦程序讀得到標籤與封存資料',
    en: 'the office could read tags and sealed records',
  },
};

/** Keeps drafts and accounts, enters what a lead proposer causes; reads no tag, no commitment, nothing sealed. */
export const WORKSPACE_ROLE: RestrictedSurface = {
  surface: 'workspace',
  role: 'lianshu_workspace',
  variable: 'LIANSHU_WORKSPACE_DATABASE_URL',
  max: 6,
  otherwise: {
    zh: '工作臺讀得到標籤與封存資料，也能登錄主管機關的行為',
    en: 'the workspace could read tags and sealed records, and enter acts of authorities',
  },
};

/** Connections in the surface's role where the login may take it; otherwise as the login, and `warn` hears of it. */
export async function openRestricted(
  { surface, role, max, otherwise }: RestrictedSurface,
  connectionString: string,
  warn: (message: string) => void,
): Promise<Opened> {
  const { mayBecome } = await standingOf({ connectionString }, role);
  if (!mayBecome)
    warn(
      `資料庫沒有角色 ${role}：${otherwise.zh}（單一角色模式） the database has no role ${role}: ${otherwise.en} (single-role mode)`,
    );
  return openDatabase({
    connectionString,
    applicationName: `lianshu ${surface}`,
    max,
    ...(mayBecome ? { role } : {}),
  });
}

/**
 * As {@link openRestricted}, for a surface in a process of its own, which in production has no business with any other
 * right: there the login must be a member of the role and no more.
 * @throws {ConfigFault} in production, naming what is missing or too much; nothing has been started then.
 */
export async function openRestrictedAlone(
  config: Pick<Config, 'isProduction'>,
  restricted: RestrictedSurface,
  logins: Readonly<{ own: string | undefined; shared: () => string }>,
  warn: (message: string) => void,
): Promise<Opened> {
  const { role, variable } = restricted;
  if (!config.isProduction) return openRestricted(restricted, logins.own ?? logins.shared(), warn);
  if (logins.own === undefined)
    throw new ConfigFault(
      `正式環境請設定 ${variable}：只屬於角色 ${role} 的登入。 ${variable} must be set in production: a login that is a member of ${role} and no more`,
    );
  const { mayBecome, isMore } = await standingOf({ connectionString: logins.own }, role);
  if (!mayBecome)
    throw new ConfigFault(
      `${variable} 的登入不是角色 ${role} 的成員（先執行 lianshu migrate，再 grant）。 The login of ${variable} is no member of ${role}: run lianshu migrate, then grant the role to it`,
    );
  if (isMore)
    throw new ConfigFault(
      `${variable} 的登入權限過大：只能是角色 ${role} 的成員，不得為擁有者、管理者或其他角色的成員。 The login of ${variable} is more than a member of ${role}: an owner, an administrator or a member of another role`,
    );
  return openRestricted(restricted, logins.own, warn);
}
