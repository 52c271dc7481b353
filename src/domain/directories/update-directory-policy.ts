import type { Command } from '../command.ts';
import { refuse } from '../errors.ts';
import { event } from '../event.ts';
import { type Json, sameJson } from '../json.ts';
import { policyProblems, switchProblem } from './check-policy.ts';
import type { DirectoryPolicy, SwitchName } from './directory-policy.ts';
import type { Directory } from './directory-store.ts';
import { getConnected } from './get-connected.ts';

/** Switches to change; the others stay. */
export type PolicyEdit = { id: string; policy: Partial<DirectoryPolicy> };

/** Changes what happens to what a directory sends, from its next request on. What cannot mean anything is refused with the reason. */
export const updateDirectoryPolicy: Command<PolicyEdit, Directory> = {
  name: 'updateDirectoryPolicy',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, origin, policy: tenant }, { id, policy: edit }) {
    const directory = await getConnected(tx, id);
    const names = Object.keys(edit) as SwitchName[];
    refuse(names.map((name) => switchProblem(name, edit[name])).filter((problem) => problem !== null));
    const policy = { ...directory.policy, ...edit };
    refuse(policyProblems(policy, tenant.fields));
    const changes = names
      .map((key) => ({ key, from: directory.policy[key] as Json, to: policy[key] as Json }))
      .filter(({ from, to }) => !sameJson(from, to));
    if (changes.length === 0) return directory;
    const changed = event(origin, 'directory.policy.changed', 'dir', directory.id, changes);
    await tx.directories.savePolicy({ ...directory, policy }, tenant.version, changed);
    return { ...directory, policy };
  },
};
