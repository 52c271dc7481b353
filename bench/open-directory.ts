import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../src/config.ts';
import { type Actor, scopes } from '../src/domain/actor.ts';
import { type Call, run } from '../src/domain/command.ts';
import { createDirectory } from '../src/domain/directories/create-directory.ts';
import { createDirectoryToken } from '../src/domain/directories/directory-tokens.ts';
import { wireId } from '../src/domain/ids.ts';
import { DEFAULT_TENANT } from '../src/domain/tenant.ts';
import { openHub } from '../src/open-hub.ts';
import type { DiskCluster } from './disk-cluster.ts';

/** What every hub on the database of the bench must be given. */
export const secrets = {
  adminKey: 'the-admin-key-of-the-bench-long-enough',
  secret: 'the-pepper-of-the-bench-long-enough',
};

/** Makes the schema, and one directory of the default tenant with its token. */
export async function openDirectory(cluster: DiskCluster): Promise<{ directoryId: string; token: string }> {
  const dataDir = await mkdtemp(join(cluster.folder, 'hub-'));
  const { hub, close } = await openHub(configOf(cluster, dataDir), () => {});
  try {
    const { id } = await run(hub, call, createDirectory, { name: 'Entra ID', preset: 'ENTRA_STANDARD' });
    const { secret } = await run(hub, call, createDirectoryToken, { directory: wireId('dir', id) });
    return { directoryId: id, token: secret };
  } finally {
    await close();
    await rm(dataDir, { recursive: true });
  }
}

const configOf = ({ url }: DiskCluster, dataDir: string): Config => ({
  port: 0,
  host: '127.0.0.1',
  publicUrl: 'http://127.0.0.1',
  databaseUrl: url,
  entraAuthority: 'http://127.0.0.1:9',
  dataDir,
  ...secrets,
  localWebhooks: false,
  logDays: 30,
  pointsPerSecond: 1_000,
  smtpUrl: null,
  mailFrom: { name: 'Rollcall', address: 'rollcall@rollcall.invalid' },
  smsWebhookUrl: null,
  development: false,
});

const founder: Actor = {
  kind: 'system',
  tenantId: DEFAULT_TENANT,
  id: wireId('tnt', DEFAULT_TENANT),
  label: 'the bench',
  scopes: new Set(scopes),
  directoryId: null,
};

const call: Call = { actor: founder, requestId: 'bench' };
