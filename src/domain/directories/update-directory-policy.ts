import type { Command } from '../command.ts';
import { changePolicy, type PolicyEdit } from './change-policy.ts';
import type { Directory } from './directory-store.ts';

/**
 * Changes what happens to what a directory sends, from its next request on, and converts the teams that are there. What
 * cannot mean anything is refused with the reason.
 */
export const updateDirectoryPolicy: Command<PolicyEdit, Directory> = {
  name: 'updateDirectoryPolicy',
  needs: 'directories:write',
  atomicity: 'transaction',
  perform: async (context, edit) => (await changePolicy(context, edit)).directory,
};
