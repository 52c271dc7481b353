import { invalid } from '../../domain/errors.ts';
import {
  type ColumnTest,
  constantColumn,
  exactColumn,
  idColumn,
  keyColumn,
  nameOf,
  namespaceColumn,
  timeColumn,
} from './columns.ts';
import { compile, type Target } from './compile.ts';
import { groupModified, groupTag } from './tags.ts';

const RECORD = 'g.resource';

const parts: Record<string, ColumnTest> = {
  value: idColumn('m.user_id', 'usr'),
  type: constantColumn('user'),
};

const columns: Record<string, ColumnTest> = {
  id: idColumn('g.id', 'grp'),
  displayName: keyColumn('g.display_name_key'),
  externalId: exactColumn('g.external_id'),
  members: () => someMember('true'),
  'members.value': (condition, sql) => someMember(parts.value!(condition, sql)),
  'members.type': (condition, sql) => someMember(parts.type!(condition, sql)),
  'meta.created': timeColumn('g.created_at'),
  'meta.lastModified': timeColumn(groupModified),
  'meta.version': exactColumn(groupTag),
  schemas: namespaceColumn(RECORD),
};

/** A directory's groups: `g`. */
export const groupTarget: Target = {
  record: RECORD,
  column(attribute, condition, sql) {
    const name = nameOf(attribute);
    if (Object.hasOwn(columns, name)) return columns[name]!(condition, sql);
    if (name.startsWith('members.')) throw invalid(['filter'], `${name} cannot be filtered by; use members.value.`);
    return null;
  },
  element: (attribute, where, sql) =>
    nameOf(attribute) === 'members' ? someMember(compile(where, memberTarget, sql)) : null,
};

const memberTarget: Target = {
  record: `'{}'::jsonb`,
  column(attribute, condition, sql) {
    const name = nameOf(attribute);
    if (Object.hasOwn(parts, name)) return parts[name]!(condition, sql);
    throw invalid(['filter'], `members.${name} cannot be filtered by; use members.value.`);
  },
};

/** The members `m`, whom the directory still holds, of the group `g`; $1 is the tenant, $2 the directory. */
export const membersOfGroup = `group_members m
  join user_sources l on l.tenant_id = $1 and l.user_id = m.user_id and l.source_id = $2 and l.ended_at is null
  where m.tenant_id = $1 and m.group_id = g.id`;

const someMember = (test: string): string => `exists (select 1 from ${membersOfGroup} and ${test})`;
