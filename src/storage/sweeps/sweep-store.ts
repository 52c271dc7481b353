import type { DuePerson, SweepStore } from '../../domain/sweeps/due-people.ts';
import type { Session, Statement } from '../database.ts';

const waits = (list: string) => `jsonb_to_recordset(${list}::jsonb) as d("directoryId" uuid, seconds int)`;

/** Nobody's time is up who waits for less than the shortest of them: what is read then is a part of an index. */
const longAgo = (list: string, moment: string) =>
  `${moment} <= now() - (select min(d.seconds) from ${waits(list)}) * interval '1 second'`;

const held = (list: string) => `
join user_sources s on s.tenant_id = $1 and s.user_id = u.id and s.ended_at is null
join ${waits(list)} on d."directoryId" = s.directory_id`;

/** Where another directory held the person before, this one decides nothing about them. */
const governs = `not exists (
    select 1 from user_sources o join directories x on x.tenant_id = $1 and x.id = o.directory_id and x.state <> 'DISCONNECTED'
    where o.tenant_id = $1 and o.user_id = u.id and o.ended_at is null and (o.linked_at, o.source_id) < (s.linked_at, s.source_id))`;

const past = (moment: string) => `${moment} <= now() - d.seconds * interval '1 second'`;

/** $1 tenant, $2 gates, $3 losses, $4 removals, $5 at most so many. */
const due: Statement = {
  name: 'due-people',
  text: `
(select u.id as "userId", d."directoryId", 'NO_GROUP' as reason from users u ${held('$2')}
  where u.tenant_id = $1 and u.status = 'STAGED' and u.waits_for = 'GROUP' and ${longAgo('$2', 'u.status_at')}
    and ${past('u.status_at')} and ${governs} limit $5)
union all
(select s.user_id, d."directoryId", 'LAST_GROUP_LOST' from ${waits('$3')}
  join user_sources s on s.tenant_id = $1 and s.directory_id = d."directoryId" and s.ended_at is null
    and s.groupless_since is not null and ${past('s.groupless_since')}
  join users u on u.tenant_id = $1 and u.id = s.user_id and u.status in ('ACTIVE', 'INVITED', 'PARKED')
  where ${governs} limit $5)
union all
(select u.id, d."directoryId", 'DEACTIVATED' from users u ${held('$4')}
  where u.tenant_id = $1 and u.status = 'DEACTIVATED' and not s.active and ${longAgo('$4', 'u.status_at')}
    and ${past('u.status_at')} and ${governs} limit $5)`,
};

/** $1 tenant, $2 seconds, $3 at most so many. */
const tombstones: Statement = {
  name: 'old-tombstones',
  text: `
select id from users where tenant_id = $1 and status = 'DELETED' and status_at <= now() - $2 * interval '1 second'
order by status_at, id limit $3 for update skip locked`,
};

/** Whose time is up, of one tenant, through one session. */
export const sweepStore = (session: Session, tenantId: string): SweepStore => ({
  due: ({ gates, losses, removals }, most) =>
    session.run<DuePerson>(due, [tenantId, ...[gates, losses, removals].map((list) => JSON.stringify(list)), most]),
  async tombstones(seconds, most) {
    return (await session.run<{ id: string }>(tombstones, [tenantId, seconds, most])).map(({ id }) => id);
  },
});
