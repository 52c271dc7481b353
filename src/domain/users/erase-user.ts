import { type Call, type Command, type Context, type Hub, run } from '../command.ts';
import { invalid, notFound } from '../errors.ts';
import { event } from '../event.ts';
import { uuidOf } from '../ids.ts';
import { demandOtherOwner } from '../roles/last-owner.ts';
import { deletePerson, rolesGone } from './deprovision-user.ts';
import type { Person } from './person.ts';

/** `confirm` repeats the userName. */
export type Erasure = { id: string; confirm: string };

/**
 * Removes everything that is known of a person, whoever holds them: values, links, memberships, requests, and what events
 * told of them; also from the copies of directories that rehearse. What stays are the events, which name the id and nothing
 * else. Returns the stored id.
 */
export async function eraseUser(hub: Hub, call: Call, erasure: Erasure): Promise<{ id: string }> {
  const { id, shadows } = await run(hub, call, eraseHere, erasure);
  // A copy that this does not reach goes with its rehearsal, of which nothing comes for who was erased.
  for (const tenantId of shadows) await run(hub, { ...call, actor: { ...call.actor, tenantId } }, eraseCopy, { id });
  return { id };
}

const eraseHere: Command<Erasure, { id: string; shadows: string[] }> = {
  name: 'eraseUser',
  needs: 'users:erase',
  atomicity: 'transaction',
  async perform(context, { id, confirm }) {
    const uuid = uuidOf('usr', id);
    const person = uuid && (await context.tx.history.lock(uuid, []));
    if (!person) throw notFound('user', id);
    if (confirm !== person.userName) throw invalid(['confirm'], 'confirm must repeat the userName of the person.');
    if (person.status !== 'DELETED') {
      await demandOtherOwner(context, person);
      const roles = person.sources.flatMap(({ link }) => (link && !link.endedAt ? rolesGone(link) : []));
      await deletePerson(context, person, null, roles);
    }
    await erasePerson(context, person);
    return { id: person.id, shadows: await context.tx.rehearsals.shadows() };
  },
};

const eraseCopy: Command<{ id: string }, void> = {
  name: 'eraseUser',
  needs: 'users:erase',
  atomicity: 'transaction',
  async perform(context, { id }) {
    const person = await context.tx.history.lock(id, []);
    if (person) await erasePerson(context, person);
  },
};

/** Removes a person who is a tombstone already. */
export async function erasePerson({ tx, origin }: Context, person: Person): Promise<void> {
  await tx.users.erase(person, event(origin, 'user.erased', 'usr', person.id));
}
