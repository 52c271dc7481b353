import { invalid } from '../../domain/errors.ts';
import { uuidOf } from '../../domain/ids.ts';
import type { UserKind, UserStatus } from '../../domain/users/person.ts';
import type { TextTest, UserCondition } from '../../domain/users/user-condition.ts';
import { isUserFieldKey } from '../../fields/user.fields.ts';
import type { StringFilter, UserWhere } from './where-types.ts';

/** The question of a `where`; what is null there was not asked. */
export function conditionOf(where: UserWhere): UserCondition {
  const terms: UserCondition[] = [];
  for (const part of where.and ?? []) terms.push(...partsOf(conditionOf(part)));
  if (where.or) terms.push({ kind: 'or', terms: where.or.map(conditionOf) });
  if (where.not) terms.push({ kind: 'not', term: conditionOf(where.not as UserWhere) });
  for (const field of ['userName', 'displayName', 'email', 'department'] as const) {
    const filter = where[field];
    if (filter) terms.push({ kind: 'text', field, test: textTestOf(filter) });
  }
  if (where.field) terms.push(fieldCondition(where.field));
  if (where.status) terms.push({ kind: 'status', in: where.status as UserStatus[] });
  if (where.kind) terms.push({ kind: 'kind', is: where.kind as UserKind });
  if (typeof where.visible === 'boolean') terms.push({ kind: 'visible', is: where.visible });
  if (where.team) terms.push({ kind: 'team', id: uuidOf('team', where.team) });
  if (where.directory) terms.push({ kind: 'directory', id: uuidOf('dir', where.directory) });
  return terms.length === 1 ? terms[0]! : { kind: 'and', terms };
}

const partsOf = (condition: UserCondition): UserCondition[] =>
  condition.kind === 'and' ? condition.terms : [condition];

function fieldCondition({ key, value }: { key: string; value: StringFilter }): UserCondition {
  if (key !== 'userName' && !isUserFieldKey(key)) throw invalid(['where', 'field', 'key'], `There is no field ${key}.`);
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
