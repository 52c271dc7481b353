import { vi } from 'vitest';
import type { Hub, Tenant } from './hub.ts';

/** Lets everything that a tenant's directories asked for have been that long ago, and has them looked at. */
export const letPass = (hub: Hub, tenant: Tenant, interval: string): Promise<void> =>
  hub.running.database.transaction(tenant.id, async (session) => {
    const ask = (text: string) => session.ask({ text, values: [interval] });
    await ask('update sync_runs set started_at = started_at - $1::interval, last_at = last_at - $1::interval');
    await ask('update directory_health set refused_at = refused_at - $1::interval, look_at = now()');
  });

/** Waits until a directory was looked at since it was last due. */
export const lookedAfter = (hub: Hub, tenant: Tenant): Promise<void> =>
  vi.waitFor(
    async () => {
      const text = 'select 1 as one from directory_health where look_at <= now()';
      const due = await hub.running.database.session(tenant.id, (session) => session.ask({ text, values: [] }));
      if (due.length > 0) throw new Error('a directory waits to be looked at');
    },
    { timeout: 10_000, interval: 50 },
  );
