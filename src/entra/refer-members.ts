import type { Dialect } from './dialect.ts';
import type { Group } from './directory.ts';
import { type PatchOp, patchBody } from './patch-op.ts';
import type { Task } from './schedule.ts';
import { ask, type Session } from './session.ts';
import type { Counted } from './tally.ts';
import type { World } from './world.ts';

/** How many PATCHes Entra has in flight on one group (entra.md C11). */
export const IN_FLIGHT_PER_GROUP = 5;

/**
 * The member PATCHes one group needs, one member each, found against what was sent before and never by reading the group
 * (entra.md C7, C8, C12).
 */
export function memberTasks(session: Session, world: World, group: Group): Task[] {
  const link = session.state.groups[group.id];
  if (!link || link.stuck) return [];
  const wanted = new Set(group.members);
  const tasks: Task[] = [];
  const task = (count: Counted, op: (dialect: Dialect) => PatchOp, settle: () => void) =>
    tasks.push(async () => {
      const { fault } = await ask(session, {
        method: 'PATCH',
        path: `/Groups/${encodeURIComponent(link.id)}`,
        body: patchBody([op(session.dialect(group.id))]),
        expected: 'patched',
        id: link.id,
        reference: true,
      });
      if (fault) return;
      session.tally.count(count);
      settle();
    });

  for (const [person, id] of Object.entries(link.members)) {
    if (wanted.has(person)) continue;
    const forget = () => {
      delete link.members[person];
    };
    // The server drops a deleted user from its groups by itself; Entra says nothing more.
    if (id === null || world.purged.has(person)) forget();
    else task('memberRemoves', (dialect) => dialect.removeMember(id), forget);
  }
  for (const person of wanted) {
    if (Object.hasOwn(link.members, person)) continue;
    const user = session.state.users[person];
    if (user?.stuck) continue;
    if (user) {
      const settle = () => {
        link.members[person] = user.id;
      };
      task('memberAdds', (dialect) => dialect.addMember(user.id), settle);
    } else if (!world.people.get(person)?.accountEnabled) {
      // Out of scope: not added, not even when the person comes into scope later (entra.md C16).
      link.members[person] = null;
    }
  }
  return tasks;
}
