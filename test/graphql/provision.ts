import { type Actor } from '../../src/domain/actor.ts';
import { type Command, run } from '../../src/domain/command.ts';
import { provisionGroup } from '../../src/domain/groups/provision-group.ts';
import { uuidOf, wireId } from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import { changeProvisionedUser } from '../../src/domain/users/change-provisioned-user.ts';
import { deprovisionUser } from '../../src/domain/users/deprovision-user.ts';
import { provisionUser } from '../../src/domain/users/provision-user.ts';
import type { Hub } from '../support/hub.ts';

type Values = Record<string, Json>;
type Sent = { userName: string; externalId?: string | null; active?: boolean; values?: Values };

/** A directory that writes as Entra does, without the wire between. */
export type Provisioning = {
  id: string;
  /** Sends a person; returns their wire id. */
  user(sent: Sent): Promise<string>;
  /** Sends new values of a person. */
  change(id: string, changed: { active?: boolean; values?: Values }): Promise<void>;
  remove(id: string): Promise<void>;
  /** Sends a group with members; returns its wire id and its team's. */
  group(displayName: string, members: string[]): Promise<{ group: string; team: string }>;
};

/** A new directory of that tenant, through the hub's own commands. */
export async function newProvisioning(hub: Hub, tenantId: string): Promise<Provisioning> {
  const { id } = await hub.newDirectory(tenantId);
  const actor: Actor = {
    kind: 'directory',
    tenantId,
    id,
    label: 'Entra',
    scopes: new Set(['provision']),
    directoryId: uuidOf('dir', id),
  };
  const perform = <Input, Output>(command: Command<Input, Output>, input: Input) =>
    run(hub.running.hub, { actor, requestId: 'provisioning' }, command, input);
  const sent = new Map<string, Required<Sent>>();
  const recordOf = ({ userName, externalId, active, values }: Required<Sent>) => ({
    userName,
    externalId,
    active,
    values,
    resource: { userName, externalId, active, values },
  });
  return {
    id,
    async user({ userName, externalId = null, active = true, values = {} }) {
      const all = { userName, externalId, active, values };
      const person = await perform(provisionUser, { record: recordOf(all) });
      sent.set(wireId('usr', person.id), all);
      return wireId('usr', person.id);
    },
    async change(userId, changed) {
      const before = sent.get(userId)!;
      const all = { ...before, ...changed, values: { ...before.values, ...changed.values } };
      sent.set(userId, all);
      await perform(changeProvisionedUser, { id: userId, change: () => recordOf(all) });
    },
    remove: (userId) => perform(deprovisionUser, { id: userId }),
    async group(displayName, members) {
      const record = { displayName, externalId: null, resource: { displayName } };
      const group = await perform(provisionGroup, { record, members });
      return { group: wireId('grp', group.id), team: wireId('team', group.team!.id) };
    },
  };
}
