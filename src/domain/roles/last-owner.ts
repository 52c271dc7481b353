import type { Context } from '../command.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { demandTransaction } from '../one-transaction.ts';
import type { Person, UserStatus } from '../users/person.ts';
import { appRolesOf } from './app-roles.ts';
import { OWNER } from './role.ts';

/** Does what may take an owner; refused where a tenant that had an active owner would have none. */
export async function keepingAnOwner<T>({ tx }: Context, work: () => Promise<T>, exceptOf?: string): Promise<T> {
  demandTransaction(tx);
  const before = await tx.roles.lockOwners();
  const result = await work();
  if (before.length > 0 && (await tx.roles.owners(exceptOf)).length === 0) throw noOwnerLeft();
  return result;
}

/** As `keepingAnOwner`, for what ends one person's access; costs at most one question where they are no owner. */
export async function demandOtherOwner(context: Context, person: Person): Promise<void> {
  if (await isLastOwner(context, person)) throw noOwnerLeft();
}

const noOwnerLeft = () =>
  new HubError('NOT_ALLOWED', 'This would leave nobody who is active and holds the role owner.', { path: ['id'] });

/** The status that a directory wants of a person, except that the last owner stays ACTIVE: a SCIM client is never refused. */
export async function statusOfOwner(context: Context, person: Person, wanted: UserStatus): Promise<UserStatus> {
  if (wanted === 'ACTIVE' || person.status !== 'ACTIVE' || !(await isLastOwner(context, person))) return wanted;
  await noteKept(context, person.id);
  return person.status;
}

/** True when a directory's delete would take the last owner, who then keeps the role directly. */
export async function keepsLastOwner(context: Context, person: Person): Promise<boolean> {
  if (person.status !== 'ACTIVE' || !(await isLastOwner(context, person))) return false;
  await context.tx.roles.keepOwners([person.id], context.origin);
  await noteKept(context, person.id);
  return true;
}

/** Where the record that a directory sends gives the role `owner` no more, the last owner keeps it directly. */
export async function keepOwnerByAppRole(
  context: Context,
  person: Person,
  change: { before: Person['sources'][number]['link']; after: Parameters<typeof appRolesOf>[0] },
): Promise<void> {
  const rules = context.policy.roleRules.filter((rule) => rule.roleKey === OWNER && rule.appRole !== null);
  if (rules.length === 0) return;
  const [before, after] = [appRolesOf(change.before!.resource), appRolesOf(change.after)];
  if (!rules.some(({ appRole }) => before.includes(appRole!) && !after.includes(appRole!))) return;
  if (await isLastOwner(context, person)) await context.tx.roles.keepOwners([person.id], context.origin);
}

/** Takes people out of groups; whoever were the last owners by that keep the role directly. */
export async function keepingOwnersByGroup<T>({ tx, origin }: Context, work: () => Promise<T>): Promise<T> {
  demandTransaction(tx);
  const before = await tx.roles.lockOwners();
  const result = await work();
  if (before.length > 0 && (await tx.roles.owners()).length === 0) await tx.roles.keepOwners(before, origin);
  return result;
}

async function isLastOwner({ tx, policy }: Context, { id, granted }: Person): Promise<boolean> {
  // Of most people it is known without asking; what was read is still so when they are written, or nothing is.
  if (granted === false && policy.roleRules.every(({ roleKey }) => roleKey !== OWNER)) return false;
  if (!(await tx.roles.isOwner(id))) return false;
  demandTransaction(tx);
  const owners = await tx.roles.lockOwners();
  return owners.length === 1 && owners[0] === id;
}

const noteKept = ({ tx, origin }: Context, id: string): Promise<void> =>
  tx.roles.noteKept(event(origin, 'user.kept.last-owner', 'usr', id));
