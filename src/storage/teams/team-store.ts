import { StaleWrite } from '../../domain/errors.ts';
import type { NewEvent } from '../../domain/event.ts';
import { keyOf } from '../../domain/key.ts';
import type { Team, TeamStore } from '../../domain/teams/team-store.ts';
import type { Session, Statement } from '../database.ts';
import { eventValues } from '../events/event-statement.ts';
import {
  addTeamMembers,
  createTeam,
  deleteTeam,
  disbandValues,
  findTeam,
  lockTeams,
  removeTeamMembers,
  teamValues,
  updateTeam,
} from './team-statements.ts';

type Membership = Omit<NewEvent, 'changes'>;

/** Teams of one tenant, through one session. */
export function teamStore(session: Session, tenantId: string): TeamStore {
  const write = async (statement: Statement, values: unknown[]) => {
    const [row] = await session.run<{ written: number }>(statement, [tenantId, ...values]);
    if (row!.written === 0) throw new StaleWrite();
  };
  const members = async <R extends object>(statement: Statement, team: Team, userIds: string[], event: Membership) => {
    const values = [
      tenantId,
      team.id,
      userIds,
      event.at,
      event.name,
      event.actor,
      event.requestId,
      event.cause ?? null,
    ];
    const [row] = await session.run<R>(statement, values);
    return row!;
  };
  return {
    async find(id) {
      const [row] = await session.run<Team>(findTeam, [tenantId, id]);
      return row ?? null;
    },
    insert: (team, event) => write(createTeam, [...teamValues(team, event.at), ...eventValues(event)]),
    save: ({ id, version, name, description }, event) =>
      write(updateTeam, [id, version, name, keyOf(name), description, event.at, ...eventValues(event)]),
    async remove({ id, version }, event) {
      await session.run(lockTeams, [tenantId, [id]]);
      await write(deleteTeam, [id, version, ...disbandValues(event), ...eventValues(event)]);
    },
    addMembers: (team, userIds, event) => members<{ unknown: string[] }>(addTeamMembers, team, userIds, event),
    removeMembers: (team, userIds, event) => members<{ projected: string[] }>(removeTeamMembers, team, userIds, event),
  };
}
