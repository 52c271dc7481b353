import { type Actor, scopes } from '../../src/domain/actor.ts';
import { type Call, type Hub, run } from '../../src/domain/command.ts';
import { sealWith } from '../../src/domain/credentials/secret.ts';
import { createDirectory } from '../../src/domain/directories/create-directory.ts';
import { newId, wireId } from '../../src/domain/ids.ts';
import { Database } from '../../src/storage/database.ts';
import { APP_ROLE } from '../../src/storage/roles.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { ensureTenant } from '../../src/storage/tenants.ts';
import { createDatabase } from './database.ts';

/** Two hubs on one database of their own: as far as their memory goes, two processes. */
export type TwoHubs = Awaited<ReturnType<typeof openTwoHubs>>;

/** A tenant whose admin calls without HTTP, as its directories do. */
export type Company = { tenantId: string; admin: Call; connect(name?: string): Promise<Connected> };

/** A directory: its stored id, and what it calls with. */
export type Connected = { id: string; call: Call };

export async function openTwoHubs() {
  const holder = await createDatabase();
  const databases = [new Database(holder.url, APP_ROLE), new Database(holder.url, APP_ROLE)] as const;
  const seal = sealWith(Buffer.alloc(32, 7));
  const hubs = databases.map((database) => ({ storage: openStorage(database), seal })) as [Hub, Hub];
  return {
    url: holder.url,
    databases,
    hubs,
    seal,
    async newCompany(): Promise<Company> {
      const tenantId = newId();
      await ensureTenant(databases[0], tenantId, 'Company');
      const base = { tenantId, id: wireId('tnt', tenantId), label: 'admin', directoryId: null };
      const admin: Call = { actor: { ...base, kind: 'system', scopes: new Set(scopes) }, requestId: 'test' };
      const connect = async (name = 'Entra'): Promise<Connected> => {
        const { id } = await run(hubs[0], admin, createDirectory, { name, preset: 'ENTRA_STANDARD' });
        const identity = { ...base, id: wireId('dir', id), label: name, directoryId: id };
        const actor: Actor = { ...identity, kind: 'directory', scopes: new Set(['provision']) };
        return { id, call: { actor, requestId: 'directory' } };
      };
      return { tenantId, admin, connect };
    },
    async close() {
      await Promise.all(databases.map((database) => database.close()));
      await holder.drop();
    },
  };
}
