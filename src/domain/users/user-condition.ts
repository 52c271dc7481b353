import type { CustomField } from '../../fields/custom-field.ts';
import type { UserFieldKey } from '../../fields/user.fields.ts';
import type { UserKind, UserStatus } from './person.ts';

/** How a text is compared; all that are given must hold. Names and e-mail addresses match whatever their case. */
export type TextTest = {
  eq?: string;
  in?: readonly string[];
  startsWith?: string;
  contains?: string;
  isNull?: boolean;
};

/** A test of a value in the order of its type as well: from `min` up to `max`, both included. */
export type ValueTest = TextTest & { min?: string; max?: string };

/** A question about people. Ids are stored ids; null: an id that names nothing, which nobody matches. */
export type UserCondition =
  | { kind: 'and' | 'or'; terms: UserCondition[] }
  | { kind: 'not'; term: UserCondition }
  | { kind: 'text'; field: 'userName' | UserFieldKey; test: TextTest }
  | { kind: 'custom'; field: CustomField; test: ValueTest }
  | { kind: 'status'; in: readonly UserStatus[] }
  | { kind: 'kind'; is: UserKind }
  | { kind: 'visible'; is: boolean }
  | { kind: 'team' | 'role' | 'directory'; id: string | null };

/** Every condition in it, itself first. */
export function* conditionsIn(condition: UserCondition): Generator<UserCondition> {
  yield condition;
  if (condition.kind === 'not') yield* conditionsIn(condition.term);
  if ('terms' in condition) for (const term of condition.terms) yield* conditionsIn(term);
}
