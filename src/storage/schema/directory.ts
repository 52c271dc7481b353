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
    /** The switches as an admin left them; what is not there is the preset's. */
    policy: p.json().defaultRaw(`'{}'`),
    createdAt: p.datetime(3),
    /** What is still to become of the people of a disconnected directory; null: nothing any more. */
    disconnectPlan: p.text().nullable(),
    /** The last person, by id, of whom that has become. */
    disconnectedUpTo: p.uuid().nullable(),
    /** Whether it has ever sent a group. */
    groupsSent: p.boolean().default(false),
  },
});

/** Sign-in finds a credential by its public part before any tenant is known; that one row and nothing else is seen. */
const credentialWall = () => {
  const wall = tenantWall();
  const signIn = { name: 'sign_in', command: 'select' as const, using: "key_id = current_setting('app.key_id', true)" };
  return { ...wall, policies: [...wall.policies, signIn] };
};

/** A secret that the hub gave out, of which only a keyed digest is kept. */
export const Credential = defineEntity({
  name: 'Credential',
  tableName: 'credentials',
  ...credentialWall(),
  properties: {
    tenant: () => p.manyToOne(Tenant).primary().updateRule('no action').deleteRule('no action'),
    id: p.uuid().primary(),
    /** The public part of the secret, by which it is looked up. */
    keyId: p.text().unique('credentials_key_id_unique'),
    /** Written by hubs of the first release without it: all they know are tokens and keys. */
    kind: p.text().default('TOKEN'),
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
    /** The client secret that an access token came from. */
    issuedBy: p.uuid().nullable(),
  },
  indexes: [{ name: 'credentials_directory', properties: ['tenant', 'directory', 'kind'] as never }],
});

/** The token endpoint finds a trust by its directory or its key before any tenant is known, and sees no other. */
const trustWall = () => {
  const wall = tenantWall();
  const seen = (name: string, column: string) => ({
    name,
    command: 'select' as const,
    using: `${column} = current_setting('app.trust', true)`,
  });
  const policies = [...wall.policies, seen('sign_in', 'trust_key'), seen('sign_in_by_client', '(directory_id)::text')];
  return { ...wall, policies };
};

/** Whose assertions a directory believes instead of a secret. */
export const DirectoryFederation = defineEntity({
  name: 'DirectoryFederation',
  tableName: 'directory_federations',
  ...trustWall(),
  properties: {
    tenantId: p.uuid().primary(),
    directory: () =>
      p
        .manyToOne(Directory)
        .primary()
        .joinColumns('tenant_id', 'directory_id')
        .updateRule('no action')
        .deleteRule('cascade'),
    /** Id of Entra's tenant. */
    entraTenantId: p.uuid(),
    audience: p.text(),
    subject: p.text(),
    /** All three, as `trustKeyOf` writes them. */
    trustKey: p.text(),
    createdBy: p.text(),
    createdAt: p.datetime(3),
    lastUsedAt: p.datetime(3).nullable(),
  },
  indexes: [{ name: 'directory_federations_trust', properties: ['trustKey'] }],
});
