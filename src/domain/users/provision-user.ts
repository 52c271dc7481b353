import { atomicityOfStanding, concludeStanding } from '../admission/conclude-standing.ts';
import { settleStanding } from '../admission/settle-standing.ts';
import { findAdoptable } from '../adoption/find-adoptable.ts';
import { findMeant } from '../adoption/find-meant.ts';
import { makeWay } from '../brake/make-way.ts';
import { countsCreates, pressBrake } from '../brake/press-brake.ts';
import type { Command, Context } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { demandRequired } from '../directories/demand-required.ts';
import { demandTimeZone } from '../directories/demand-time-zone.ts';
import { demandUserNames, type UserRecord } from '../directories/record.ts';
import { HubError, StaleWrite } from '../errors.ts';
import { event } from '../event.ts';
import { withCustomValues } from '../fields/custom-values.ts';
import { followKind } from '../roles/kind-under.ts';
import { demandWaiting } from '../seats/take-seat.ts';
import { adoptPerson } from './adopt-person.ts';
import { arrival } from './create-user.ts';
import { addDirectorySource, newPerson } from './new-person.ts';
import { assertValues, type Person } from './person.ts';

/** A record, and the id of the person made of it when that has been given before. */
export type NewRecord = { record: UserRecord; id?: string | undefined };

/**
 * Makes the person that a directory sends for the first time, linked to it; or links whom it means: whom an admin named,
 * whom it or a disconnected directory left, or whom policy lets it adopt. Refused with NOT_UNIQUE.
 */
export const provisionUser: Command<NewRecord, Person> = {
  name: 'provisionUser',
  needs: 'provision',
  atomicity: (policy, actor) =>
    countsCreates(policy, actor.directoryId) ? 'transaction' : atomicityOfStanding(policy, actor),
  async perform(context, { record, id }) {
    demandAllowed(context, 'allowCreate');
    const values = withCustomValues(record, null, context.policy.fields);
    demandRequired(context, { ...record, values });
    demandTimeZone(context, values, null);
    demandUserNames(record);
    const meant = (await findMeant(context, record)) ?? (await findAdoptable(context, record));
    if (meant) return adoptPerson(context, meant, record, 'user.adopted');
    await makeWay(context, record.userName);
    const made = await makePerson(context, record, id);
    return typeof made === 'string' ? linkExpected(context, made, record) : made;
  },
};

async function makePerson(given: Context, record: UserRecord, id: string | undefined): Promise<Person | string> {
  const { actor, origin } = given;
  const person = newPerson(record.userName, origin.at, id);
  const counted = countsCreates(given.policy, actor.directoryId) ? [person.id] : [];
  const { context, holds } = await pressBrake(given, 'CREATE', counted);
  const { tx, policy } = context;
  if (holds) {
    person.waitsFor = 'BRAKE';
    await tx.brakes.hold(actor.directoryId!, 'CREATE', person.id, 'CREATE');
  }
  const { userName, externalId, active, resource } = record;
  const link = { userName, externalId, active, resource, linkedAt: origin.at, endedAt: null };
  const source = addDirectorySource(person, actor.directoryId!, link);
  const write = { at: origin.at, actor: origin.actor, request: origin.requestId };
  const changes = assertValues(person, source, withCustomValues(record, null, policy.fields), write, policy);
  if (externalId !== null) changes.unshift({ key: 'externalId', from: null, to: externalId });
  changes.push(...(await followKind(context, person)));
  await settleStanding(context, person, active, 'PARKED');
  changes.unshift(...arrival(person));
  const created = event(origin, 'user.created', 'usr', person.id, changes);
  const expected = await tx.users.insert(person, source, created, policy);
  // Only now it is known that nobody is meant who may have a seat already.
  if (expected !== null) return expected;
  if (person.status === 'PARKED') demandWaiting(context, person);
  await concludeStanding(context, null, person);
  return { ...person, version: 1 };
}

async function linkExpected(context: Context, id: string, record: UserRecord): Promise<Person> {
  const person = await context.tx.users.find(id);
  if (!person) throw new StaleWrite();
  if (person.sources.some((source) => source.id === context.actor.directoryId && source.live))
    throw new HubError('NOT_UNIQUE', 'externalId is taken by another person.', { path: ['externalId'] });
  return adoptPerson(context, person, record, 'user.linked');
}
