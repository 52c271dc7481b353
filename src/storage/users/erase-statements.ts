import type { Statement } from '../database.ts';

/** $1 tenant, $2 person. Rows that hang on the person go with them. */
export const eraseRow: Statement = {
  name: 'erase-user',
  text: 'delete from users where tenant_id = $1 and id = $2',
};

/** What events told of the person; who did what to whom, and when, stays. Only the owner of the log may do that. */
export const eraseEvents: Statement = { name: 'erase-events', text: 'select erase_events($1) as erased' };

/** $1 tenant, $2 person, $3 texts by which requests name the person, as patterns. */
export const eraseRequests: Statement = {
  name: 'erase-requests',
  text: `
delete from scim_requests r
where r.tenant_id = $1 and (r.subject_id = $2 or r.path ilike any($3::text[]) or r.request_body ilike any($3::text[])
  or r.response_body ilike any($3::text[]))`,
};
