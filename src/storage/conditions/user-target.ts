import type { Condition } from '../../domain/condition.ts';
import { searchKey } from '../users/user-columns.ts';
import { booleanColumn, type ColumnTest, exactColumn, idColumn, keyColumn, nameOf, timeColumn } from './columns.ts';
import type { Target } from './compile.ts';
import type { Fragments } from './fragment.ts';

const columns: Record<string, ColumnTest> = {
  id: idColumn('s.user_id', 'usr'),
  userName: keyColumn('s.user_name_key'),
  externalId: exactColumn('s.external_id'),
  active: booleanColumn('s.active'),
  'meta.created': timeColumn('s.linked_at'),
  'meta.lastModified': timeColumn('u.updated_at'),
};

/** A directory's people: `s` is their link, `u` the person. */
export const userTarget: Target = {
  record: 's.resource',
  column(attribute, condition, sql) {
    const name = nameOf(attribute);
    return Object.hasOwn(columns, name) ? columns[name]!(condition, sql) : null;
  },
  element(attribute, where, sql) {
    return nameOf(attribute) === 'emails' ? workEmail(where, sql) : null;
  },
};

/** `emails[type eq "work" and value eq "…"]`, by which Entra matches people, has an index of its own (entra.md B3). */
function workEmail(where: Condition, sql: Fragments): string | null {
  if (where.kind !== 'and' || where.terms.length !== 2) return null;
  const equal = new Map<string, string>();
  for (const term of where.terms) {
    if (term.kind !== 'compare' || term.op !== 'eq' || typeof term.value !== 'string') return null;
    equal.set(nameOf(term.attribute), term.value);
  }
  const value = equal.get('value');
  if (equal.get('type')?.toLowerCase() !== 'work' || value === undefined) return null;
  return `(s.email_key = ${sql.bind(searchKey(value), 'text')})`;
}
