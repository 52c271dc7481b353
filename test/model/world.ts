import { type Actor, scopes } from '../../src/domain/actor.ts';
import { type Call, type Hub, run } from '../../src/domain/command.ts';
import { createDirectory } from '../../src/domain/directories/create-directory.ts';
import { HubError } from '../../src/domain/errors.ts';
import { newId, uuidOf, wireId } from '../../src/domain/ids.ts';
import type { Caller } from '../../src/scim/operations/caller.ts';
import { tablesWith } from '../../src/scim/schema/tenant-tables.ts';
import { Database } from '../../src/storage/database.ts';
import { recordReader } from '../../src/storage/records/record-reader.ts';
import { APP_ROLE } from '../../src/storage/roles.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { ensureTenant } from '../../src/storage/tenants.ts';
import { type CustomKey, type Model, newModel } from './model.ts';
import { newPast, type Past } from './past.ts';

/** A hub without HTTP: commands and SCIM operations on a real database. */
export type Engine = { hub: Hub; database: Database };

/** A tenant with two directories, and what it should look like. */
export type World = Engine & {
  model: Model;
  tenantId: string;
  admin: Call;
  /** By number. */
  directories: (Omit<Caller, 'tables'> & { tables: Caller['tables'] })[];
  /** Stored ids of the tenant's own fields, once they are made. */
  fieldIds: Partial<Record<CustomKey, string>>;
  past: Past;
  /** Connects one more directory. */
  connect(): Promise<Caller>;
  /** The admin's key on behalf of that person. */
  as(id: string): Call;
};

export function openEngine(url: string): Engine {
  const database = new Database(url, APP_ROLE);
  return { database, hub: { storage: openStorage(database), seal: () => Buffer.alloc(32) } };
}

/** A new tenant, so that stories can be told beside each other. */
export async function newWorld(engine: Engine): Promise<World> {
  const tenantId = newId();
  await ensureTenant(engine.database, tenantId, 'Model');
  const actor: Actor = {
    kind: 'key',
    tenantId,
    id: wireId('key', tenantId),
    label: 'admin',
    scopes: new Set(scopes),
    directoryId: null,
  };
  const admin = { actor, requestId: 'model' };
  const records = recordReader(engine.database);
  const connect = async (): Promise<Caller> => {
    const { id } = await run(engine.hub, admin, createDirectory, { name: 'Entra', preset: 'ENTRA_STANDARD' });
    const directory: Actor = { ...actor, kind: 'directory', id: wireId('dir', id), scopes: new Set(['provision']) };
    const call = { actor: { ...directory, directoryId: id }, requestId: 'model' };
    const { fields } = await engine.hub.storage.policy(tenantId, true);
    return { hub: engine.hub, records, call, directoryId: id, tables: tablesWith(fields) };
  };
  const directories = [await connect(), await connect()];
  const as = (id: string): Call => ({
    actor: { ...actor, person: { id: uuidOf('usr', id)!, userName: 'somebody' } },
    requestId: 'model',
  });
  return { ...engine, model: newModel(), past: newPast(), fieldIds: {}, tenantId, admin, directories, connect, as };
}

/** The code of the refusal that the work ends in, or null; nothing else may go wrong. */
export async function refusalOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof HubError) return error.code;
    throw error;
  }
}
