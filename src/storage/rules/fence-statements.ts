import type { Statement } from '../database.ts';

/** Raises the version to one that nobody is given while the fence stands; nothing where another version stands. */
export const raiseFence: Statement = {
  name: 'raise-fence',
  text: `
update tenants set policy_version = policy_version + 1, fenced_until = clock_timestamp() + interval '1 second'
where id = $1 and policy_version = $2 and fenced_until is null returning policy_version as version`,
};

/** What was applied before the fence is applied after it: the rules are the same. */
const lift = `
update tenants set policy_version = policy_version + 1, fenced_until = null,
  applied_policy_version =
    case when applied_policy_version = policy_version - 1 then policy_version + 1 else applied_policy_version end
where id = $1`;

/** Ends the fence of that version. */
export const liftFence: Statement = {
  name: 'lift-fence',
  text: `${lift} and policy_version = $2 and fenced_until is not null returning policy_version as version`,
};

/** Ends a fence that has stood for too long. */
export const breakFence: Statement = {
  name: 'break-fence',
  text: `${lift} and fenced_until < clock_timestamp()`,
};

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
