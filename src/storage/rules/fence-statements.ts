import type { Statement } from '../database.ts';
import { keepingApplied, raising } from './raise-policy.ts';

/** Raises the version to one that nobody is given while the fence stands; nothing where another version stands. */
export const raiseFence: Statement = {
  name: 'raise-fence',
  text: raising(
    `fenced_until = clock_timestamp() + interval '1 second'`,
    'policy_version = $2 and fenced_until is null',
  ),
};

/** What was applied before the fence is applied after it: the rules are the same. */
const lifting = (standing: string): string => raising(`fenced_until = null, ${keepingApplied(1)}`, standing);

/** Ends the fence of that version. */
export const liftFence: Statement = {
  name: 'lift-fence',
  text: lifting('policy_version = $2 and fenced_until is not null'),
};

/** Ends a fence that has stood for too long. */
export const breakFence: Statement = { name: 'break-fence', text: lifting('fenced_until < clock_timestamp()') };

const locks = `
from pg_locks where mode = 'RowExclusiveLock' and relation = 'users'::regclass and granted and pid <> pg_backend_pid()
  and database = (select oid from pg_database where datname = current_database())`;

/**
 * The transactions that are writing people now. A statement locks its tables before it takes the snapshot by which it
 * sees the policy: one that is not among them sees whatever was committed before this question.
 */
export const writers: Statement = {
  name: 'writers',
  text: `select coalesce(array_agg(distinct virtualtransaction), '{}') as running ${locks}`,
};

/** Those of the transactions that still write people. */
export const writersLeft: Statement = {
  name: 'writers-left',
  text: `select coalesce(array_agg(distinct virtualtransaction), '{}') as running ${locks} and virtualtransaction = any($1)`,
};
