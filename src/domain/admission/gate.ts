import type { Context } from '../command.ts';
import { directoryPolicy } from '../policy.ts';
import { appRolesOf } from '../roles/app-roles.ts';
import { governor, type Person, type WaitsFor } from '../users/person.ts';

/** What Entra gives to whom it gives no role: it opens no gate (seeds DS1). */
const DEFAULT_ROLES = new Set(['', 'default access', '00000000-0000-0000-0000-000000000000']);

/** What the person still lacks to be let in; null: nothing. Who is in no directory's hands passes every gate. */
export async function gateBefore(context: Context, person: Person): Promise<WaitsFor | null> {
  const source = governor(person);
  if (!source) return null;
  if (person.status === 'STAGED' && person.waitsFor === 'BRAKE') return 'BRAKE';
  const { roleGate, membershipGate } = directoryPolicy(context.policy, source.id);
  if (roleGate.length > 0 && !hasRole(appRolesOf(source.link!.resource), roleGate)) return 'ROLE';
  const needsGroup = membershipGate || person.waitsFor === 'GROUP';
  if (needsGroup && !(await context.tx.groups.isInAny(source.id, person.id))) return 'GROUP';
  return null;
}

function hasRole(held: readonly string[], accepted: readonly string[]): boolean {
  const real = held.map((role) => role.trim().toLowerCase()).filter((role) => !DEFAULT_ROLES.has(role));
  return accepted.some((role) => (role === '*' ? real.length > 0 : real.includes(role.toLowerCase())));
}
