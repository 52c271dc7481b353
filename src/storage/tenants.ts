import { newId } from '../domain/ids.ts';
import { builtInRoles } from '../domain/roles/role.ts';
import { type Database, NO_TENANT, type Statement } from './database.ts';

const insert: Statement = {
  name: 'insert-tenant',
  text: `
with made as (insert into tenants (id, name) values ($1, $2) on conflict do nothing returning id)
insert into roles (tenant_id, id, key, name, description, created_at, updated_at)
select made.id, r.id, r.key, r.name, r.description, now(), now()
from made, unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) as r(id, key, name, description)`,
};

const apiKey: Statement = {
  name: 'has-api-key',
  text: 'select exists (select 1 from credentials where tenant_id = $1 and directory_id is null) as has',
};

const pending: Statement = {
  name: 'pending-policies',
  text: 'select id from tenants where applied_policy_version < policy_version and fenced_until is null order by id',
};

const all: Statement = { name: 'all-tenants', text: 'select id from tenants order by id' };

/** The wall then lets every tenant's row through, for as long as the transaction. */
const sweeping: Statement = { name: 'name-sweep', text: `select set_config('app.sweep', 'on', true)` };

const roleValues = (): string[][] => [
  builtInRoles.map(() => newId()),
  builtInRoles.map(({ key }) => key),
  builtInRoles.map(({ name }) => name),
  builtInRoles.map(({ description }) => description!),
];

/** Makes the tenant, with the roles that each one has, unless it is there. */
export const ensureTenant = (database: Database, id: string, name: string): Promise<void> =>
  database.session(id, async (session) => void (await session.run(insert, [id, name, ...roleValues()])));

/** True when the tenant has an API key of whatever state. */
export const hasApiKey = (database: Database, id: string): Promise<boolean> =>
  database.session(id, async (session) => (await session.run<{ has: boolean }>(apiKey, [id]))[0]!.has);

/** Ids of the tenants whose rule change was interrupted before everyone was recomputed. */
export const tenantsWithPendingPolicy = (database: Database): Promise<string[]> => sweep(database, pending);

/** Ids of every tenant there is. */
export const allTenants = (database: Database): Promise<string[]> => sweep(database, all);

const sweep = (database: Database, statement: Statement): Promise<string[]> =>
  database.transaction(NO_TENANT, async (session) => {
    await session.run(sweeping, []);
    return (await session.run<{ id: string }>(statement, [])).map(({ id }) => id);
  });
