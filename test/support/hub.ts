import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config.ts';
import { type Actor, type Scope, scopes } from '../../src/domain/actor.ts';
import { run } from '../../src/domain/command.ts';
import { createApiKey } from '../../src/domain/credentials/api-keys.ts';
import { connectDirectory } from '../../src/domain/directories/connect-directory.ts';
import type { DirectoryPolicy } from '../../src/domain/directories/directory-policy.ts';
import { createDirectoryToken } from '../../src/domain/directories/directory-tokens.ts';
import { updateDirectoryPolicy } from '../../src/domain/directories/update-directory-policy.ts';
import { newId, wireId } from '../../src/domain/ids.ts';
import type { Preset } from '../../src/domain/presets/presets.ts';
import { DEFAULT_TENANT } from '../../src/domain/tenant.ts';
import { type RunningHub, startHub as start } from '../../src/start-hub.ts';
import { ensureTenant } from '../../src/storage/tenants.ts';
import { createDatabase } from './database.ts';
import { freePort } from './free-port.ts';

/** A company on the hub, with an API key that may do everything in it. */
export type Tenant = { id: string; key: string };

/** A directory of a company, with its token; `scim` is the base URL, `id` a wire id. */
export type TestDirectory = { id: string; token: string; scim: string };

/** The whole service on a database of its own. */
export type Hub = {
  url: string;
  /** Bootstrap key of the default tenant. */
  adminKey: string;
  running: RunningHub;
  /** Where it keeps what is not in the database. */
  dataDir: string;
  newTenant(): Promise<Tenant>;
  /** A directory of that tenant, else of a new one, so that names never clash between tests. */
  newDirectory(tenantId?: string, preset?: Preset, policy?: Partial<DirectoryPolicy>): Promise<TestDirectory>;
  /** Changes the policy of a directory, and returns when every part of the hub goes by it. */
  decide(tenantId: string, directory: TestDirectory, policy: Partial<DirectoryPolicy>): Promise<void>;
  newKey(tenantId: string, granted: readonly Scope[]): Promise<string>;
  /** What the hub wrote to its log. */
  log: string[];
  stop(): Promise<void>;
};

export const ADMIN_KEY = 'any text of 32 characters, an ümlaut too';

/** Starts a hub; everything it keeps goes away with `stop`. */
export async function startHub(entraAuthority = 'http://127.0.0.1:9', more: Partial<Config> = {}): Promise<Hub> {
  const database = await createDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-hub-'));
  const port = await freePort();
  const log: string[] = [];
  const running = await start(
    {
      port,
      host: '127.0.0.1',
      publicUrl: `http://127.0.0.1:${port}`,
      databaseUrl: database.url,
      dataDir,
      adminKey: ADMIN_KEY,
      secret: 'a pepper of the tests, long enough',
      entraAuthority,
      logDays: 30,
      pointsPerSecond: 100_000,
      smtpUrl: null,
      mailFrom: { name: 'Rollcall', address: 'rollcall@nordwind.example' },
      smsWebhookUrl: null,
      development: true,
      localWebhooks: true,
      ...more,
    },
    (line) => log.push(line),
  );
  const call = (tenantId: string) => ({ actor: founder(tenantId), requestId: 'test' });
  const newKey = async (tenantId: string, granted: readonly Scope[]) =>
    (await run(running.hub, call(tenantId), createApiKey, { name: 'test', scopes: [...granted] })).secret;
  const newTenant = async () => {
    const id = newId();
    await ensureTenant(running.database, id, 'Test');
    return { id, key: await newKey(id, scopes) };
  };
  const decide = async (tenantId: string, id: string, policy: Partial<DirectoryPolicy>) => {
    await run(running.hub, call(tenantId), updateDirectoryPolicy, { id, policy });
    await running.hub.storage.policy(tenantId, true);
  };
  return {
    url: running.url,
    adminKey: ADMIN_KEY,
    running,
    dataDir,
    log,
    newKey,
    newTenant,
    async newDirectory(tenantId, preset = 'ENTRA_STANDARD', policy = {}) {
      const tenant = tenantId ?? (await newTenant()).id;
      const made = await connectDirectory(running.hub, call(tenant), { name: 'Entra', preset });
      const directory = wireId('dir', made.id);
      await decide(tenant, directory, policy);
      const { secret } = await run(running.hub, call(tenant), createDirectoryToken, { directory });
      return { id: directory, token: secret, scim: `${running.url}/scim/v2` };
    },
    decide: (tenantId, { id }, policy) => decide(tenantId, id, policy),
    async stop() {
      await running.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Whoever sets a tenant up before it has a key. */
const founder = (tenantId: string): Actor => ({
  kind: 'system',
  tenantId,
  id: wireId('tnt', tenantId),
  label: 'the tests',
  scopes: new Set(scopes),
  directoryId: null,
});

/** The tenant that the admin key is of. */
export const defaultTenant = DEFAULT_TENANT;
