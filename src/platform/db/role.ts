import { type ConnectionOptions, singleConnection } from './pool.ts';

/** Whether this login may become `role`. Where it may not, the program runs with one role and says so. */
export async function mayBecome(connection: ConnectionOptions, role: string): Promise<boolean> {
  const client = singleConnection(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ may: boolean }>(
      `select pg_has_role(current_user, oid, 'member') as may from pg_roles where rolname = $1`,
      [role],
    );
    return rows[0]?.may === true;
  } finally {
    await client.end();
  }
}
