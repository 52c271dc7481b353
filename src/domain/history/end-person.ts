import type { Context } from '../command.ts';
import type { Change } from '../event.ts';
import { rolesGone } from '../users/deprovision-user.ts';
import { governor, type Person } from '../users/person.ts';
import { recompute } from '../users/recompute.ts';
import { saveUndone, setStatus } from './restore-words.ts';
import type { UndoPlan } from './undo-plan.ts';

/** Takes a creation back: the directory that made the person lets go of them, or nobody holds them any more. */
export async function endPerson(context: Context, person: Person, plan: UndoPlan): Promise<Change[]> {
  const { policy, origin } = context;
  const source = person.sources.find(({ id, link }) => id === plan.source && link) ?? null;
  person.sources = person.sources.filter((one) => one !== source);
  if (source) source.link!.endedAt = origin.at;
  const roles = source ? rolesGone(source.link!).map((change) => ({ ...change, source: source.id })) : [];
  if (source && governor(person)) {
    const changes = [...recompute(person, policy), ...roles];
    await saveUndone(context, person, source, 'user.unlinked', changes);
    return changes;
  }
  const status = setStatus(person, 'DELETED', origin.at);
  if (status.length === 0) return [];
  person.seated = false;
  await saveUndone(context, person, source, 'user.deleted', [...status, ...roles]);
  return [...status, ...roles];
}
