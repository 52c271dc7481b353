import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { scopes } from './domain/actor.ts';
import { resumeReleases } from './domain/brake/release-brake.ts';
import { type Call, type Hub, run } from './domain/command.ts';
import { createApiKey } from './domain/credentials/api-keys.ts';
import { sealWith } from './domain/credentials/secret.ts';
import { resumeDisconnects } from './domain/directories/disconnect-directory.ts';
import { fillFields } from './domain/fields/fill-fields.ts';
import { recomputeAll } from './domain/rules/set-field-rules.ts';
import { systemActor } from './domain/system-actor.ts';
import { DEFAULT_TENANT } from './domain/tenant.ts';
import { mayCall } from './http/webhooks/event-courier.ts';
import type { Database } from './storage/database.ts';
import { startEmbedded } from './storage/embedded/start-embedded.ts';
import { ensureDatabase, openDatabase } from './storage/open.ts';
import { openStorage } from './storage/storage.ts';
import { allTenants, ensureTenant, hasApiKey, tenantsWithPendingPolicy } from './storage/tenants.ts';

/** A hub with its database, before anyone listens. */
export type OpenHub = {
  hub: Hub;
  database: Database;
  /** Name of the newest migration. */
  schema: string;
  /** The key made when there is none at all, neither here nor in the environment; shown once. */
  firstKey: string | null;
  close(): Promise<void>;
};

/** Opens the database, embedded or given, brings it up to date and finishes what a crash interrupted. */
export async function openHub(config: Config, log: (line: string) => void): Promise<OpenHub> {
  await mkdir(config.dataDir, { recursive: true });
  const pepper = config.secret ?? (await keptSecret(join(config.dataDir, 'secret')));
  const embedded = config.databaseUrl ? null : await startEmbedded({ dataDir: config.dataDir, log });
  try {
    const url = config.databaseUrl ?? (await ensureDatabase(embedded!.url, 'rollcall'));
    const { database, schema } = await openDatabase(url);
    const seal = sealWith(Buffer.from(pepper));
    const hub: Hub = { storage: openStorage(database), seal, mayCall: mayCall(config.localWebhooks) };
    await ensureTenant(database, DEFAULT_TENANT, 'Default');
    const call = { actor: systemActor(DEFAULT_TENANT), requestId: 'start' };
    const needsKey = !config.adminKey && !(await hasApiKey(database, DEFAULT_TENANT));
    const firstKey = needsKey ? (await run(hub, call, createApiKey, firstKeyInput)).secret : null;
    await finishInterrupted(hub, database);
    const close = async () => {
      await database.close();
      await embedded?.stop();
    };
    return { hub, database, schema, firstKey, close };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Of every tenant, what was under way when the hub stopped. */
async function finishInterrupted(hub: Hub, database: Database): Promise<void> {
  const startOf = (tenantId: string): Call => ({ actor: systemActor(tenantId), requestId: 'start' });
  for (const tenantId of await allTenants(database)) {
    await resumeDisconnects(hub, startOf(tenantId));
    await resumeReleases(hub, startOf(tenantId));
    await fillFields(hub, startOf(tenantId));
  }
  for (const tenantId of await tenantsWithPendingPolicy(database)) await recomputeAll(hub, startOf(tenantId));
}

const firstKeyInput = { name: 'First admin key', scopes: [...scopes] };

/** The pepper of a hub with a database of its own: made once and kept beside it. */
async function keptSecret(file: string): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known) return known.trim();
  const secret = randomBytes(32).toString('base64url');
  await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(file, 0o600);
  return secret;
}
