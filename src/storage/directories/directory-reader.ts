import type { DirectoryReader, FederationRow, TokenRow } from '../../domain/directories/directory-reader.ts';
import type { Directory } from '../../domain/directories/directory-store.ts';
import type { Database, Statement } from '../database.ts';
import { directoryOf } from './directory-store.ts';

const columns = `d.id, d.name, d.preset, d.state, d.policy, d.created_at as "createdAt",
d.disconnect_plan as disconnecting`;
const tokenColumns = `
c.id, c.directory_id as "directoryId", c.key_id as "keyId", c.created_at as "createdAt", c.expires_at as "expiresAt",
c.last_used_at as "lastUsedAt", c.revoked_at as "revokedAt"`;

const list: Statement = {
  name: 'list-directories',
  text: `select ${columns} from directories d where d.tenant_id = $1 order by d.id`,
};

const byIds: Statement = {
  name: 'directories-by-ids',
  text: `select ${columns} from directories d where d.tenant_id = $1 and d.id = any($2::uuid[])`,
};

const tokens: Statement = {
  name: 'list-directory-tokens',
  text: `
select ${tokenColumns} from credentials c
where c.tenant_id = $1 and c.directory_id = any($2::uuid[]) and c.kind = $3 order by c.id desc`,
};

const tokensByIds: Statement = {
  name: 'directory-tokens-by-ids',
  text: `
select ${tokenColumns} from credentials c
where c.tenant_id = $1 and c.id = any($2::uuid[]) and c.directory_id is not null and c.kind = $3`,
};

const federations: Statement = {
  name: 'list-directory-federations',
  text: `
select directory_id as "directoryId", entra_tenant_id as "tenantId", audience, subject, created_at as "createdAt",
  last_used_at as "lastUsedAt"
from directory_federations where tenant_id = $1 and directory_id = any($2::uuid[])`,
};

/** Directories as rooms list them. A digest never leaves the database this way. */
export const directoryReader = (database: Database): DirectoryReader => ({
  list: async (tenantId) =>
    (await database.session(tenantId, (session) => session.run<Directory>(list, [tenantId]))).map(directoryOf),
  byIds: async (tenantId, ids) =>
    (await database.session(tenantId, (session) => session.run<Directory>(byIds, [tenantId, ids]))).map(directoryOf),
  tokens: (tenantId, ids, kind) =>
    database.session(tenantId, (session) => session.run<TokenRow>(tokens, [tenantId, ids, kind])),
  tokensByIds: (tenantId, ids, kind) =>
    database.session(tenantId, (session) => session.run<TokenRow>(tokensByIds, [tenantId, ids, kind])),
  federations: (tenantId, ids) =>
    database.session(tenantId, (session) => session.run<FederationRow>(federations, [tenantId, ids])),
});
