import type { Person } from './directory.ts';
import { patchBody } from './patch-op.ts';
import { ask, type Session } from './session.ts';
import type { World } from './world.ts';

/** Brings a person's manager up to date in a PATCH of its own, once both people exist on the server (entra.md B23, B25). */
export async function referManager(session: Session, world: World, person: Person): Promise<void> {
  const link = session.state.users[person.id];
  if (!link || link.stuck) return;
  const held = session.managers.get(person.id);
  if (person.manager === undefined) {
    // A manager that never got there, or was deleted and took the reference along, needs no clearing.
    if (!link.manager) return;
    if (!held || (await send(session, person.id, undefined))) delete link.manager;
    return;
  }
  const manager = session.state.users[person.manager];
  if (!manager) {
    // Out of scope: not sent, and not looked at again until a restart (entra.md B25). A failed create is tried again.
    if (!world.people.get(person.manager)?.accountEnabled) link.manager = { of: person.manager, sent: false };
    return;
  }
  if (manager.stuck || (link.manager?.of === person.manager && !link.manager.sent)) return;
  if (held === manager.id || (await send(session, person.id, manager.id))) {
    link.manager = { of: person.manager, sent: true };
  }
}

async function send(session: Session, objectId: string, managerId: string | undefined): Promise<boolean> {
  const { id } = session.state.users[objectId]!;
  const held = session.managers.get(objectId);
  const dialect = session.dialect(objectId);
  const op = managerId === undefined ? dialect.clearManager() : dialect.setManager(managerId, Boolean(held));
  const { fault } = await ask(session, {
    method: 'PATCH',
    path: `/Users/${encodeURIComponent(id)}`,
    body: patchBody([op]),
    expected: 'patched',
    id,
    reference: true,
  });
  if (!fault) session.tally.count('managers');
  return !fault;
}
