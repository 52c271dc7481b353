import type { RecordKind } from '../../domain/directories/record-reader.ts';
import type { Statement } from '../database.ts';
import { groupVersion } from '../groups/group-version.ts';
import { groupsOfPerson } from '../groups/groups-of-person.ts';

const userRow = (withGroups: boolean) => `
  'User' as kind, u.id, u.version, s.resource, s.linked_at as "createdAt", u.updated_at as "updatedAt",
  ${withGroups ? groupsOfPerson('s.user_id') : 'null::json'} as groups`;

const groupRow = `
  'Group' as kind, g.id, g.resource, g.created_at as "createdAt", greatest(g.updated_at, v.at) as "updatedAt",
  v.version::float8 as version, null::json as groups`;

/** $1 tenant, $2 directory, $3 person. */
export const findUserRecord: Statement = {
  name: 'find-user-record',
  text: `
select ${userRow(true)}
from user_sources s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
where s.tenant_id = $1 and s.source_id = $2 and s.user_id = $3 and s.ended_at is null`,
};

/** $1 tenant, $2 directory, $3 group. */
export const findGroupRecord: Statement = {
  name: 'find-group-record',
  text: `
select ${groupRow} from directory_groups g ${groupVersion}
where g.tenant_id = $1 and g.directory_id = $2 and g.id = $3`,
};

/** A directory's links; joined with the people only where a column of theirs is asked for. */
const links = (test: string): string => `
from user_sources s ${/\bu\.(?:updated_at|version)\b/.test(test) ? 'join users u on u.tenant_id = s.tenant_id and u.id = s.user_id' : ''}
where s.tenant_id = $1 and s.directory_id = $2 and s.ended_at is null`;

const directoryGroups = (): string => `
from directory_groups g where g.tenant_id = $1 and g.directory_id = $2`;

/** The records of each kind that a directory holds, before any filter; `test` is all that will be asked of them. */
export const holdings: Record<RecordKind, (test: string) => string> = { User: links, Group: directoryGroups };

/** Whole records of the page `p` of ids, which was found first: from an index where that is possible. */
export const whole = (withGroups: boolean): Record<RecordKind, { columns: string; joins: string }> => ({
  User: {
    columns: userRow(withGroups),
    joins: `
join user_sources s on s.tenant_id = $1 and s.source_id = $2 and s.user_id = p.id
join users u on u.tenant_id = $1 and u.id = p.id`,
  },
  Group: {
    columns: groupRow,
    joins: `
join directory_groups g on g.tenant_id = $1 and g.directory_id = $2 and g.id = p.id ${groupVersion}`,
  },
});

/** $1 tenant, $2 directory, $3 groups. */
export const listMembers: Statement = {
  name: 'list-record-members',
  text: `
select m.group_id as "groupId", m.user_id as "userId"
from group_members m
join user_sources s on s.tenant_id = $1 and s.user_id = m.user_id and s.source_id = $2 and s.ended_at is null
where m.tenant_id = $1 and m.group_id = any($3) order by m.group_id, m.user_id`,
};
