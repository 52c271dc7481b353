import { leavers } from './leave.ts';
import { probe } from './probe.ts';
import { provisionSubject } from './provision-subject.ts';
import { referManager } from './refer-manager.ts';
import { IN_FLIGHT_PER_GROUP, memberTasks } from './refer-members.ts';
import { schedule, type Task } from './schedule.ts';
import type { Session } from './session.ts';
import { groupSubject, personSubject } from './subject.ts';
import type { World } from './world.ts';

/** How far a cycle has come: `done` of `total` pieces of the current phase, and what it has cost so far. */
export interface Progress {
  cycle: number;
  cycles: number;
  phase: 'leavers' | 'users' | 'groups' | 'managers' | 'members';
  done: number;
  total: number;
  requests: number;
  refused: number;
  seconds: number;
}

/** A step of a cycle: `done` of `total` pieces of the phase. */
export type Step = Pick<Progress, 'phase' | 'done' | 'total'>;

/**
 * Plays one cycle: probe, then users and groups before any reference between them (entra.md A2, E1).
 * Whatever leaves goes first and frees its names. Throws Quarantine when Entra would stop.
 */
export async function runCycle(
  session: Session,
  world: World,
  parallel: number,
  tell: (step: Step) => void,
): Promise<void> {
  const people = [...world.people.values()];
  const groups = [...world.groups.values()];
  const run = async (phase: Progress['phase'], queues: Task[][], perQueue: number) => {
    const total = queues.reduce((sum, tasks) => sum + tasks.length, 0);
    let done = 0;
    tell({ phase, done, total });
    const counted = (task: Task) => () => task().then(() => tell({ phase, done: ++done, total }));
    await schedule(
      queues.map((tasks) => tasks.map(counted)),
      parallel,
      perQueue,
    );
  };
  await probe(session, groups.length > 0 || Object.keys(session.state.groups).length > 0);
  await run('leavers', [leavers(session, world)], parallel);
  await run('users', [people.map((one) => () => provisionSubject(session, personSubject(session, one)))], parallel);
  await run('groups', [groups.map((one) => () => provisionSubject(session, groupSubject(session, one)))], parallel);
  await run('managers', [people.map((one) => () => referManager(session, world, one))], parallel);
  const queues = groups.map((one) => memberTasks(session, world, one));
  await run('members', queues, IN_FLIGHT_PER_GROUP);
}
