import type { Batch, BrakePerson, BrakeStore, Count, CountedEvent } from '../../domain/brake/brake-store.ts';
import { StaleWrite } from '../../domain/errors.ts';
import type { Session, Statement } from '../database.ts';
import { eventValues } from '../events/event-statement.ts';
import * as statements from './brake-statements.ts';

/** Brakes of one tenant's directories, through one session. */
export const brakeStore = (session: Session, tenantId: string): BrakeStore => {
  const written = async (statement: Statement, values: unknown[]) =>
    (await session.run<{ written: number }>(statement, [tenantId, ...values]))[0]!.written > 0;
  return {
    async count(directoryId, kind, userIds) {
      const brake = [tenantId, directoryId];
      await session.run(statements.lockBrake, brake);
      const [window] = await session.run<Pick<Count, 'state'> & { isOld: boolean }>(statements.slideWindow, brake);
      if (kind === 'LOSS' && window!.isOld) await session.run(statements.takeBase, brake);
      const [row] = await session.run<Omit<Count, 'state'>>(statements.countPeople, [...brake, kind, userIds]);
      return { ...row!, state: window!.state };
    },
    async trip(directoryId, reason, most, { version }, event) {
      const values = [version, directoryId, reason, most, ...eventValues(event)];
      if (!(await written(statements.tripBrake, values))) throw new StaleWrite();
    },
    async hold(directoryId, kind, userId, held) {
      await session.run(statements.holdPerson, [tenantId, directoryId, kind, userId, held]);
    },
    decide: (directoryId, decision, event) =>
      written(statements.decideBrake, [directoryId, decision, ...eventValues(event)]),
    async forgetCounted(directoryId, decision, most) {
      return (await session.run(statements.forgetCounted, [tenantId, directoryId, decision, most])).length;
    },
    next: (directoryId, most) => session.run<BrakePerson>(statements.nextPeople, [tenantId, directoryId, most]),
    async claim(directoryId, kind, userId) {
      const values = [tenantId, directoryId, kind, userId];
      return (await session.run<BrakePerson>(statements.claimPerson, values))[0] ?? null;
    },
    eventsOf: (directoryId, userId) => session.run<CountedEvent>(statements.eventsOf, [tenantId, directoryId, userId]),
    async forget(directoryId, kind, userId) {
      await session.run(statements.forgetPerson, [tenantId, directoryId, kind, userId]);
    },
    async finish(directoryId, { version }, event) {
      await session.run(statements.lockBrake, [tenantId, directoryId]);
      const [row] = await session.run<{ held: boolean }>(statements.anythingHeld, [tenantId, directoryId]);
      if (row!.held) return false;
      const values = [version, directoryId, ...eventValues(event)];
      if (!(await written(statements.releaseBrake, values))) throw new StaleWrite();
      return true;
    },
    unfinished: () => session.run<Batch>(statements.unfinished, [tenantId]),
  };
};
