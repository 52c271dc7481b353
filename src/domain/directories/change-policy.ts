import type { Context } from '../command.ts';
import { refuse } from '../errors.ts';
import { event } from '../event.ts';
import { convertTeams, type TeamImpact } from '../groups/convert-teams.ts';
import { type Json, sameJson } from '../json.ts';
import { policyProblems, switchProblem } from './check-policy.ts';
import type { DirectoryPolicy, SwitchName } from './directory-policy.ts';
import type { Directory } from './directory-store.ts';
import { getConnected } from './get-connected.ts';

/** Switches to change; the others stay. */
export type PolicyEdit = { id: string; policy: Partial<DirectoryPolicy> };

/** The directory as changed, and what became of teams; null: no switch was changed. */
export type PolicyChange = { directory: Directory; impact: TeamImpact | null };

/** Writes the switches and makes of the directory's teams what they say, together. */
export async function changePolicy(context: Context, { id, policy: edit }: PolicyEdit): Promise<PolicyChange> {
  const { tx, origin, policy: tenant } = context;
  const directory = await getConnected(tx, id);
  const names = Object.keys(edit) as SwitchName[];
  refuse(names.map((name) => switchProblem(name, edit[name])).filter((problem) => problem !== null));
  const policy = { ...directory.policy, ...edit };
  refuse(policyProblems(policy, tenant.fields));
  const changes = names
    .map((key) => ({ key, from: directory.policy[key] as Json, to: policy[key] as Json }))
    .filter(({ from, to }) => !sameJson(from, to));
  if (changes.length === 0) return { directory, impact: null };
  const changed = event(origin, 'directory.policy.changed', 'dir', directory.id, changes);
  await tx.directories.savePolicy({ ...directory, policy }, tenant.version, changed);
  const impact = await convertTeams(context, {
    directoryId: directory.id,
    before: directory.policy,
    after: policy,
    groupsSent: tenant.directories.get(directory.id)?.groupsSent ?? false,
    version: tenant.version + 1,
  });
  return { directory: { ...directory, policy }, impact };
}
