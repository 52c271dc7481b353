import type { Command } from '../command.ts';
import { demandName } from '../directories/create-directory.ts';
import { invalid } from '../errors.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import { isStorable } from '../users/check-value.ts';
import type { Team } from './team-store.ts';

/** Makes a team by hand. */
export const createTeam: Command<{ name: string; description?: string | null }, Team> = {
  name: 'createTeam',
  needs: 'teams:write',
  atomicity: 'statement',
  async perform({ tx, origin }, { name, description }) {
    demandName(name, 'name');
    if (description) demandDescription(description);
    const team: Team = { id: newId(), version: 1, name, description: description ?? null, origin: 'MANUAL' };
    const changes = [
      { key: 'name', from: null, to: name },
      { key: 'description', from: null, to: team.description },
    ];
    await tx.teams.insert(team, event(origin, 'team.created', 'team', team.id, changes));
    return team;
  },
};

/** Refuses a description that is too long or cannot be stored. */
export function demandDescription(description: string): void {
  if (description.length > 4000) throw invalid(['description'], 'description is longer than 4000 characters.');
  if (!isStorable(description)) throw invalid(['description'], 'description is not valid Unicode text.');
}
