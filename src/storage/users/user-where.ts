import type { UserCondition } from '../../domain/users/user-condition.ts';
import type { Sight } from '../../domain/users/user-reader.ts';
import type { Fragments } from '../conditions/fragment.ts';
import { holdersOf } from '../roles/holding.ts';
import { userIdsOf } from '../teams/membership.ts';
import { customTest } from './custom-test.ts';
import { type TextColumn, textTest } from './text-test.ts';
import { columnOf } from './user-columns.ts';

const keyed: Record<string, TextColumn> = {
  userName: { sql: 'u.user_name_key', key: 'whole', present: 'true' },
  // The key falls back to the userName, so that every person has a place in the order.
  displayName: { sql: 'u.display_name_key', key: 'cut', present: 'u.display_name is not null' },
  email: { sql: 'u.email_key', key: 'cut', present: 'u.email_key is not null' },
};

/** People `u` whom a caller of that sight is shown, as conditions that begin with `and`. */
export const within = ({ hidden, deleted }: Sight): string =>
  `${deleted ? '' : ` and u.status <> 'DELETED'`}${hidden ? '' : ' and u.visible'}`;

/** A condition on people `u` as SQL. All values are bound; names come from closed tables. */
export function userWhere(condition: UserCondition, sql: Fragments): string {
  switch (condition.kind) {
    case 'and':
      return joined(condition.terms, 'and', 'true', sql);
    case 'or':
      return joined(condition.terms, 'or', 'false', sql);
    case 'not':
      // A test of what is not there is not true; its opposite must be.
      return `(not coalesce(${userWhere(condition.term, sql)}, false))`;
    case 'text':
      return textTest(textColumn(condition.field), condition.test, sql);
    case 'custom':
      return customTest(condition, sql);
    case 'status':
      return `u.status = any(${sql.bind(condition.in, 'text[]')})`;
    case 'kind':
      return `u.kind = ${sql.bind(condition.is, 'text')}`;
    case 'visible':
      return `u.visible = ${sql.bind(condition.is, 'boolean')}`;
    case 'team':
      return condition.id === null ? 'false' : `u.id in (${userIdsOf(sql.bind(condition.id, 'uuid'))})`;
    case 'role':
      return condition.id === null ? 'false' : `u.id in (${holdersOf(sql.bind(condition.id, 'uuid'))})`;
    case 'directory':
      return condition.id === null ? 'false' : isLinked(sql.bind(condition.id, 'uuid'));
  }
}

const joined = (terms: readonly UserCondition[], word: string, empty: string, sql: Fragments): string =>
  terms.length === 0 ? empty : `(${terms.map((term) => userWhere(term, sql)).join(` ${word} `)})`;

function textColumn(field: Extract<UserCondition, { kind: 'text' }>['field']): TextColumn {
  if (Object.hasOwn(keyed, field)) return keyed[field]!;
  if (field === 'userName') throw new Error('unreachable');
  const sql = `u.${columnOf(field)}`;
  return { sql, key: null, present: `${sql} is not null` };
}

const isLinked = (directory: string): string => `exists (
select 1 from user_sources s
where s.tenant_id = $1 and s.user_id = u.id and s.source_id = ${directory} and s.kind = 'DIRECTORY' and s.ended_at is null)`;
