import type { Credential, CredentialStore } from '../../domain/credentials/credential-store.ts';
import type { Session, Statement } from '../database.ts';
import { eventColumns, eventParams, eventValues } from '../events/event-statement.ts';

/** The columns of a credential under the names of the domain. */
export const credentialColumns = `
  id, key_id as "keyId", digest, name, scopes, directory_id as "directoryId", created_by as "createdBy",
  created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

const find: Statement = {
  name: 'find-credential',
  text: `select ${credentialColumns} from credentials where tenant_id = $1 and id = $2`,
};

const insert: Statement = {
  name: 'insert-credential',
  text: `
with written as (
  insert into credentials
    (tenant_id, id, key_id, digest, name, scopes, directory_id, created_by, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
)
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(11)})`,
};

const revoke: Statement = {
  name: 'revoke-credential',
  text: `
with written as (
  update credentials set revoked_at = $3 where tenant_id = $1 and id = $2 and revoked_at is null returning 1
)
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(4)} from written`,
};

const expireOthers: Statement = {
  name: 'expire-other-credentials',
  text: `
update credentials set expires_at = least(coalesce(expires_at, 'infinity'), $4)
where tenant_id = $1 and directory_id = $2 and id <> $3 and revoked_at is null`,
};

/** Credentials of one tenant, through one session. */
export const credentialStore = (session: Session, tenantId: string): CredentialStore => ({
  async find(id) {
    const [row] = await session.run<Credential>(find, [tenantId, id]);
    return row ?? null;
  },
  async insert(key, event) {
    const { id, keyId, digest, name, scopes, directoryId, createdBy, createdAt, expiresAt } = key;
    const values = [tenantId, id, keyId, digest, name, scopes, directoryId, createdBy, createdAt, expiresAt];
    await session.run(insert, [...values, ...eventValues(event)]);
  },
  async revoke({ id }, at, event) {
    await session.run(revoke, [tenantId, id, at, ...eventValues(event)]);
  },
  async expireOthers({ id, directoryId }, at) {
    await session.run(expireOthers, [tenantId, directoryId, id, at]);
  },
});
