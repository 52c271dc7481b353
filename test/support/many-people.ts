import pg from 'pg';
import { newId } from '../../src/domain/ids.ts';

/** Puts so many people of a directory into a database, as if they had been sent one by one; ids are stored ids. */
export async function insertPeople(url: string, tenantId: string, directoryId: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const ids = Array.from({ length: count }, newId);
  try {
    await client.query(
      `insert into users (tenant_id, id, version, kind, status, status_at, visible, user_name, user_name_key,
         display_name_key, title, created_at, updated_at)
       select $1, p.id, 1, 'MEMBER', 'ACTIVE', now(), true, 'p' || p.n, 'p' || p.n, 'p' || p.n, 'Title', now(), now()
       from unnest($2::uuid[]) with ordinality p(id, n)`,
      [tenantId, ids],
    );
    await client.query(
      `insert into user_sources (tenant_id, user_id, source_id, kind, directory_id, asserted, writes, external_id,
         user_name, user_name_key, has_more_emails, active, resource, linked_at)
       select $1, p.id, $2, 'DIRECTORY', $2, '{"title": {"value": "Title", "write": 1}}',
         jsonb_build_object('1', jsonb_build_object('at', now(), 'actor', 'test', 'request', null)), 'oid-' || p.n,
         'p' || p.n, 'p' || p.n, false, true, jsonb_build_object('userName', 'p' || p.n, 'title', 'Title'), now()
       from unnest($3::uuid[]) with ordinality p(id, n)`,
      [tenantId, directoryId, ids],
    );
    await client.query('analyze users, user_sources');
  } finally {
    await client.end();
  }
}
