/** How far the people of a tenant are computed under one version of its policy. */
export type RuleWork = {
  /** Of the policy. */
  version: number;
  /** Fields that are computed; null: all of them. */
  keys: string[] | null;
  /** How many people there were to look at in the beginning: those with more than one source. */
  total: number;
  done: number;
  usersChanged: number;
  /** Stored id of the last person that was looked at; null: none yet. */
  last: string | null;
  startedAt: string;
  finishedAt: string | null;
};
