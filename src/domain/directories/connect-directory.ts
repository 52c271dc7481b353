import { type Call, type Hub, run } from '../command.ts';
import { presets } from '../presets/presets.ts';
import { setFieldRules } from '../rules/set-field-rules.ts';
import { createDirectory, type NewDirectory } from './create-directory.ts';
import type { Directory } from './directory-store.ts';

/** Connects a directory with its preset's rules, for those fields of which nobody has decided yet. */
export async function connectDirectory(hub: Hub, call: Call, input: NewDirectory): Promise<Directory> {
  const directory = await run(hub, call, createDirectory, input);
  const { rules: decided } = await hub.storage.policy(call.actor.tenantId, true);
  const rules = Object.entries(presets[input.preset].rules)
    .filter(([key]) => !decided.has(key))
    .map(([key, sourceOfTruth]) => ({ key, sourceOfTruth }));
  if (rules.length === 0) return directory;
  // Whoever may connect a directory may have what its preset says: it is part of the choice.
  const actor = { ...call.actor, scopes: new Set([...call.actor.scopes, 'rules:write' as const]) };
  await setFieldRules(hub, { ...call, actor }, { rules });
  return directory;
}
