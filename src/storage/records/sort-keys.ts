import type { Attribute } from '../../domain/condition.ts';
import type { RecordKind, RecordSort } from '../../domain/directories/record-reader.ts';
import { nameOf } from '../conditions/columns.ts';
import type { Fragments } from '../conditions/fragment.ts';
import { groupsOfLink } from '../conditions/group-of-user.ts';
import { membersOfGroup } from '../conditions/group-target.ts';
import { groupModified, groupTag, userTag } from '../conditions/tags.ts';
import type { SortKey, SortType } from '../pages.ts';
import { jsonSortValue } from './json-sort-value.ts';

/** The SQL of a value to sort by, with its type; `missing`: it may be null. */
type SortValue = { sql: string; type: SortType; missing: boolean };

const always = (sql: string, type: SortType = 'text'): SortValue => ({ sql, type, missing: false });
const maybe = (sql: string, type: SortType = 'text'): SortValue => ({ sql, type, missing: true });

const ids: Record<RecordKind, string> = { User: 's.user_id', Group: 'g.id' };
const records: Record<RecordKind, string> = { User: 's.resource', Group: 'g.resource' };
const firstGroup = (column: string) => maybe(`(select ${column} from ${groupsOfLink} order by gg.id limit 1)`);

/** Attributes that are columns, or follow from some; all others are looked up in the record. */
const values: Record<RecordKind, Record<string, SortValue>> = {
  User: {
    id: always(`${ids.User}::text`),
    userName: always('s.user_name_key'),
    externalId: maybe(`nullif(s.external_id, '')`),
    active: always('s.active', 'boolean'),
    'meta.resourceType': always(`'User'::text`),
    'meta.created': always('s.linked_at', 'timestamptz'),
    'meta.lastModified': always('u.updated_at', 'timestamptz'),
    'meta.version': always(userTag),
    'groups.value': firstGroup('gg.id::text'),
    'groups.display': firstGroup('lower(gg.display_name collate "pg_c_utf8")'),
  },
  Group: {
    id: always(`${ids.Group}::text`),
    displayName: always('g.display_name_key'),
    externalId: maybe(`nullif(g.external_id, '')`),
    'meta.resourceType': always(`'Group'::text`),
    'meta.created': always('g.created_at', 'timestamptz'),
    'meta.lastModified': always(groupModified, 'timestamptz'),
    'meta.version': always(groupTag),
    'members.value': maybe(`(select m.user_id::text from ${membersOfGroup} order by m.user_id limit 1)`),
  },
};

/** A key for what has no value, of each type; it only has to be the same for all of them. */
const blank: Record<SortType, string> = {
  text: `''`,
  boolean: 'false',
  numeric: '0',
  bigint: '0',
  uuid: `'00000000-0000-0000-0000-000000000000'::uuid`,
  timestamptz: `'epoch'::timestamptz`,
};

/**
 * The keys by which records of each of these kinds are sorted: whether there is no value, the value, the id. All run in
 * one direction, so that one comparison of rows finds the next page. Where every record has a value there is no need of
 * the first key, and an index can serve the second.
 */
export function sortKeys(
  kinds: readonly RecordKind[],
  sort: RecordSort | null,
  backwards: boolean,
  sql: Fragments,
): SortKey[][] {
  const descending = (sort?.descending ?? false) !== backwards;
  const idOf = (kind: RecordKind): SortKey => ({ sql: ids[kind], type: 'uuid', descending });
  if (!sort) return kinds.map((kind) => [idOf(kind)]);
  const found = kinds.map((kind) => sortValue(kind, sort.by[kind], sql));
  const type = found.find((value) => value !== null)?.type ?? 'text';
  const isWhole = found.every((value) => value !== null && !value.missing);
  return found.map((value, index) => {
    const keys: SortKey[] = [{ sql: keyOf(value, type), type, descending }, idOf(kinds[index]!)];
    return isWhole ? keys : [{ sql: `(${isMissing(value)})`, type: 'boolean', descending }, ...keys];
  });
}

function keyOf(value: SortValue | null, type: SortType): string {
  const key = value?.missing ? `coalesce(${value.sql}, ${blank[type]})` : (value?.sql ?? blank[type]);
  return type === 'text' ? `(${key}) collate "C"` : `(${key})`;
}

const isMissing = (value: SortValue | null): string =>
  value === null ? 'true' : value.missing ? `(${value.sql}) is null` : 'false';

function sortValue(kind: RecordKind, attribute: Attribute | null, sql: Fragments): SortValue | null {
  if (!attribute) return null;
  const name = nameOf(attribute);
  const known = values[kind];
  if (Object.hasOwn(known, name)) return known[name]!;
  return { ...jsonSortValue(records[kind], attribute, sql), missing: true };
}
