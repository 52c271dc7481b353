import { type Call, type Command, type Hub, run } from '../command.ts';
import { sameJson } from '../json.ts';
import type { GroupView, PersonView } from './rehearsal-store.ts';

/** A record that the shadow has otherwise than the tenant; null: it has none. */
export type PersonDifference = { kind: 'usr'; id: string; wanted: PersonView | null; standing: PersonView | null };
export type GroupDifference = { kind: 'grp'; id: string; wanted: GroupView | null; standing: GroupView | null };
export type Difference = PersonDifference | GroupDifference;

/** Who reads which side. */
export type Sides = { reader: Call; inShadow: Call; rehearsal: { directoryId: string } };

/** Those of these people whose records differ. */
export async function differingPeople(hub: Hub, sides: Sides, ids: string[]): Promise<Difference[]> {
  const pairs = await readBoth(hub, sides, readPeople, ids);
  return pairs
    .filter(({ wanted, standing }) => !sameJson(wanted?.record.resource, standing?.record.resource))
    .map((pair) => ({ kind: 'usr', ...pair }));
}

/** Those of these groups whose records or members differ. */
export async function differingGroups(hub: Hub, sides: Sides, ids: string[]): Promise<Difference[]> {
  const pairs = await readBoth(hub, sides, readGroups, ids);
  return pairs.filter(({ wanted, standing }) => !isSame(wanted, standing)).map((pair) => ({ kind: 'grp', ...pair }));
}

const isSame = (one: GroupView | null, other: GroupView | null): boolean =>
  sameJson(one?.record.resource, other?.record.resource) && sameJson(one?.members, other?.members);

type Read<View> = Command<{ directoryId: string; ids: string[] }, View[]>;

async function readBoth<View extends { id: string }>(hub: Hub, sides: Sides, command: Read<View>, ids: string[]) {
  const { reader, inShadow, rehearsal } = sides;
  const { directoryId } = rehearsal;
  const [wanted, standing] = await Promise.all(
    [inShadow, reader].map(async (call) => {
      const views = await run(hub, call, command, { directoryId, ids });
      return new Map(views.map((view) => [view.id, view]));
    }),
  );
  return ids.map((id) => ({ id, wanted: wanted!.get(id) ?? null, standing: standing!.get(id) ?? null }));
}

const readPeople: Read<PersonView> = {
  name: 'readRehearsedPeople',
  needs: 'directories:write',
  atomicity: 'statement',
  perform: ({ tx }, { directoryId, ids }) => tx.rehearsals.people(directoryId, ids),
};

const readGroups: Read<GroupView> = {
  name: 'readRehearsedGroups',
  needs: 'directories:write',
  atomicity: 'statement',
  perform: ({ tx }, { directoryId, ids }) => tx.rehearsals.groups(directoryId, ids),
};
