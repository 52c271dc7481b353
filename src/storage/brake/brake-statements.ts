import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';
import { keepingApplied, raising } from '../rules/raise-policy.ts';

/** $1 tenant, $2 directory. Only locks; what is read after it, by a statement of its own, is what stands. */
export const lockBrake: Statement = {
  name: 'lock-brake',
  text: `
insert into brakes (tenant_id, directory_id) values ($1, $2)
on conflict (tenant_id, directory_id) do update set directory_id = excluded.directory_id`,
};

/** Slides the window on, unless the brake is on. */
export const slideWindow: Statement = {
  name: 'slide-brake-window',
  text: `
with d as (select state from directories where tenant_id = $1 and id = $2), gone as (
  delete from brake_people p using d
  where p.tenant_id = $1 and p.directory_id = $2 and d.state <> 'BRAKED'
    and p.counted_at <= statement_timestamp() - interval '60 minutes'
  returning p.kind
)
update brakes b set losses = b.losses - (select count(*) from gone where kind = 'LOSS'),
  creates = b.creates - (select count(*) from gone where kind = 'CREATE')
from d where b.tenant_id = $1 and b.directory_id = $2
returning d.state, d.state <> 'BRAKED' and coalesce(b.based_at <= statement_timestamp() - interval '60 minutes', true) as "isOld"`,
};

/** Counts who is active, with who was and has gone since the window began: once an hour. */
export const takeBase: Statement = {
  name: 'take-brake-base',
  text: `
update brakes b set based_at = statement_timestamp(), base = (
  select count(*) from user_sources s join users u on u.tenant_id = $1 and u.id = s.user_id and u.status = 'ACTIVE'
  where s.tenant_id = $1 and s.directory_id = $2 and s.ended_at is null
) + (
  select count(*) from brake_people p
  where p.tenant_id = $1 and p.directory_id = $2 and p.kind = 'LOSS' and not exists (
    select 1 from user_sources s join users u on u.tenant_id = $1 and u.id = s.user_id and u.status = 'ACTIVE'
    where s.tenant_id = $1 and s.user_id = p.user_id and s.source_id = $2 and s.ended_at is null)
)
where b.tenant_id = $1 and b.directory_id = $2`,
};

/** $3 kind, $4 people; each counts once. */
export const countPeople: Statement = {
  name: 'count-brake-people',
  text: `
with counted as (
  insert into brake_people (tenant_id, directory_id, kind, user_id, counted_at, transactions)
  select distinct $1::uuid, $2::uuid, $3::text, p.id, statement_timestamp(), array[pg_current_xact_id()::text::bigint]
  from unnest($4::uuid[]) as p(id)
  on conflict (tenant_id, directory_id, kind, user_id)
    do update set transactions = brake_people.transactions || excluded.transactions
  returning xmax = 0 as fresh
), n as (select count(*)::int as fresh from counted where fresh)
update brakes b set losses = b.losses + case when $3 = 'LOSS' then n.fresh else 0 end,
  creates = b.creates + case when $3 = 'CREATE' then n.fresh else 0 end
from n where b.tenant_id = $1 and b.directory_id = $2
returning case when $3 = 'LOSS' then b.losses else b.creates end as counted, coalesce(b.base, 0) as base`,
};

const changed = (name: string, state: string, brake: string, params: number): Statement => ({
  name,
  text: `
with raised as (${raising(keepingApplied())}), written as (
  update directories set state = ${state} from raised where tenant_id = $1 and id = $3 returning 1
), braked as (
  update brakes set ${brake} from written where tenant_id = $1 and directory_id = $3
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(params)} from written
)
select count(*)::int as written, ${ownTransaction} from written`,
});

/** $1 tenant, $2 version of the policy, $3 directory, $4 reason, $5 how many pass. */
export const tripBrake = changed(
  'trip-brake',
  `'BRAKED'`,
  'tripped_at = statement_timestamp(), reason = $4::text, most = $5::int',
  6,
);

/** $1 tenant, $2 version of the policy, $3 directory. */
export const releaseBrake = changed(
  'release-brake',
  `'ACTIVE'`,
  'losses = 0, creates = 0, base = null, based_at = null, tripped_at = null, reason = null, most = null, decision = null',
  4,
);

/** $1 tenant, $2 directory: true while anything is held. */
export const anythingHeld: Statement = {
  name: 'anything-held',
  text: `
select exists (select 1 from brake_people where tenant_id = $1 and directory_id = $2)
  or exists (select 1 from held_groups where tenant_id = $1 and directory_id = $2)
  or exists (select 1 from held_memberships where tenant_id = $1 and directory_id = $2) as held`,
};

/** $3 kind, $4 person, $5 what. */
export const holdPerson: Statement = {
  name: 'hold-person',
  text: `update brake_people set held = $5 where tenant_id = $1 and directory_id = $2 and kind = $3 and user_id = $4`,
};

/** $3 decision. */
export const decideBrake: Statement = {
  name: 'decide-brake',
  text: `
with written as (
  update brakes set decision = $3 where tenant_id = $1 and directory_id = $2 and coalesce(decision, $3) = $3 returning 1
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(4)} from written
)
select count(*)::int as written, ${ownTransaction} from written`,
};

/** $3 decision, $4 at most so many: who was only counted, of whom nothing is taken back. */
export const forgetCounted: Statement = {
  name: 'forget-brake-counted',
  text: `
delete from brake_people p using (
  select kind, user_id from brake_people
  where tenant_id = $1 and directory_id = $2 and held is null and (kind = 'CREATE' or $3 = 'ALLOW_HELD') limit $4
) o where p.tenant_id = $1 and p.directory_id = $2 and p.kind = o.kind and p.user_id = o.user_id
returning 1 as one`,
};

const person = `kind, user_id as "userId", held`;

/** $3 at most so many. */
export const nextPeople: Statement = {
  name: 'next-brake-people',
  text: `
select ${person} from brake_people where tenant_id = $1 and directory_id = $2 order by kind, user_id limit $3`,
};

export const claimPerson: Statement = {
  name: 'claim-brake-person',
  text: `
select ${person} from brake_people where tenant_id = $1 and directory_id = $2 and kind = $3 and user_id = $4 for update`,
};

export const forgetPerson: Statement = {
  name: 'forget-brake-person',
  text: 'delete from brake_people where tenant_id = $1 and directory_id = $2 and kind = $3 and user_id = $4',
};

/** What happened to a person, $3, in the transactions in which they were counted as lost. */
export const eventsOf: Statement = {
  name: 'events-of-brake-person',
  text: `
with p as (
  select transactions from brake_people where tenant_id = $1 and directory_id = $2 and kind = 'LOSS' and user_id = $3
)
select e.seq::text as seq, e.membership from (
  select e.seq, e.name, null as membership
  from p join events e on e.tenant_id = $1 and e.subject_id = $3 and e.xact = any(p.transactions)
  union all
  select e.seq, e.name, e.subject_id || coalesce(e.changes -> 0 ->> 'to', '')
  from p join events e on e.tenant_id = $1 and e.object_id = $3 and e.xact = any(p.transactions)
) e where e.name not like '%.removal.held' order by e.seq`,
};

export const unfinished: Statement = {
  name: 'unfinished-releases',
  text: `
select directory_id as "directoryId", decision from brakes where tenant_id = $1 and decision is not null order by 1`,
};
