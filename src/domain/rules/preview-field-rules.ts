import { type Call, type Command, type Hub, run } from '../command.ts';
import type { HubError } from '../errors.ts';
import type { Policy } from '../policy.ts';
import { writeToken } from './preview-token.ts';
import { type Impact, readImpact } from './read-impact.ts';
import { editedRules, type FieldRulesEdit, type Rules } from './rule-edit.ts';

/** What an edit would do, and the token by which exactly that can be applied for an hour. */
export type Preview = Omit<Impact, 'digests' | 'digest'> & {
  token: string;
  /** Two people with one value that must be unique: none, since no field that a rule decides has to be unique. */
  clashes: HubError[];
};

/** Tells what setFieldRules would change, without changing anything. */
export async function previewFieldRules(hub: Hub, call: Call, edit: FieldRulesEdit): Promise<Preview> {
  const { tenantId } = call.actor;
  await hub.storage.policy(tenantId, true);
  const { rules, policy } = await run(hub, call, plan, edit);
  const { digests, digest, ...impact } = await readImpact(hub, call, rules, policy);
  return { ...impact, token: writeToken(hub.seal, tenantId, { edit, digest }, Date.now()), clashes: [] };
}

const plan: Command<FieldRulesEdit, { rules: Rules; policy: Policy }> = {
  name: 'previewFieldRules',
  needs: 'rules:write',
  atomicity: 'statement',
  perform: async (context, edit) => ({ rules: await editedRules(context, edit), policy: context.policy }),
};
