import { type Call, type Command, type Hub, run } from '../command.ts';
import type { TeamImpact } from '../groups/convert-teams.ts';
import { changePolicy, type PolicyEdit } from './change-policy.ts';

/** What a change of a directory's switches would do to teams and people; `notes`: the same in sentences. */
export type PolicyImpact = {
  teamsKept: number;
  teamsMade: number;
  teamsRemoved: number;
  peopleAffected: number;
  notes: string[];
};

/** What `updateDirectoryPolicy` would do now: it is done, looked at and rolled back. */
export async function previewDirectoryPolicy(hub: Hub, call: Call, edit: PolicyEdit): Promise<PolicyImpact> {
  try {
    return await run(hub, call, rehearse, edit);
  } catch (error) {
    if (error instanceof Previewed) return impactOf(error.impact);
    throw error;
  }
}

/** Carries what was found out of the transaction, which its throwing rolls back. */
class Previewed extends Error {
  override readonly name = 'Previewed';
  readonly impact: TeamImpact | null;

  constructor(impact: TeamImpact | null) {
    super('A preview changes nothing.');
    this.impact = impact;
  }
}

const rehearse: Command<PolicyEdit, never> = {
  name: 'previewDirectoryPolicy',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, edit) {
    throw new Previewed((await changePolicy(context, edit)).impact);
  },
};

function impactOf(impact: TeamImpact | null): PolicyImpact {
  const { groupTeamsKept = 0, groupTeamsMade = 0, central = null, people = new Set() } = impact ?? {};
  const one = (what: TeamImpact['central']) => (central === what ? 1 : 0);
  const notes: string[] = [];
  if (groupTeamsKept > 0)
    notes.push(
      `${count(groupTeamsKept)} of groups will stay with the people in them, as made by hand; the directory will not change them any more.`,
    );
  if (groupTeamsMade > 0) notes.push(`${count(groupTeamsMade)} will be made from groups that are there.`);
  if (central === 'made') notes.push('The central team will be made, with everybody whom the directory holds.');
  if (central === 'kept')
    notes.push('The central team will stay with its people, as made by hand, because somebody changed it by hand.');
  if (central === 'removed') notes.push('The central team will be removed; its people stay.');
  if (notes.length === 0) notes.push('No team will change.');
  return {
    teamsKept: groupTeamsKept + one('kept'),
    teamsMade: groupTeamsMade + one('made'),
    teamsRemoved: one('removed'),
    peopleAffected: people.size,
    notes,
  };
}

const count = (teams: number): string => (teams === 1 ? '1 team' : `${teams} teams`);
