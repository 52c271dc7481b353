import type { Command } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { type Change, event } from '../event.ts';
import { getLinked } from './find-person.ts';
import { handOver } from './hand-over.ts';
import type { Link } from './person.ts';

/**
 * A directory deletes the person: its link ends, and the person is DELETED unless another directory still holds them.
 * The row stays as a tombstone with its memberships, which nobody sees; the userName is free again.
 */
export const deprovisionUser: Command<{ id: string; ifVersion?: number | null }, void> = {
  name: 'deprovisionUser',
  needs: 'provision',
  atomicity: 'transaction',
  async perform(context, { id, ifVersion }) {
    const { tx, origin, policy } = context;
    demandAllowed(context, 'allowDelete');
    const { person, source, link } = await getLinked(context, id, ifVersion);
    link.endedAt = origin.at;
    person.updatedAt = origin.at;
    if (person.sources.some((other) => other !== source && other.kind === 'DIRECTORY' && other.live)) {
      const changes = [...(await handOver(context, person, source)), ...rolesGone(link)];
      await tx.users.save(person, source, event(origin, 'user.unlinked', 'usr', person.id, changes), policy);
      await tx.groups.leaveAll(source.id, person.id, origin);
      return;
    }
    const changes = [{ key: 'status', from: person.status, to: 'DELETED' }, ...rolesGone(link)];
    person.status = 'DELETED';
    person.statusAt = origin.at;
    await tx.users.save(person, source, event(origin, 'user.deleted', 'usr', person.id, changes), policy);
    await tx.users.endLinks(person.id, origin.at);
  },
};

/** The roles that the directory gave end with its record. */
export const rolesGone = ({ resource: { roles } }: Link): Change[] =>
  roles === undefined ? [] : [{ key: 'roles', from: roles, to: null, shadow: true, attribute: true }];
