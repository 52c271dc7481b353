import pg from 'pg';

/** Owns the tables and changes them; nothing but the start uses it. */
export const MIGRATOR_ROLE = 'rollcall_migrator';
/** Serves requests: owns nothing, bypasses nothing. */
export const APP_ROLE = 'rollcall_app';

/**
 * Makes both roles and gives the connecting user the right to act as them; where that user may not, the error says
 * exactly what to run.
 */
export async function ensureRoles(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (await areReady(client)) return;
    await client.query(await setUp(client)).catch(async (error) => {
      // Roles belong to the whole server: a hub that starts on another of its databases has made them just now.
      if (!isDuplicate(error)) throw error;
      await client.query(await setUp(client));
    });
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new Error(
      `The database user may not create the roles that Rollcall needs. Run this once as a superuser of the server, connected to the same database:\n\n${await setUp(client)}\n`,
    );
  } finally {
    await client.end();
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';
const DUPLICATES = new Set(['42710', '23505']);

const isDuplicate = (error: unknown): boolean => error instanceof pg.DatabaseError && DUPLICATES.has(error.code ?? '');

async function areReady(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select count(*) = 2 as ready from pg_roles
     where rolname = any($1) and pg_has_role(current_user, oid, 'SET')
       and has_schema_privilege($2, 'public', 'create')`,
    [[MIGRATOR_ROLE, APP_ROLE], (await exists(client, MIGRATOR_ROLE)) ? MIGRATOR_ROLE : 'public'],
  );
  return rows[0].ready;
}

async function exists(client: pg.Client, role: string): Promise<boolean> {
  return (await client.query('select 1 from pg_roles where rolname = $1', [role])).rowCount === 1;
}

async function setUp(client: pg.Client): Promise<string> {
  const user = pg.escapeIdentifier((await client.query('select session_user as name')).rows[0].name);
  const create = async (role: string) => ((await exists(client, role)) ? '' : `create role ${role} nologin;\n`);
  return `${await create(MIGRATOR_ROLE)}${await create(APP_ROLE)}grant ${MIGRATOR_ROLE}, ${APP_ROLE} to ${user};
grant create, usage on schema public to ${MIGRATOR_ROLE};`;
}
