import type { EventRow } from '../../domain/events/event-reader.ts';
import type { Rehearsal } from '../../domain/rehearsal/rehearsal.ts';
import type {
  RehearsalCounts,
  RehearsalReader,
  RehearsalReport,
  RehearsalSampleReader,
} from '../../domain/rehearsal/rehearsal-reader.ts';
import type { Database, Statement } from '../database.ts';
import { eventSelect } from '../events/event-reader.ts';
import { rehearsalColumns } from './rehearsal-statements.ts';

/** Ids of requests run with time: those before the rehearsal are not looked at. */
const list: Statement = {
  name: 'list-rehearsals',
  text: `
select ${rehearsalColumns}, (
  select count(*)::int from scim_requests q where q.tenant_id = $1 and q.directory_id = r.directory_id
    and q.id >= r.shadow_id and q.rehearsed_in = r.shadow_id) as requests
from rehearsals r where r.tenant_id = $1 and r.directory_id = any($2::uuid[])`,
};

const people = (name: string, which: string) =>
  `count(distinct e.subject_id) filter (where e.subject_kind = 'usr' and ${which})::int as "${name}"`;
const groups = (name: string, event: string) =>
  `count(distinct e.subject_id) filter (where e.name = 'group.${event}')::int as "groups${name}"`;
const members = (name: string, event: string) =>
  `count(*) filter (where e.name in ('team.members.${event}', 'group.members.${event}'))::int as "members${name}"`;

const deactivated = `e.name <> 'user.created' and e.changes @> '[{"key": "status", "to": "DEACTIVATED"}]'`;

/** $1 the shadow, $2 the first transaction that is its own. */
const count: Statement = {
  name: 'count-rehearsal',
  text: `
select ${[
    people('created', `e.name = 'user.created'`),
    people('updated', `e.name in ('user.updated', 'user.adopted', 'user.linked') and not (${deactivated})`),
    people('deactivated', deactivated),
    people('deleted', `e.name in ('user.deleted', 'user.unlinked')`),
    groups('Created', 'created'),
    groups('Updated', 'updated'),
    groups('Deleted', 'deleted'),
    members('Added', 'added'),
    members('Removed', 'removed'),
    `count(*) filter (where e.name = 'request.refused')::int as refused`,
  ].join(', ')}
from events e where e.tenant_id = $1 and e.xact >= $2::bigint`,
};

const newest: Statement = {
  name: 'sample-rehearsal',
  text: `
select ${eventSelect} from events e where e.tenant_id = $1 and e.xact >= $2::bigint
order by e.xact desc, e.seq desc limit $3`,
};

type Listed = Rehearsal & { requests: number };

const NOTHING: Omit<RehearsalCounts, 'requests'> = {
  created: 0,
  updated: 0,
  deactivated: 0,
  deleted: 0,
  groupsCreated: 0,
  groupsUpdated: 0,
  groupsDeleted: 0,
  membersAdded: 0,
  membersRemoved: 0,
  refused: 0,
};

/** Rehearsals as rooms list them; the only way from a tenant to its shadow's rows is the tenant's own row. */
export function rehearsalReader(database: Database): RehearsalReader & RehearsalSampleReader {
  const listed = (tenantId: string, ids: readonly string[]) =>
    database.session(tenantId, (session) => session.run<Listed>(list, [tenantId, ids]));
  const counted = async (rehearsal: Listed): Promise<RehearsalReport> => {
    const { shadowId, openedXact } = rehearsal;
    if (openedXact === null) return { ...rehearsal, ...NOTHING };
    const [counts] = await database.session(shadowId, (session) =>
      session.run<Omit<RehearsalCounts, 'requests'>>(count, [shadowId, openedXact]),
    );
    return { ...rehearsal, ...counts! };
  };
  return {
    ofDirectories: async (tenantId, ids) => Promise.all((await listed(tenantId, ids)).map(counted)),
    async sample(tenantId, directoryId, limit) {
      const [rehearsal] = await listed(tenantId, [directoryId]);
      if (!rehearsal?.openedXact) return [];
      const { shadowId, openedXact } = rehearsal;
      return database.session(shadowId, (session) => session.run<EventRow>(newest, [shadowId, openedXact, limit]));
    },
  };
}
