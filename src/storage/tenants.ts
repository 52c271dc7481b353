import type { Database, Statement } from './database.ts';

const insert: Statement = {
  name: 'insert-tenant',
  text: 'insert into tenants (id, name) values ($1, $2) on conflict do nothing',
};

const apiKey: Statement = {
  name: 'has-api-key',
  text: 'select exists (select 1 from credentials where tenant_id = $1 and directory_id is null) as has',
};

const pending: Statement = {
  name: 'pending-policy',
  text: 'select applied_policy_version < policy_version as pending from tenants where id = $1',
};

/** Makes the tenant unless it is there. */
export const ensureTenant = (database: Database, id: string, name: string): Promise<void> =>
  database.session(id, async (session) => void (await session.run(insert, [id, name])));

/** True when the tenant has an API key of whatever state. */
export const hasApiKey = (database: Database, id: string): Promise<boolean> =>
  database.session(id, async (session) => (await session.run<{ has: boolean }>(apiKey, [id]))[0]!.has);

/** True when a rule change was interrupted before everyone was recomputed. */
export const hasPendingPolicy = (database: Database, id: string): Promise<boolean> =>
  database.session(id, async (session) => (await session.run<{ pending: boolean }>(pending, [id]))[0]!.pending);
