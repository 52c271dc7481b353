import type { Actor, Scope } from './actor.ts';
import { demand } from './actor.ts';
import { HubError } from './errors.ts';
import { uuidOf, wireId } from './ids.ts';
import type { UserReader } from './users/user-reader.ts';

/** What of the key's scopes is left to a person. Each other one is an admin's. */
const personal: readonly Scope[] = ['users:read', 'users:write', 'teams:read'];

/** The header that names the person on whose behalf a key acts, as a wire id. */
export const ACT_AS = 'X-Rollcall-Act-As';

/**
 * The key as that person: never more than the key, and of that only what people may. NOT_ALLOWED for a key without
 * `users:write`, and, in the same words, for everyone who is not an active person of the key's tenant.
 */
export async function actAs(users: UserReader, key: Actor, id: string): Promise<Actor> {
  demand(key, 'users:write');
  const uuid = uuidOf('usr', id);
  const sight = { hidden: false, deleted: false };
  const [person] = uuid ? await users.byIds(key.tenantId, [uuid], ['status', 'userName'], sight) : [];
  if (person?.status !== 'ACTIVE') {
    throw new HubError('NOT_ALLOWED', `${ACT_AS} must be the id of an active person.`, { path: [ACT_AS] });
  }
  const scopes = new Set(personal.filter((scope) => key.scopes.has(scope)));
  return { ...key, scopes, person: { id: person.id, userName: person.userName! } };
}

/** Who acts, as events and assertions keep it: the id of the key or directory, and after it the person's. */
export const actorName = ({ id, person }: Pick<Actor, 'id' | 'person'>): string =>
  person ? `${id} for ${wireId('usr', person.id)}` : id;

/** The two ids of a kept name; `person` is a wire id, or null when nobody was acted for. */
export function actorParts(name: string): { id: string; person: string | null } {
  const [id, person] = name.split(' for ', 2);
  return { id: id!, person: person ?? null };
}
