import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';

/** $1 a number, $2 a person: whoever counts codes for either waits for who does already. Always in that order. */
export const lockCounts: Statement = {
  name: 'lock-phone-code-counts',
  text: `
select pg_advisory_xact_lock(hashtextextended($1, 1)), pg_advisory_xact_lock(hashtextextended($2, 2))`,
};

/** $1 tenant, $2 since, $3 number, $4 person. */
export const askedSince: Statement = {
  name: 'phone-codes-asked-since',
  text: `
select e164, user_id as "userId", requested_at as at from phone_codes
where tenant_id = $1 and requested_at > $2 and (e164 = $3 or user_id = $4)`,
};

/** $1 tenant, $2 id, $3 person, $4 field, $5 number, $6 at, $7 since when codes are counted, then the event. */
export const wantCode: Statement = {
  name: 'want-phone-code',
  text: `
with forgotten as (
  delete from phone_codes where tenant_id = $1 and requested_at <= $7
), ended as (
  update phone_codes set ended_at = $6, digest = null
  where tenant_id = $1 and user_id = $3 and field = $4 and ended_at is null and requested_at > $7
), wanted as (
  insert into phone_codes (tenant_id, id, user_id, field, e164, requested_at, tries)
  values ($1, $2, $3, $4, $5, $6, 0)
)
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(8)})
returning ${ownTransaction}`,
};

/** $1 tenant, $2 id, $3 digest, $4 when it ends, $5: only when it was asked for after that. */
export const issueCode: Statement = {
  name: 'issue-phone-code',
  text: `
update phone_codes c set digest = $3, expires_at = $4
from users u where c.tenant_id = $1 and c.id = $2 and c.ended_at is null and c.requested_at > $5
  and u.tenant_id = $1 and u.id = c.user_id and u.status <> 'DELETED'
returning c.e164, u.preferred_language as language`,
};

/** $1 tenant, $2 person, $3 field, $4 at, $5 how many tries there are. Tries at once are counted one after the other. */
export const takeTry: Statement = {
  name: 'take-try-at-phone-code',
  text: `
update phone_codes set tries = tries + 1
where tenant_id = $1 and user_id = $2 and field = $3 and ended_at is null and digest is not null
  and expires_at > $4 and tries < $5
returning id, e164, digest, tries`,
};
