import { type ConnectionOptions, singleConnection } from './pool.ts';

/** What a login is beside one role of this program. */
export interface LoginStanding {
  /** It may take the role. */
  readonly mayBecome: boolean;
  /**
   * It is more than the role: a superuser, an owner of the database or the tables, somebody who makes roles or
   * databases, a member of any other role, or given rights on tables itself. Who owns the process could take the role
   * off again and be all of that.
   */
  readonly isMore: boolean;
}

const STANDING = `
  select coalesce(pg_has_role(u.oid, r.oid, 'member'), false) as may,
    u.rolsuper or u.rolcreaterole or u.rolcreatedb or u.rolbypassrls or u.rolreplication
      or exists (select from pg_database d where d.datname = current_database() and d.datdba = u.oid)
      or exists (select from pg_roles o where o.rolname <> $1 and o.oid <> u.oid and pg_has_role(u.oid, o.oid, 'member'))
      or exists (select from pg_class c left join aclexplode(c.relacl) a on true
        where c.relnamespace = to_regnamespace('public') and u.rolname <> $1 and u.oid in (c.relowner, a.grantee)) as more
  from pg_roles u left join pg_roles r on r.rolname = $1
  where u.rolname = session_user`;

/** How the login that `connection` names stands to `role`. */
export async function standingOf(connection: ConnectionOptions, role: string): Promise<LoginStanding> {
  const client = singleConnection(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ may: boolean; more: boolean }>(STANDING, [role]);
    return { mayBecome: rows[0]?.may === true, isMore: rows[0]?.more !== false };
  } finally {
    await client.end();
  }
}
