import type { Fields } from '../../fields/field.ts';
import { userFields } from '../../fields/user.fields.ts';
import type { Actor } from '../actor.ts';

/** True for a caller to whom sensitive fields are shown. */
export const seesSensitive = (actor: Actor): boolean => actor.scopes.has('users:read.sensitive');

/** True when the caller may not be shown that field; names that are no fields are open to all. */
export function isHiddenField(actor: Actor, key: string, fields: Fields = userFields): boolean {
  return Object.hasOwn(fields, key) && fields[key]!.sensitive && !seesSensitive(actor);
}
