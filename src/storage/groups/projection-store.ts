import { StaleWrite } from '../../domain/errors.ts';
import type { Origin } from '../../domain/event.ts';
import type { GroupRef } from '../../domain/groups/group-store.ts';
import type { ProjectionStore, Touched } from '../../domain/groups/projection-store.ts';
import { newId, wireId } from '../../domain/ids.ts';
import { keyOf } from '../../domain/key.ts';
import type { Session } from '../database.ts';
import { dropCentral, keepCentral, lockCentral, openCentral } from '../teams/central-statements.ts';
import { keepTeams, lockGroups, projectGroups, waitingGroups, waitingGroupsOf } from './projection-statements.ts';

/** How many groups, and people, one statement of a conversion takes: each must end well before statements are cut off. */
const GROUPS = 200;
const PEOPLE = 10_000;

/** The values of an origin after the subject's. */
export const originValues = ({ at, actor, requestId, cause }: Origin): unknown[] => [
  at,
  actor,
  requestId,
  cause ?? null,
];

/** What groups of one tenant make, through one session. */
export const projectionStore = (session: Session, tenantId: string): ProjectionStore => ({
  async lockAll(directoryId) {
    await session.run(lockGroups, [tenantId, directoryId]);
  },
  async waiting(directoryId) {
    return (await session.run<{ id: string }>(waitingGroups, [tenantId, directoryId])).map(({ id }) => id);
  },
  waitingOf: (userIds) => session.run<GroupRef>(waitingGroupsOf, [tenantId, userIds]),
  async project({ directoryId, groupIds, joining, rule }, version, origin) {
    const whole: Touched = { teams: 0, userIds: [] };
    for (let from = 0; from < groupIds.length; from += GROUPS) {
      const part = groupIds.slice(from, from + GROUPS);
      const teamIds = part.map(() => newId());
      const wireIds = part.map((id) => wireId('grp', id));
      const values = [directoryId, part, teamIds, wireIds, joining, rule.empty, rule.stakeholders];
      const bound = [tenantId, ...values, ...originValues(origin)];
      const [row] = await session.run<Touched & { version: number }>(projectGroups, bound);
      if (row!.version !== version) throw new StaleWrite();
      add(whole, row!);
    }
    return whole;
  },
  async keep(directoryId, groupIds, origin) {
    const values = [tenantId, directoryId, groupIds, GROUPS, ...originValues(origin)];
    const whole: Touched = { teams: 0, userIds: [] };
    for (let groups = GROUPS; groups === GROUPS; ) {
      const [row] = await session.run<Touched & { groups: number }>(keepTeams, values);
      groups = row!.groups;
      add(whole, row!);
    }
    return whole;
  },
  async openCentral({ id, directoryId, name }, origin) {
    const values = [tenantId, id, ...originValues(origin), directoryId, name, keyOf(name), PEOPLE];
    const whole: Touched = { teams: 0, userIds: [] };
    for (let people = PEOPLE; people === PEOPLE; ) {
      const [row] = await session.run<Touched>(openCentral, values);
      people = row!.userIds.length;
      add(whole, row!);
    }
    return whole;
  },
  async lockCentral({ id }) {
    const [row] = await session.run<{ byHand: boolean }>(lockCentral, [tenantId, id]);
    return row ?? null;
  },
  keepCentral: ({ id }, origin) => people(session, keepCentral, [tenantId, id, ...originValues(origin)]),
  dropCentral: ({ id }, origin) => people(session, dropCentral, [tenantId, id, ...originValues(origin)]),
});

async function people(session: Session, statement: typeof keepCentral, values: unknown[]): Promise<string[]> {
  return (await session.run<{ userIds: string[] }>(statement, values))[0]!.userIds;
}

function add(whole: Touched, { teams, userIds }: Touched): void {
  whole.teams += teams;
  for (const id of userIds) whole.userIds.push(id);
}
