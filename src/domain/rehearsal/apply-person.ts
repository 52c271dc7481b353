import { type Call, type Command, type Hub, run } from '../command.ts';
import { HubError } from '../errors.ts';
import { wireId } from '../ids.ts';
import { changeProvisionedUser } from '../users/change-provisioned-user.ts';
import { deprovisionUser } from '../users/deprovision-user.ts';
import { provisionUser } from '../users/provision-user.ts';
import type { PersonDifference } from './differences.ts';

/**
 * Makes, changes or deletes the person as the directory would have, under the id that it was told; who was erased since the
 * rehearsal began is not made again.
 */
export async function applyPerson(hub: Hub, call: Call, { id, wanted, standing }: PersonDifference): Promise<void> {
  const wire = wireId('usr', id);
  if (!wanted) return run(hub, call, deprovisionUser, { id: wire });
  const { record } = wanted;
  if (standing) {
    await run(hub, call, changeProvisionedUser, { id: wire, change: () => record });
    return;
  }
  if (await run(hub, call, findErased, { id })) throw new HubError('NOT_ALLOWED', 'The person was erased meanwhile.');
  const person = await run(hub, call, provisionUser, { record, id });
  if (person.id !== id) throw new HubError('VERSION_CONFLICT', `${record.userName} is another person by now.`);
}

const findErased: Command<{ id: string }, boolean> = {
  name: 'findErased',
  needs: 'provision',
  atomicity: 'statement',
  perform: ({ tx }, { id }) => tx.rehearsals.isErased(id),
};
