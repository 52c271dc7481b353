import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';

/** The columns of a notice under the names of the domain. */
const noticeColumns = `
n.id, n.directory_id as "directoryId", n.kind, n.dedupe_key as "dedupeKey", n.facts, n.opened_at as "openedAt",
n.closed_at as "closedAt"`;

/** The event is written with the notice or not at all; a row is returned when it is. */
export const openNotice: Statement = {
  name: 'open-notice',
  text: `
with written as (
  insert into notices (tenant_id, id, directory_id, kind, dedupe_key, facts, opened_at) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (tenant_id, kind, dedupe_key) where closed_at is null do nothing returning 1
)
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1::uuid, ${eventParams(8)} from written
returning ${ownTransaction}`,
};

export const closeNotice: Statement = {
  name: 'close-notice',
  text: `
with written as (
  update notices set closed_at = $4 where tenant_id = $1 and kind = $2 and dedupe_key = $3 and closed_at is null returning 1
)
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1::uuid, ${eventParams(5)} from written
returning ${ownTransaction}`,
};

export const openNoticesOf: Statement = {
  name: 'open-notices-of-directory',
  text: `
select ${noticeColumns} from notices n
where n.tenant_id = $1 and n.directory_id = $2 and n.closed_at is null and n.kind = any($3::text[])`,
};

/** As many notices as one answer holds. */
const MOST_NOTICES = 200;

/** $2 true: only open ones; false: only closed ones; null: all. */
export const listNotices: Statement = {
  name: 'list-notices',
  text: `
select ${noticeColumns} from notices n
where n.tenant_id = $1 and ($2::boolean is null or (n.closed_at is null) = $2) order by n.id desc limit ${MOST_NOTICES}`,
};

export const noticesOfDirectories: Statement = {
  name: 'notices-of-directories',
  text: `
select m.* from unnest($2::uuid[]) as d(id) cross join lateral (
  select ${noticeColumns} from notices n where n.tenant_id = $1 and n.directory_id = d.id order by n.id desc limit 50
) m`,
};

export const noticesByIds: Statement = {
  name: 'notices-by-ids',
  text: `select ${noticeColumns} from notices n where n.tenant_id = $1 and n.id = any($2::uuid[])`,
};

export const findRecipients: Statement = {
  name: 'find-notice-recipients',
  text: `
select emails, language, webhook_url as "webhookUrl", webhook_salt as "webhookSalt" from notice_recipients where tenant_id = $1`,
};

export const setRecipients: Statement = {
  name: 'set-notice-recipients',
  text: `
with written as (
  insert into notice_recipients (tenant_id, emails, language, webhook_url, webhook_salt) values ($1, $2, $3, $4, $5)
  on conflict (tenant_id) do update set
    emails = excluded.emails, language = excluded.language, webhook_url = excluded.webhook_url,
    webhook_salt = excluded.webhook_salt
)
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(6)}) returning ${ownTransaction}`,
};
