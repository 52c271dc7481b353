import { defineEntity, p } from '@mikro-orm/core';
import { textArray } from './columns.ts';
import { Tenant } from './tenant.ts';
import { tenantWall } from './wall.ts';

/** A connection to one identity provider. */
export const Directory = defineEntity({
  name: 'Directory',
  tableName: 'directories',
  ...tenantWall(),
  properties: {
    tenant: () => p.manyToOne(Tenant).primary().updateRule('no action').deleteRule('no action'),
    id: p.uuid().primary(),
    name: p.text(),
    preset: p.text(),
    state: p.text(),
    createdAt: p.datetime(3),
  },
});

/** Sign-in finds a credential by its public part before any tenant is known; that one row and nothing else is seen. */
const credentialWall = () => {
  const wall = tenantWall();
  const signIn = { name: 'sign_in', command: 'select' as const, using: "key_id = current_setting('app.key_id', true)" };
  return { ...wall, policies: [...wall.policies, signIn] };
};

/** A directory token or an API key. Only a keyed digest of the secret is kept. */
export const Credential = defineEntity({
  name: 'Credential',
  tableName: 'credentials',
  ...credentialWall(),
  properties: {
    tenant: () => p.manyToOne(Tenant).primary().updateRule('no action').deleteRule('no action'),
    id: p.uuid().primary(),
    /** The public part of the secret, by which it is looked up. */
    keyId: p.text().unique('credentials_key_id_unique'),
    digest: p.blob(),
    name: p.text(),
    scopes: textArray(),
    directory: () =>
      p
        .manyToOne(Directory)
        .nullable()
        .joinColumns('tenant_id', 'directory_id')
        .updateRule('no action')
        .deleteRule('cascade'),
    createdBy: p.text(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3).nullable(),
    lastUsedAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
  },
});
