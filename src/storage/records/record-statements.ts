import type { Statement } from '../database.ts';
import { groupVersion } from '../groups/group-version.ts';

const userRow = `u.id, u.version, s.resource, s.linked_at as "createdAt", u.updated_at as "updatedAt"`;

const person = 'join users u on u.tenant_id = s.tenant_id and u.id = s.user_id';

/** A directory's links; joined with the people only for a condition that asks for a column of theirs. */
const links = (where: string): string => `
from user_sources s ${where.includes('u.updated_at') ? person : ''}
where s.tenant_id = $1 and s.directory_id = $2 and s.ended_at is null ${where}`;

/** $1 tenant, $2 directory, $3 person. */
export const findUserRecord: Statement = {
  name: 'find-user-record',
  text: `
select ${userRow}
from user_sources s ${person}
where s.tenant_id = $1 and s.source_id = $2 and s.user_id = $3 and s.ended_at is null`,
};

const groupRow = `
  g.id, g.resource, g.created_at as "createdAt", greatest(g.updated_at, v.at) as "updatedAt",
  coalesce(v.version, 0)::float8 as version`;

/** $1 tenant, $2 directory, $3 group. */
export const findGroupRecord: Statement = {
  name: 'find-group-record',
  text: `
select ${groupRow} from directory_groups g ${groupVersion}
where g.tenant_id = $1 and g.directory_id = $2 and g.id = $3`,
};

/** How records of one kind are counted and listed under a condition. */
export type Records = { count(where: string): string; list(where: string, limit: string, offset: string): string };

export const userRecords: Records = {
  count: (where) => `select count(*)::int as total ${links(where)}`,
  // The page is found first, so that a filter is asked of each record once, whatever the planner knows of the tables.
  list: (where, limit, offset) => `
select ${userRow} from (
  select s.* ${links(where)} order by s.user_id limit ${limit} offset ${offset}
) s ${person} order by s.user_id`,
};

export const groupRecords: Records = {
  count: (where) =>
    `select count(*)::int as total from directory_groups g where g.tenant_id = $1 and g.directory_id = $2 ${where}`,
  list: (where, limit, offset) => `
select ${groupRow} from (
  select g.* from directory_groups g where g.tenant_id = $1 and g.directory_id = $2 ${where}
  order by g.id limit ${limit} offset ${offset}
) g ${groupVersion} order by g.id`,
};

/** $1 tenant, $2 directory, $3 groups. */
export const listMembers: Statement = {
  name: 'list-record-members',
  text: `
select m.group_id as "groupId", m.user_id as "userId"
from group_members m
join user_sources s on s.tenant_id = $1 and s.user_id = m.user_id and s.source_id = $2 and s.ended_at is null
where m.tenant_id = $1 and m.group_id = any($3) order by m.group_id, m.user_id`,
};
