import { type Call, type Command, type Hub, run } from '../command.ts';
import { changeGroup } from '../groups/change-group.ts';
import { deprovisionGroup } from '../groups/deprovision-group.ts';
import { demandKnownMembers } from '../groups/member-change.ts';
import { provisionGroup } from '../groups/provision-group.ts';
import { wireId } from '../ids.ts';
import type { GroupDifference } from './differences.ts';

/** Makes, changes or deletes the group as the directory would have. Who could not be made is no member, and is told of. */
export async function applyGroup(hub: Hub, call: Call, { id, wanted, standing }: GroupDifference): Promise<void> {
  const wire = wireId('grp', id);
  if (!wanted) return run(hub, call, deprovisionGroup, { id: wire });
  const { record } = wanted;
  const strangers = new Set(await run(hub, call, findStrangers, { id, members: wanted.members }));
  const members = wanted.members.filter((member) => !strangers.has(member)).map((member) => wireId('usr', member));
  if (!standing) await run(hub, call, provisionGroup, { record, members, id });
  else
    await run(hub, call, changeGroup, {
      id: wire,
      change: () => record,
      members: [members.length > 0 ? { kind: 'replace', ids: members } : { kind: 'clear' }],
    });
  demandKnownMembers([...strangers]);
}

const findStrangers: Command<{ id: string; members: string[] }, string[]> = {
  name: 'findStrangers',
  needs: 'provision',
  atomicity: 'statement',
  perform: ({ tx, actor }, { id, members }) => tx.groups.strangers({ directoryId: actor.directoryId!, id }, members),
};
