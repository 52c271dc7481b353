import type { SourceOfTruth } from '../../fields/rule.ts';
import type { DirectoryPolicy } from '../directories/directory-policy.ts';

/** What a directory starts from: every switch, and the source of truth of fields that no rule names yet. */
export type PresetValues = {
  readonly policy: DirectoryPolicy;
  readonly rules: Readonly<Record<string, SourceOfTruth>>;
};
