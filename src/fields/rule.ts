/** Who decides the value of a field. */
export type SourceOfTruth = 'DIRECTORY' | 'USER' | 'LATEST';
export const sourcesOfTruth = ['DIRECTORY', 'USER', 'LATEST'] as const satisfies SourceOfTruth[];

/** Relation of a caller to the person whose field is edited. */
export type Editor = 'SELF' | 'MANAGER' | 'ADMIN';

/** What an admin decided for one field. */
export type FieldRule = {
  readonly sourceOfTruth: SourceOfTruth;
  readonly editableBy: readonly Editor[];
  /** Ids of the directories in order of precedence; empty: all, oldest first. */
  readonly directories: readonly string[];
  /** Grows by one with every change; 0 for a rule that nobody has set. */
  readonly version: number;
};

/** The rule of a field that nobody has decided yet: the directory owns it. */
export const defaultRule: FieldRule = {
  sourceOfTruth: 'DIRECTORY',
  editableBy: ['SELF', 'ADMIN'],
  directories: [],
  version: 0,
};

/** Whole-tenant choices (seeds DY9): the directory owns all, the person owns all, or whoever wrote last. */
export type RulePreset = 'DIRECTORY_OWNS_ALL' | 'USER_OWNS_ALL' | 'HYBRID';
