import { expect } from 'vitest';
import { rehearsedTables } from '../../src/storage/rehearsal/tables.ts';
import { type Ask, askAs } from '../graphql/ask.ts';
import type { Hub, Tenant, TestDirectory } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';

/** Sign-in believes a token for a second; a busy machine takes its time. */
export const WITHIN = { timeout: 10_000 };

/** A company whose directory may rehearse. */
export type Stage = {
  tenant: Tenant;
  directory: TestDirectory;
  entra: ReturnType<typeof scimClient>;
  ask: Ask;
  set(on: boolean): Promise<Switched>;
  discard(): Promise<Switched>;
};

type Switched = { directory: { state: string } | null; problems: { code: string; message: string }[] };

const ANSWER = '{ directory { state } problems { code message } }';

/** A new company with one directory. */
export async function newStage(hub: Hub): Promise<Stage> {
  const tenant = await hub.newTenant();
  const directory = await hub.newDirectory(tenant.id);
  const ask = askAs(hub, tenant.key);
  const entra = scimClient(directory);
  return {
    tenant,
    directory,
    entra,
    ask,
    async set(on) {
      const { data } = await ask(
        `mutation ($id: ID!, $on: Boolean!) { setRehearsal(directory: $id, on: $on) ${ANSWER} }`,
        { id: directory.id, on },
      );
      return data.setRehearsal;
    },
    async discard() {
      const { data } = await ask(`mutation ($id: ID!) { discardRehearsal(directory: $id) ${ANSWER} }`, {
        id: directory.id,
      });
      return data.discardRehearsal;
    },
  };
}

/** Waits until sign-in knows which state the directory is in: then it is answered. */
export async function answered({ entra }: Stage): Promise<void> {
  await new Promise((done) => setTimeout(done, 1_100));
  await expect.poll(async () => (await entra.get('/Users?count=1')).status, WITHIN).toBe(200);
}

/** Tables that only tell of what was asked, not of what is. */
const LOGS = new Set(['scim_requests']);

/** Every row of a tenant as text, but for its log of requests and when a credential was last used. */
export const rowsOf = (hub: Hub, tenantId: string): Promise<string[]> =>
  hub.running.database.session(tenantId, async (session) => {
    const rows: string[] = [];
    for (const table of [...Object.keys(rehearsedTables), 'tenants']) {
      if (LOGS.has(table)) continue;
      const text = `select '${table} ' || (to_jsonb(t) - 'last_used_at')::text as row from ${table} t`;
      rows.push(...(await session.ask<{ row: string }>({ text, values: [] })).map(({ row }) => row).sort());
    }
    return rows;
  });

/** Stored ids of the shadows of a tenant. */
export const shadowsOf = async (hub: Hub, tenantId: string): Promise<string[]> =>
  hub.running.database.session(tenantId, async (session) => {
    const text = 'select shadow_id as id from rehearsals';
    return (await session.ask<{ id: string }>({ text, values: [] })).map(({ id }) => id);
  });
