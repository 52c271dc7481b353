import fc from 'fast-check';
import { run } from '../../../src/domain/command.ts';
import { disconnectDirectory } from '../../../src/domain/directories/disconnect-directory.ts';
import { linkUser } from '../../../src/domain/directories/link-user.ts';
import { demandRefusal, type ModelCommand } from '../command.ts';
import { end, type Model, type ModelPerson, personAt, recount, type Seat, seats, slots } from '../model.ts';
import { externalId, handOver } from './directory.ts';

const NOBODY = 'usr_00000000000000000000000000';
const seat = fc.constantFrom(...seats);
const plan = fc.constantFrom('KEEP_MANUAL' as const, 'DEACTIVATE' as const, 'DELETE' as const);

/** An admin says whom a directory means, so that both may hold one person. */
const link: ModelCommand<{ seat: Seat; slot: number }> = {
  name: 'linkUser',
  weight: 6,
  args: fc.record({ seat, slot: fc.constantFrom(...slots) }),
  async run(world, { seat, slot }) {
    const { hub, admin, model, directories } = world;
    const person = personAt(model, slot);
    const number = model.seated[seat];
    const meant = `${number} ${person?.id}`;
    const isHeld = person?.links.has(number) && !model.expected.has(meant);
    const user = person?.id ?? NOBODY;
    const directory = directories[number]!.call.actor.id;
    const work = run(hub, admin, linkUser, { user, directory, externalId: externalId(seat, slot) });
    const code = person ? (isHeld ? 'NOT_UNIQUE' : null) : 'NOT_FOUND';
    if (!(await demandRefusal(world, code, work)) || model.expected.has(meant)) return;
    model.expected.add(meant);
    person!.notes++;
  },
};

/** A directory is disconnected, and another one is connected in its place that calls people the same. */
const disconnect: ModelCommand<{ seat: Seat; plan: 'KEEP_MANUAL' | 'DEACTIVATE' | 'DELETE' }> = {
  name: 'disconnectDirectory',
  weight: 1,
  args: fc.record({ seat, plan }),
  async run({ hub, admin, model, directories, connect }, { seat, plan }) {
    const number = model.seated[seat];
    await disconnectDirectory(hub, admin, { id: directories[number]!.call.actor.id, plan });
    recount(model, () => {
      model.live[number] = false;
    });
    const held = model.people.filter((person) => person.links.has(number));
    for (const person of held) leave(model, person, number, plan);
    directories.push(await connect());
    model.live.push(true);
    model.seatOf.push(seat);
    model.seated[seat] = model.live.length - 1;
  },
};

function leave(model: Model, person: ModelPerson, number: number, plan: 'KEEP_MANUAL' | 'DEACTIVATE' | 'DELETE'): void {
  person.version++;
  const isOthers = [...person.links.keys()].some((other) => model.live[other]);
  if (isOthers) handOver(model, person, number);
  if (isOthers && plan === 'DELETE') person.links.delete(number);
  if (isOthers || plan === 'KEEP_MANUAL') return;
  if (plan === 'DELETE') end(model, person);
  else person.status = 'DEACTIVATED';
}

/** What happens to connections. */
export const connectionCommands = [link, disconnect];
