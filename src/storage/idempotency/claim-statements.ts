import type { Statement } from '../database.ts';

/** How long a request may take before another process may do what was not applied. */
const LEASE = `interval '1 minute'`;
const KEPT = `interval '24 hours'`;

/** $1 tenant, $2 caller, $3 key, $4 claim: a row that is still this claim's own. */
const own = 'tenant_id = $1 and caller = $2 and key = $3 and claim = $4';

/** $5 digest, $6 id of the request. No row: the key stands for a request already. */
export const claimKey: Statement = {
  name: 'claim-idempotency-key',
  text: `
insert into idempotency_keys as k (tenant_id, caller, key, claim, digest, request_id, claimed_at, leased_until)
values ($1, $2, $3, $4, $5, $6, now(), now() + ${LEASE})
on conflict (tenant_id, caller, key) do update set claim = excluded.claim, digest = excluded.digest,
  request_id = excluded.request_id, claimed_at = excluded.claimed_at, leased_until = excluded.leased_until,
  applied = false, answer = null, content_type = null
where k.claimed_at <= now() - ${KEPT}
  or (k.digest = excluded.digest and not k.applied and k.answer is null and k.leased_until <= now())
returning 1 as one`,
};

/** $1 tenant, $2 caller, $3 key. */
export const readKey: Statement = {
  name: 'read-idempotency-key',
  text: `
select digest, request_id as "requestId", leased_until > now() as "isRunning", applied, answer, content_type as "contentType"
from idempotency_keys where tenant_id = $1 and caller = $2 and key = $3`,
};

export const applyClaim: Statement = {
  name: 'apply-claim',
  text: `update idempotency_keys set applied = true where ${own} returning 1 as one`,
};

/** $5 text, $6 its media type. */
export const keepAnswer: Statement = {
  name: 'keep-answer',
  text: `update idempotency_keys set answer = $5, content_type = $6, leased_until = now() where ${own}`,
};

export const endClaim: Statement = {
  name: 'end-claim',
  text: `
with free as (delete from idempotency_keys where ${own} and not applied)
update idempotency_keys set leased_until = now() where ${own} and applied`,
};

/** $1 tenant. An answer may tell of anybody. */
export const eraseAnswers: Statement = {
  name: 'erase-answers',
  text: 'update idempotency_keys set answer = null, content_type = null where tenant_id = $1 and answer is not null',
};

/** $1 tenant. */
export const forgetKeys: Statement = {
  name: 'forget-idempotency-keys',
  text: `
delete from idempotency_keys k using (
  select caller, key from idempotency_keys
  where tenant_id = $1 and claimed_at <= now() - ${KEPT} order by claimed_at limit 1000 for update skip locked
) old where k.tenant_id = $1 and k.caller = old.caller and k.key = old.key
returning 1 as one`,
};
