import type { Condition } from '../../domain/condition.ts';
import type { RecordKind, RecordQuery } from '../../domain/directories/record-reader.ts';
import { nameOf } from '../conditions/columns.ts';
import { compile, type Target } from '../conditions/compile.ts';
import { Fragments } from '../conditions/fragment.ts';
import { groupTarget } from '../conditions/group-target.ts';
import { userTarget } from '../conditions/user-target.ts';
import type { Question } from '../database.ts';
import { beyond, orderBy, placeColumns, type SortKey } from '../pages.ts';
import { holdings, whole } from './record-statements.ts';
import { sortKeys } from './sort-keys.ts';

const targets: Record<RecordKind, Target> = { User: userTarget, Group: groupTarget };

/** The kinds of record that a list is of. */
export const kindsOf = ({ where }: RecordQuery): RecordKind[] => Object.keys(where) as RecordKind[];

/** All matches of that kind, counted. */
export function countQuestion(own: unknown[], kind: RecordKind, where: Condition | null): Question {
  const sql = new Fragments(own);
  const test = filterOf(kind, where, sql);
  return { text: `select count(*)::int as total ${holdings[kind](test)} ${test}`, values: sql.values };
}

/** A page with one record more, of one kind or, in one order, of several; whole records where it is of one kind. */
export function pageQuestion(own: unknown[], query: RecordQuery): Question & { keyCount: number } {
  const sql = new Fragments(own);
  const kinds = kindsOf(query);
  const offset = 'offset' in query.start ? query.start.offset : 0;
  const limit = sql.bind(query.limit + 1, 'bigint');
  const ends = `limit ${limit}${offset > 0 ? ` offset ${sql.bind(offset, 'bigint')}` : ''}`;
  const keys = sortKeys(kinds, query.sort, 'before' in query.start, sql);
  const keyCount = keys[0]!.length;
  const inOrder = namesInOrder(keys[0]!);
  const places = () => kinds.map((kind, index) => placesOf(kind, keys[index]!, query, sql));
  if (kinds.length > 1) {
    const reach = sql.bind(offset + query.limit + 1, 'bigint');
    const each = places().map((text) => `(${text} ${inOrder} limit ${reach})`);
    return { text: `select * from (${each.join(' union all ')}) p ${inOrder} ${ends}`, values: sql.values, keyCount };
  }
  const { columns, joins } = whole(query.withGroups)[kinds[0]!];
  if (isPointed(query)) {
    const placed = placeColumns(keys[0]!, { first: 0, after: null, placed: true });
    const test = filterOf('User', query.where.User!, sql);
    const text = `select ${columns}${placed} ${holdings.User(columns)} ${test} ${inOrder} ${ends}`;
    return { text, values: sql.values, keyCount };
  }
  const kept = keys[0]!.map((_, index) => `, p.k${index}`).join('');
  const text = `
select ${columns}${kept}
from (${places()[0]} ${inOrder} ${ends}) p ${joins} ${inOrder}`;
  return { text, values: sql.values, keyCount };
}

/** True for what Entra asks before every write: one person by a name with an index, found without a page of ids. */
function isPointed({ where: { User: where }, start, sort }: RecordQuery): boolean {
  if (where?.kind !== 'compare' || where.op !== 'eq' || sort || !('offset' in start)) return false;
  return POINTED.has(nameOf(where.attribute));
}

const POINTED: ReadonlySet<string> = new Set(['id', 'userName', 'externalId']);

/** Whole records by their ids. */
export function wholeQuestion(own: unknown[], kind: RecordKind, ids: string[], withGroups: boolean): Question {
  const { columns, joins } = whole(withGroups)[kind];
  return { text: `select ${columns} from unnest($3::uuid[]) p(id) ${joins}`, values: [...own, ids] };
}

/** Ids and sort keys of all matches of one kind on the right side of where the page begins. */
function placesOf(kind: RecordKind, keys: SortKey[], query: RecordQuery, sql: Fragments): string {
  const { start } = query;
  const after = 'offset' in start ? null : 'before' in start ? start.before : start.after;
  const slice = { first: query.limit, after, placed: true };
  const test = `${filterOf(kind, query.where[kind] ?? null, sql)} ${beyond(keys, slice, sql)}`;
  const columns = `'${kind}' as kind, ${keys.at(-1)!.sql} as id${placeColumns(keys, slice)}`;
  return `select ${columns} ${holdings[kind](`${columns} ${test}`)} ${test}`;
}

const filterOf = (kind: RecordKind, where: Condition | null, sql: Fragments): string =>
  where ? `and ${compile(where, targets[kind], sql)}` : '';

const namesInOrder = (keys: readonly SortKey[]): string =>
  orderBy(keys.map((key, index) => ({ ...key, sql: `k${index}` })));
