import type { Credential, CredentialStore } from '../../domain/credentials/credential-store.ts';
import type { Session, Statement } from '../database.ts';
import { eventColumns, eventParams, eventValues } from '../events/event-statement.ts';

/** The columns of a credential under the names of the domain. */
export const credentialColumns = `
  id, kind, key_id as "keyId", digest, name, scopes, directory_id as "directoryId", created_by as "createdBy",
  created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt",
  issued_by as "issuedBy"`;

const find: Statement = {
  name: 'find-credential',
  text: `select ${credentialColumns} from credentials where tenant_id = $1 and id = $2`,
};

const insertColumns =
  'tenant_id, id, kind, key_id, digest, name, scopes, directory_id, created_by, created_at, expires_at, issued_by';

const insert: Statement = {
  name: 'insert-credential',
  text: `
with written as (
  insert into credentials
    (${insertColumns})
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
)
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(13)})`,
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
where tenant_id = $1 and directory_id = $2 and id <> $3 and revoked_at is null and kind = 'TOKEN'`,
};

/** Rows of a directory beyond which the oldest access tokens end: a client asks for one an hour. */
const MOST_ACCESS_TOKENS = 100;

/**
 * Writes an access token while `proof`, a statement that locks and returns the row which stands for the client, finds
 * it. Whoever ends the proof waits for that row, and then sees the token.
 */
const issueUnder = (proof: string): string => `
with proof as (${proof} returning 1), ended as (
  delete from credentials c using proof
  where c.tenant_id = $1 and c.directory_id = $8 and c.kind = 'ACCESS_TOKEN' and (c.expires_at <= now() or c.id in (
    select id from credentials where tenant_id = $1 and directory_id = $8 and kind = 'ACCESS_TOKEN'
    order by id desc offset ${MOST_ACCESS_TOKENS - 1}))
), written as (
  insert into credentials (${insertColumns})
  select $1::uuid, $2::uuid, $3, $4, $5::bytea, $6, $7::text[], $8::uuid, $9, $10::timestamptz, $11::timestamptz, $12::uuid
  from proof returning 1
)
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(13)} from written returning 1 as done`;

/** The placeholder of what proves who asks, after those of the event. */
const PROOF = `$${13 + eventColumns.length}`;

const issueBySecret: Statement = {
  name: 'issue-by-secret',
  text: issueUnder(`
  update credentials set last_used_at = now()
  where tenant_id = $1 and id = ${PROOF} and directory_id = $8 and kind = 'CLIENT_SECRET' and revoked_at is null
    and (expires_at is null or expires_at > now())`),
};

const issueByFederation: Statement = {
  name: 'issue-by-federation',
  text: issueUnder(`
  update directory_federations set last_used_at = now()
  where tenant_id = $1 and directory_id = $8 and trust_key = ${PROOF}`),
};

const removeIssued: Statement = {
  name: 'remove-issued-credentials',
  text: `
delete from credentials
where tenant_id = $1 and directory_id = $2 and kind = 'ACCESS_TOKEN' and issued_by is not distinct from $3`,
};

const standing: Statement = {
  name: 'standing-credentials',
  text: `
select ${credentialColumns} from credentials
where tenant_id = $1 and directory_id = $2 and kind in ('TOKEN', 'CLIENT_SECRET') and revoked_at is null order by id`,
};

const removeAccessTokens: Statement = {
  name: 'remove-access-tokens',
  text: `delete from credentials where tenant_id = $1 and directory_id = $2 and kind = 'ACCESS_TOKEN'`,
};

/** Credentials of one tenant, through one session. */
export const credentialStore = (session: Session, tenantId: string): CredentialStore => ({
  async find(id) {
    const [row] = await session.run<Credential>(find, [tenantId, id]);
    return row ?? null;
  },
  async insert(key, event) {
    await session.run(insert, [tenantId, ...insertValues(key), ...eventValues(event)]);
  },
  async issue(token, proof, event) {
    const values = [tenantId, ...insertValues(token), ...eventValues(event)];
    const rows =
      proof.by === 'secret'
        ? await session.run(issueBySecret, [...values, proof.id])
        : await session.run(issueByFederation, [...values, proof.trustKey]);
    return rows.length === 1;
  },
  async removeIssued(directoryId, secretId) {
    await session.run(removeIssued, [tenantId, directoryId, secretId]);
  },
  standing: (directoryId) => session.run<Credential>(standing, [tenantId, directoryId]),
  async removeAccessTokens(directoryId) {
    await session.run(removeAccessTokens, [tenantId, directoryId]);
  },
  async revoke({ id }, at, event) {
    await session.run(revoke, [tenantId, id, at, ...eventValues(event)]);
  },
  async expireOthers({ id, directoryId }, at) {
    await session.run(expireOthers, [tenantId, directoryId, id, at]);
  },
});

const insertValues = (key: Credential): unknown[] => [
  key.id,
  key.kind,
  key.keyId,
  key.digest,
  key.name,
  key.scopes,
  key.directoryId,
  key.createdBy,
  key.createdAt,
  key.expiresAt,
  key.issuedBy,
];
