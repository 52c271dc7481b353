import type { Field } from '../fields/field.ts';
import type { FieldTable } from '../fields/field-table.ts';
import { defaultRule, type FieldRule } from '../fields/rule.ts';
import type { DirectoryPolicy } from './directories/directory-policy.ts';
import type { RoleRule } from './roles/role.ts';

export type DirectoryState = 'DRAFT' | 'ACTIVE' | 'REHEARSAL' | 'PAUSED' | 'BRAKED' | 'DISCONNECTED';

/** What stands for one directory. */
export type DirectoryRules = {
  state: DirectoryState;
  policy: DirectoryPolicy;
  /** Whether it has ever sent a group. */
  groupsSent: boolean;
};

/**
 * What an admin decided for the whole tenant, at one version. Every write of a person names the version that it was
 * computed with and is refused by storage when that is no longer the tenant's, so no process can apply an old rule.
 */
export type Policy = {
  version: number;
  rules: ReadonlyMap<string, FieldRule>;
  /** The tenant's directories by stored id. */
  directories: ReadonlyMap<string, DirectoryRules>;
  /** Stored ids of the directories that are disconnected. */
  disconnected: ReadonlySet<string>;
  /** How many people may have access; null: any number. */
  seatLimit: number | null;
  /** What app roles and groups of directories give, in order. */
  roleRules: readonly RoleRule[];
  /** The fields of the tenant's people. */
  fields: FieldTable;
};

/** The rule of a field under that policy. */
export const ruleOf = (policy: Policy, key: string): FieldRule => policy.rules.get(key) ?? defaultRule;

/** The field in use by that key; null for a key that names none. Safe for names from the wire. */
export const fieldOf = ({ fields }: Policy, key: string): Field | null =>
  Object.hasOwn(fields.fields, key) ? fields.fields[key]! : null;

/** What an admin decided about the directory of that stored id. */
export function directoryPolicy({ directories }: Policy, directoryId: string): DirectoryPolicy {
  const directory = directories.get(directoryId);
  if (!directory) throw new Error(`The policy knows no directory ${directoryId}.`);
  return directory.policy;
}
