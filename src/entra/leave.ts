import { patchBody } from './patch-op.ts';
import type { Task } from './schedule.ts';
import { ask, type Session } from './session.ts';
import type { World } from './world.ts';

/**
 * One task for each linked object that is no longer in the directory: people deleted for good and groups get a DELETE
 * (entra.md B32, C15), other people are deactivated once and then forgotten (entra.md B30).
 */
export function leavers(session: Session, world: World): Task[] {
  const { users, groups } = session.state;
  const people = Object.keys(users).filter((id) => !world.people.has(id));
  const gone = Object.keys(groups).filter((id) => !world.groups.has(id));
  return [
    ...people.map((id) => () => (world.purged.has(id) ? remove(session, 'User', id) : deactivate(session, id))),
    ...gone.map((id) => () => remove(session, 'Group', id)),
  ];
}

async function remove(session: Session, kind: 'User' | 'Group', objectId: string): Promise<void> {
  const links = kind === 'User' ? session.state.users : session.state.groups;
  const { id } = links[objectId]!;
  const path = `/${kind}s/${encodeURIComponent(id)}`;
  const { fault } = await ask(session, { method: 'DELETE', path, expected: 'deleted', id });
  if (fault) return;
  session.tally.count(`deleted${kind}s`);
  delete links[objectId];
}

async function deactivate(session: Session, objectId: string): Promise<void> {
  const { id, stuck } = session.state.users[objectId]!;
  if (!stuck) {
    const { fault } = await ask(session, {
      method: 'PATCH',
      path: `/Users/${encodeURIComponent(id)}`,
      body: patchBody(session.dialect(objectId).change([{ path: 'active', value: false, had: true }])),
      expected: 'patched',
      id,
    });
    if (fault) return;
    session.tally.count('patchedUsers');
    session.tally.count('disabled');
  }
  delete session.state.users[objectId];
}
