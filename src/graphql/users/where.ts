import { invalid } from '../../domain/errors.ts';
import { uuidOf } from '../../domain/ids.ts';
import type { UserKind, UserStatus } from '../../domain/users/person.ts';
import type { TextTest, UserCondition } from '../../domain/users/user-condition.ts';
import type { FieldTable } from '../../fields/field-table.ts';
import { isUserFieldKey } from '../../fields/user.fields.ts';
import type { FieldFilter, StringFilter, UserWhere } from './where-types.ts';

/** The question of a `where`; what is null there was not asked. */
export function conditionOf(where: UserWhere, fields: FieldTable): UserCondition {
  const terms: UserCondition[] = [];
  for (const part of where.and ?? []) terms.push(...partsOf(conditionOf(part, fields)));
  if (where.or) terms.push({ kind: 'or', terms: where.or.map((part) => conditionOf(part, fields)) });
  if (where.not) terms.push({ kind: 'not', term: conditionOf(where.not as UserWhere, fields) });
  for (const field of ['userName', 'displayName', 'email', 'department'] as const) {
    const filter = where[field];
    if (filter) terms.push({ kind: 'text', field, test: textTestOf(filter) });
  }
  if (where.field) terms.push(fieldCondition(where.field, fields));
  if (where.status) terms.push({ kind: 'status', in: where.status as UserStatus[] });
  if (where.kind) terms.push({ kind: 'kind', is: where.kind as UserKind });
  if (typeof where.visible === 'boolean') terms.push({ kind: 'visible', is: where.visible });
  if (where.team) terms.push({ kind: 'team', id: uuidOf('team', where.team) });
  if (where.role) terms.push({ kind: 'role', id: uuidOf('role', where.role) });
  if (where.directory) terms.push({ kind: 'directory', id: uuidOf('dir', where.directory) });
  return terms.length === 1 ? terms[0]! : { kind: 'and', terms };
}

const partsOf = (condition: UserCondition): UserCondition[] =>
  condition.kind === 'and' ? condition.terms : [condition];

/** True when the question is about a field that is not of the standard, so that the tenant's have to be known. */
export const asksForCustom = (where: UserWhere): boolean =>
  (where.field ? !isStandard(where.field.key) : false) ||
  [...(where.and ?? []), ...(where.or ?? []), ...(where.not ? [where.not as UserWhere] : [])].some(asksForCustom);

const isStandard = (key: string) => key === 'userName' || isUserFieldKey(key);

function fieldCondition({ key, value, min, max }: FieldFilter, { custom }: FieldTable): UserCondition {
  const field = custom.find((one) => one.key === key);
  if (field) {
    const bounds = { ...(typeof min === 'string' && { min }), ...(typeof max === 'string' && { max }) };
    return { kind: 'custom', field, test: { ...textTestOf(value), ...bounds } };
  }
  if (key !== 'userName' && !isUserFieldKey(key)) throw invalid(['where', 'field', 'key'], `There is no field ${key}.`);
  if (typeof min === 'string' || typeof max === 'string')
    throw invalid(['where', 'field'], 'min and max can be asked of fields of your own only.');
  return { kind: 'text', field: key, test: textTestOf(value) };
}

/** The test of a filter. A null among its texts is refused: it would list everybody where somebody was meant. */
export function textTestOf(filter: StringFilter): TextTest {
  for (const name of ['eq', 'in', 'startsWith', 'contains'] as const) {
    if (filter[name] === null) throw invalid(['where', name], `${name} must not be null; isNull asks for no value.`);
  }
  const { eq, in: list, startsWith, contains, isNull } = filter;
  return {
    ...(eq === undefined ? {} : { eq: eq! }),
    ...(list === undefined ? {} : { in: list! }),
    ...(startsWith === undefined ? {} : { startsWith: startsWith! }),
    ...(contains === undefined ? {} : { contains: contains! }),
    ...(typeof isNull === 'boolean' ? { isNull } : {}),
  };
}
