import { type Call, type Hub, run } from '../command.ts';
import { HubError } from '../errors.ts';
import { wireId } from '../ids.ts';
import { changeProvisionedUser } from '../users/change-provisioned-user.ts';
import { deprovisionUser } from '../users/deprovision-user.ts';
import { provisionUser } from '../users/provision-user.ts';
import type { PersonDifference } from './differences.ts';

/** Makes, changes or deletes the person as the directory would have, under the id that it was told. */
export async function applyPerson(hub: Hub, call: Call, { id, wanted, standing }: PersonDifference): Promise<void> {
  const wire = wireId('usr', id);
  if (!wanted) return run(hub, call, deprovisionUser, { id: wire });
  const { record } = wanted;
  if (standing) {
    await run(hub, call, changeProvisionedUser, { id: wire, change: () => record });
    return;
  }
  const person = await run(hub, call, provisionUser, { record, id });
  if (person.id !== id) throw new HubError('VERSION_CONFLICT', `${record.userName} is another person by now.`);
}
