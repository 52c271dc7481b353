import type { Condition } from '../../domain/condition.ts';
import { invalid } from '../../domain/errors.ts';
import { type ColumnTest, exactColumn, idColumn, keyColumn, nameOf, timeColumn } from './columns.ts';
import { compile, type Target } from './compile.ts';
import type { Fragments } from './fragment.ts';

const memberId = idColumn('m.user_id', 'usr');

const columns: Record<string, ColumnTest> = {
  id: idColumn('g.id', 'grp'),
  displayName: keyColumn('g.display_name_key'),
  externalId: exactColumn('g.external_id'),
  members: (condition, sql) => someMember(memberId(condition, sql)),
  'members.value': (condition, sql) => someMember(memberId(condition, sql)),
  'meta.created': timeColumn('g.created_at'),
  'meta.lastModified': timeColumn('g.updated_at'),
};

/** A directory's groups: `g`. */
export const groupTarget: Target = {
  record: 'g.resource',
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
    if (nameOf(attribute) === 'value') return memberId(condition, sql);
    if (nameOf(attribute) === 'type') return `'user' = ${typeLiteral(condition, sql)}`;
    throw invalid(['filter'], `members.${nameOf(attribute)} cannot be filtered by; use members.value.`);
  },
};

const typeLiteral = (condition: Extract<Condition, { kind: 'compare' }> | 'present', sql: Fragments): string =>
  condition === 'present' ? `'user'` : sql.bind(String(condition.value).toLowerCase(), 'text');

const someMember = (test: string): string =>
  `exists (select 1 from group_members m join user_sources l
    on l.tenant_id = m.tenant_id and l.user_id = m.user_id and l.source_id = g.directory_id and l.ended_at is null
    where m.tenant_id = g.tenant_id and m.group_id = g.id and ${test})`;
