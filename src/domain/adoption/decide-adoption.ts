import { demand } from '../actor.ts';
import type { Command } from '../command.ts';
import { HubError, notFound } from '../errors.ts';
import { event } from '../event.ts';
import { uuidOf, wireId } from '../ids.ts';
import type { AdoptionDecision } from './adoption-store.ts';

/** An admin's answer, by wire id. */
export type AdoptionAnswer = { id: string; decision: AdoptionDecision };

/**
 * Answers whether a directory means a person who is here. Approved, the next request of the directory for that record
 * links them; declined, it makes a person of its own where the userName is free.
 */
export const decideAdoption: Command<AdoptionAnswer, { userId: string }> = {
  name: 'decideAdoption',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, actor, origin }, { id, decision }) {
    demand(actor, 'users:write');
    const uuid = uuidOf('adr', id);
    const request = uuid && (await tx.adoptions.find(uuid));
    if (!request) throw notFound('adoption request', id);
    const { userId, directoryId, externalId } = request;
    const changes = [
      { key: 'user', from: null, to: wireId('usr', userId) },
      { key: 'decision', from: request.decision, to: decision },
    ];
    const told = event(origin, 'directory.adoption.decided', 'dir', directoryId, changes);
    if (request.decision || !(await tx.adoptions.decide(request.id, decision, told)))
      throw new HubError('NOT_ALLOWED', 'This has been decided already.', { path: ['id'] });
    if (decision === 'APPROVED') {
      const expected = event(origin, 'user.link.expected', 'usr', userId, [
        { key: 'directory', from: null, to: wireId('dir', directoryId) },
        { key: 'externalId', from: null, to: externalId },
      ]);
      const expectation = { directoryId, userId, externalId, createdBy: origin.actor };
      await tx.directories.expect(expectation, expected);
    }
    return { userId };
  },
};
