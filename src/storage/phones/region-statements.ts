import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';

export const defaultRegion: Statement = {
  name: 'default-region',
  text: 'select default_region as region from tenants where id = $1',
};

/** $1 tenant, $2 region, then the event. */
export const setDefaultRegion: Statement = {
  name: 'set-default-region',
  text: `
with changed as (update tenants set default_region = $2 where id = $1 returning 1)
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(3)} from changed
returning ${ownTransaction}`,
};
