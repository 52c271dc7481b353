import { invalid } from '../../domain/errors.ts';
import { type ColumnTest, constantColumn, foldedColumn, idColumn, nameOf } from './columns.ts';
import type { Target } from './compile.ts';

const parts: Record<string, ColumnTest> = {
  value: idColumn('gg.id', 'grp'),
  display: foldedColumn('gg.display_name'),
  type: constantColumn('direct'),
};

/**
 * The groups `gg` of the directory that the person of the link `s` is in; $1 is the tenant, $2 the directory. Only the
 * person is taken from outside, so that PostgreSQL can begin with the group.
 */
export const groupsOfLink = `group_members gm
  join directory_groups gg on gg.tenant_id = $1 and gg.id = gm.group_id and gg.directory_id = $2
  where gm.tenant_id = $1 and gm.user_id = s.user_id`;

/** True where one of them passes the test. */
export const someGroup = (test: string): string => `exists (select 1 from ${groupsOfLink} and ${test})`;

/** `groups` and its parts, asked of a person. */
export const groupColumns: Record<string, ColumnTest> = {
  groups: () => someGroup('true'),
  ...Object.fromEntries(
    Object.entries(parts).map(([name, test]): [string, ColumnTest] => [
      `groups.${name}`,
      (condition, sql) => someGroup(test(condition, sql)),
    ]),
  ),
};

/** One such group, in brackets. */
export const groupOfUserTarget: Target = {
  record: `'{}'::jsonb`,
  column(attribute, condition, sql) {
    const name = nameOf(attribute);
    if (Object.hasOwn(parts, name)) return parts[name]!(condition, sql);
    throw invalid(['filter'], `groups.${name} cannot be filtered by; use groups.value or groups.display.`);
  },
};
