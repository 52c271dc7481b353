import type { Database, Statement } from './database.ts';

const insert: Statement = {
  name: 'insert-tenant',
  text: 'insert into tenants (id, name) values ($1, $2) on conflict do nothing returning id',
};

const pending: Statement = {
  name: 'pending-policy',
  text: 'select applied_policy_version < policy_version as pending from tenants where id = $1',
};

/** Makes the tenant unless it is there; true when it was new. */
export const ensureTenant = (database: Database, id: string, name: string): Promise<boolean> =>
  database.session(id, async (session) => (await session.run(insert, [id, name])).length === 1);

/** True when a rule change was interrupted before everyone was recomputed. */
export const hasPendingPolicy = (database: Database, id: string): Promise<boolean> =>
  database.session(id, async (session) => (await session.run<{ pending: boolean }>(pending, [id]))[0]!.pending);
