import { vi } from 'vitest';
import type { Hub } from './hub.ts';

/** A row of the provisioning log as it stands in the table. */
export type KeptRequest = {
  id: string;
  request_id: string;
  method: string;
  path: string;
  status: number;
  subject_kind: string | null;
  request_body: string | null;
  response_body: string | null;
  scim_type: string | null;
  transactions: string[];
};

/** The rows of a tenant, oldest first, as soon as there are that many. */
export const keptRequests = (hub: Hub, tenantId: string, count: number): Promise<KeptRequest[]> =>
  vi.waitFor(
    async () => {
      const rows = await hub.running.database.session(tenantId, (session) =>
        session.ask<KeptRequest>({ text: 'select * from scim_requests order by id', values: [] }),
      );
      if (rows.length < count) throw new Error(`${rows.length} of ${count} requests are kept.`);
      return rows;
    },
    { timeout: 10_000, interval: 50 },
  );
