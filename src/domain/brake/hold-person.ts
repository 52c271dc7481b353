import type { Context } from '../command.ts';
import { type Change, event } from '../event.ts';
import { wireId } from '../ids.ts';
import { governor, type Person, type PersonSource } from '../users/person.ts';
import { type Pressed, pressBrake } from './press-brake.ts';

/** As `pressBrake`, for a change of a record: it counts where it takes a person's access. */
export async function pressForDeactivation(
  context: Context,
  person: Person,
  source: PersonSource,
  active: boolean,
): Promise<Pressed> {
  const isDeactivated = !active && person.status !== 'DEACTIVATED' && governor(person) === source;
  return pressBrake(context, 'LOSS', isDeactivated ? [person.id] : []);
}

/** Marks a person whom the directory has just deactivated: they are locked until an admin decides. */
export async function holdDeactivation({ tx }: Context, person: Person, source: PersonSource): Promise<void> {
  person.waitsFor = 'BRAKE';
  await tx.brakes.hold(source.id, 'LOSS', person.id, 'DEACTIVATION');
}

/**
 * The directory deletes the person, whose link has ended, and sees them no more; here they stay without access, with
 * everything they have. `changes`: what else the event tells.
 */
export async function holdDeletion(
  { tx, origin, policy }: Context,
  person: Person,
  source: PersonSource,
  changes: Change[],
): Promise<void> {
  const { status } = person;
  source.link!.kept = true;
  source.live = false;
  person.status = 'DEACTIVATED';
  person.waitsFor = 'BRAKE';
  if (status !== 'DEACTIVATED') person.statusAt = origin.at;
  const gone = { key: 'directory', from: wireId('dir', source.id), to: null, shadow: true as const };
  const told: Change[] = [{ ...gone, attribute: true }, ...changes];
  if (status !== 'DEACTIVATED') told.unshift({ key: 'status', from: status, to: 'DEACTIVATED' });
  await tx.users.save(person, source, event(origin, 'user.deletion.held', 'usr', person.id, told), policy);
  await tx.brakes.hold(source.id, 'LOSS', person.id, 'DELETION');
}
