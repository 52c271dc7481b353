import { demand } from '../actor.ts';
import type { Context } from '../command.ts';
import { notFound } from '../errors.ts';
import { uuidOf } from '../ids.ts';
import { OWNER, type Role } from './role.ts';

/** The role of that wire id; NOT_FOUND naming the argument. */
export async function getRole({ tx }: Context, id: string, argument = 'id'): Promise<Role> {
  const uuid = uuidOf('role', id);
  const role = uuid && (await tx.roles.find(uuid));
  if (role) return role;
  const error = notFound('role', id);
  error.details.path = [argument];
  throw error;
}

/** Nobody decides over owners with less than what an owner may (attacks.md A27). */
export function demandRightTo({ actor }: Context, { key }: Pick<Role, 'key'>): void {
  if (key === OWNER) demand(actor, 'tenants:admin');
}
