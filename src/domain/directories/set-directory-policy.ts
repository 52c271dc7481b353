import { type Call, type Command, type Hub, run } from '../command.ts';
import { centralTeamOf } from '../groups/team-mode.ts';
import { settleWrites } from '../rules/set-field-rules.ts';
import type { PolicyEdit } from './change-policy.ts';
import type { Directory } from './directory-store.ts';
import { updateDirectoryPolicy } from './update-directory-policy.ts';

/**
 * As `updateDirectoryPolicy`; returns when people whose writes were under way meanwhile, decided under the old switches,
 * are in the central team as well.
 */
export async function setDirectoryPolicy(hub: Hub, call: Call, edit: PolicyEdit): Promise<Directory> {
  const directory = await run(hub, call, updateDirectoryPolicy, edit);
  const { actor } = call;
  if (!centralTeamOf(await hub.storage.policy(actor.tenantId, true), directory.id)) return directory;
  const trusted = { ...call, actor: { ...actor, scopes: new Set([...actor.scopes, 'rules:write'] as const) } };
  await run(hub, trusted, settleWrites, undefined);
  await run(hub, call, gatherPeople, { directoryId: directory.id });
  return directory;
}

const gatherPeople: Command<{ directoryId: string }, void> = {
  name: 'gatherPeople',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, policy, origin }, { directoryId }) {
    const team = centralTeamOf(policy, directoryId);
    if (team) await tx.projections.openCentral(team, origin);
  },
};
