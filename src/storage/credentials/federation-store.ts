import { type Federation, type FederationStore, trustKeyOf } from '../../domain/credentials/federation-store.ts';
import type { Session, Statement } from '../database.ts';
import { eventColumns, eventParams, eventValues } from '../events/event-statement.ts';

/** The columns of a federation under the names of the domain. */
export const federationColumns = `
  directory_id as "directoryId", entra_tenant_id as "tenantId", audience, subject, created_by as "createdBy",
  created_at as "createdAt", last_used_at as "lastUsedAt"`;

const find: Statement = {
  name: 'find-federation',
  text: `select ${federationColumns} from directory_federations where tenant_id = $1 and directory_id = $2`,
};

const save: Statement = {
  name: 'save-federation',
  text: `
with written as (
  insert into directory_federations
    (tenant_id, directory_id, entra_tenant_id, audience, subject, trust_key, created_by, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (tenant_id, directory_id) do update set
    entra_tenant_id = excluded.entra_tenant_id, audience = excluded.audience, subject = excluded.subject,
    trust_key = excluded.trust_key, created_by = excluded.created_by, created_at = excluded.created_at, last_used_at = null
)
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(9)})`,
};

const remove: Statement = {
  name: 'remove-federation',
  text: `
with gone as (delete from directory_federations where tenant_id = $1 and directory_id = $2 returning 1)
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(3)} from gone`,
};

/** Federations of one tenant, through one session. */
export const federationStore = (session: Session, tenantId: string): FederationStore => ({
  async find(directoryId) {
    const [row] = await session.run<Federation>(find, [tenantId, directoryId]);
    return row ?? null;
  },
  async save(federation, event) {
    const { directoryId, tenantId: entraTenantId, audience, subject, createdBy, createdAt } = federation;
    const values = [directoryId, entraTenantId, audience, subject, trustKeyOf(federation), createdBy, createdAt];
    await session.run(save, [tenantId, ...values, ...eventValues(event)]);
  },
  async remove(directoryId, event) {
    await session.run(remove, [tenantId, directoryId, ...eventValues(event)]);
  },
});
