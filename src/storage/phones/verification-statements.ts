import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';

const logged = (from: number): string => `
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(from)}`;

/** $1 tenant, $2 person, $3 field, $4 the text that was read, $5 code, $6 number, $7 at, then the event. */
export const confirmPhone: Statement = {
  name: 'confirm-phone',
  text: `
with holder as (
  select 1 from users where tenant_id = $1 and id = $2 and status <> 'DELETED'
    and case $3 when 'phone' then phone when 'workPhone' then work_phone end = $4
  for no key update
), ended as (
  update phone_codes set ended_at = $7, digest = null
  where tenant_id = $1 and id = $5 and ended_at is null and exists (select 1 from holder)
  returning 1
), verified as (
  insert into phone_verifications (tenant_id, user_id, field, e164, texts, verified_at)
  select $1, $2, $3, $6, array[$4], $7 from ended
  on conflict (tenant_id, user_id, field) do update
  set e164 = excluded.e164, texts = excluded.texts, verified_at = excluded.verified_at, changed_at = null
), logged as (${logged(8)} from ended)
select count(*)::int as written, ${ownTransaction} from ended`,
};

const verification = `user_id as "userId", field, e164, texts, verified_at as "verifiedAt"`;

export const lockVerification: Statement = {
  name: 'lock-phone-verification',
  text: `
select ${verification} from phone_verifications where tenant_id = $1 and user_id = $2 and field = $3 for update`,
};

/** $1 tenant, $2 people. */
export const verificationsOf: Statement = {
  name: 'phone-verifications',
  text: `select ${verification} from phone_verifications where tenant_id = $1 and user_id = any($2::uuid[])`,
};

/** $1 tenant, $2 person, $3 field, $4 the text it has now. */
export const keepVerification: Statement = {
  name: 'keep-phone-verification',
  text: `
update phone_verifications set texts = array[$4], changed_at = null
where tenant_id = $1 and user_id = $2 and field = $3`,
};

/** $1 tenant, $2 person, $3 field, then the event. */
export const dropVerification: Statement = {
  name: 'drop-phone-verification',
  text: `
with gone as (
  delete from phone_verifications where tenant_id = $1 and user_id = $2 and field = $3 returning 1
)${logged(4)} from gone returning ${ownTransaction}`,
};
