import { concludeStanding, standingOf } from '../admission/conclude-standing.ts';
import { holdDeletion } from '../brake/hold-person.ts';
import { pressBrake } from '../brake/press-brake.ts';
import type { Command, Context } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { type Change, event } from '../event.ts';
import { wireId } from '../ids.ts';
import { directoryPolicy } from '../policy.ts';
import { keepingOwnersByGroup, keepsLastOwner } from '../roles/last-owner.ts';
import { getLinked } from './find-person.ts';
import { handOver } from './hand-over.ts';
import type { Link, Person, PersonSource } from './person.ts';

/**
 * A directory deletes the person and sees them no more. Whom another directory holds stays; else policy says whether they
 * are deleted, a tombstone with its memberships whose userName is free, or stay without access (seeds DS4, SE2). While the
 * brake is on they stay without access, with everything they have.
 */
export const deprovisionUser: Command<{ id: string; ifVersion?: number | null }, void> = {
  name: 'deprovisionUser',
  needs: 'provision',
  atomicity: 'transaction',
  async perform(given, { id, ifVersion }) {
    demandAllowed(given, 'allowDelete');
    const { person, source, link } = await getLinked(given, id, ifVersion);
    const { context, holds } = await pressBrake(given, 'LOSS', [person.id]);
    const { tx, origin, policy } = context;
    link.endedAt = origin.at;
    person.updatedAt = origin.at;
    if (person.sources.some((other) => other !== source && other.kind === 'DIRECTORY' && other.live)) {
      const changes = [...(await handOver(context, person, source, new Set())), ...rolesGone(link)];
      await tx.users.save(person, source, event(origin, 'user.unlinked', 'usr', person.id, changes), policy);
      if (holds) await tx.held.holdAllOf(source.id, person.id, origin);
      else await leaveGroups(context, source.id, person.id);
      return;
    }
    if (await keepsLastOwner(context, person)) {
      const told = event(origin, 'user.unlinked', 'usr', person.id, rolesGone(link));
      await tx.users.save(person, source, told, policy);
      await leaveGroups(context, source.id, person.id);
      return;
    }
    if (holds) await holdDeletion(context, person, source, rolesGone(link));
    else await carryOutDeletion(context, person, source);
  },
};

/** What policy says of a person whose only directory deletes them; the link has ended. */
export async function carryOutDeletion(context: Context, person: Person, source: PersonSource): Promise<void> {
  const { onDelete } = directoryPolicy(context.policy, source.id);
  if (onDelete === 'DELETE') await deletePerson(context, person, source, rolesGone(source.link!));
  else await letGo(context, person, source, onDelete === 'HIDE');
}

/** Makes a tombstone of a person whose link ends; `changes`: what else the event tells. */
export async function deletePerson(
  context: Context,
  person: Person,
  source: PersonSource | null,
  changes: Change[],
): Promise<void> {
  const { tx, origin, policy } = context;
  const before = standingOf(person);
  person.seated = false;
  person.status = 'DELETED';
  person.statusAt = origin.at;
  person.updatedAt = origin.at;
  const told = [{ key: 'status', from: before.status, to: 'DELETED' }, ...changes];
  await tx.users.save(person, source, event(origin, 'user.deleted', 'usr', person.id, told), policy);
  await tx.users.endLinks(person.id, origin.at);
  await concludeStanding(context, before, person);
}

/** The person stays, without access, with what the directory had said as a base. */
async function letGo({ tx, origin, policy }: Context, person: Person, source: PersonSource, hides: boolean) {
  const link = source.link!;
  const { status, visible } = person;
  link.kept = true;
  source.live = false;
  person.status = 'DEACTIVATED';
  person.visible = visible && !hides;
  if (status !== 'DEACTIVATED') person.statusAt = origin.at;
  const changes = [
    { key: 'status', from: status, to: 'DEACTIVATED' },
    { key: 'visible', from: visible, to: person.visible },
    { key: 'directory', from: wireId('dir', source.id), to: null },
  ].filter(({ from, to }) => from !== to);
  changes.push(...(rolesGone(link) as never[]));
  await tx.users.save(person, source, event(origin, 'user.unlinked', 'usr', person.id, changes), policy);
}

/** Takes a person out of every group of a directory, and sets their kind by what is left. */
async function leaveGroups(context: Context, directoryId: string, userId: string): Promise<void> {
  const { tx, origin, policy } = context;
  const leave = () => tx.groups.leaveAll(directoryId, userId, origin);
  await (policy.roleRules.some(({ groupId }) => groupId) ? keepingOwnersByGroup(context, leave) : leave());
  if (policy.roleRules.some(({ kind }) => kind)) await tx.roles.settleKinds([userId], origin);
}

/** The roles that the directory gave end with its record. */
export const rolesGone = ({ resource: { roles } }: Link): Change[] =>
  roles === undefined ? [] : [{ key: 'roles', from: roles, to: null, shadow: true, attribute: true }];
