import type { Statement } from '../database.ts';
import { eventColumns, ownTransaction } from '../events/event-statement.ts';
import { expectedLink } from './find-statements.ts';
import { userColumns } from './user-columns.ts';

const list = (columns: readonly string[], from: number): string =>
  columns.map((_, index) => `$${from + index}`).join(', ');

const sourceColumns = [
  'source_id',
  'kind',
  'directory_id',
  'asserted',
  'writes',
  'external_id',
  'user_name',
  'user_name_key',
  'email_key',
  'has_more_emails',
  'active',
  'resource',
  'linked_at',
  'ended_at',
  'kept',
];

// $1 tenant, $2 user, $3 policy version, then the columns of users, of the source and of the event.
const USER = 4;
const SOURCE = USER + userColumns.length;
const EVENT = SOURCE + sourceColumns.length;
const sourceTypes = [
  'uuid',
  'text',
  'uuid',
  'jsonb',
  'jsonb',
  'text',
  'text',
  'text',
  'text',
  'boolean',
  'boolean',
  'jsonb',
  'timestamptz',
  'timestamptz',
  'boolean',
];
const sourceList = sourceTypes.map((type, index) => `$${SOURCE + index}::${type}`).join(', ');

/** A write computed under an older policy writes nothing. */
const underPolicy = '(select t.policy_version from tenants t where t.id = $1) = $3';

const insertSource = `
  insert into user_sources (tenant_id, user_id, ${sourceColumns.join(', ')})
  select $1, $2, ${sourceList} from written where $${SOURCE}::uuid is not null`;

const changeSource = `
  update user_sources s set ${sourceColumns
    .slice(3)
    .map((column, index) => `${column} = $${SOURCE + 3 + index}`)
    .join(', ')}
  from written where s.tenant_id = $1 and s.user_id = $2 and s.source_id = $${SOURCE}::uuid
    and s.kind = $${SOURCE + 1}::text and s.directory_id is not distinct from $${SOURCE + 2}::uuid`;

const putSource = `${insertSource}
  on conflict (tenant_id, user_id, source_id) do update set
    ${sourceColumns
      .slice(3)
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}`;

const logEvent = `
logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')})
  select $1, ${list(eventColumns, EVENT)} from written
)`;

/** What custom fields hold, as it is searched and sorted: the fields, then the keys, after the event. */
const FIELDS = EVENT + eventColumns.length;
const putCustomValues = `
gone as (
  delete from custom_values c using written
  where c.tenant_id = $1 and c.user_id = $2 and c.field_id <> all($${FIELDS}::uuid[])
), put as (
  insert into custom_values (tenant_id, user_id, field_id, key)
  select $1, $2, i.field_id, i.key from written, unnest($${FIELDS}::uuid[], $${FIELDS + 1}::text[]) as i(field_id, key)
  on conflict (tenant_id, user_id, field_id) do update set key = excluded.key where custom_values.key <> excluded.key
)`;

/** The app roles of the source's record, as they are searched. */
const putAppRoles = (roles: number): string => `
left_roles as (
  delete from app_role_holders a using written
  where a.tenant_id = $1 and a.user_id = $2 and a.source_id = $${SOURCE}::uuid and a.value <> all($${roles}::text[])
), given_roles as (
  insert into app_role_holders (tenant_id, user_id, source_id, value)
  select $1, $2, $${SOURCE}::uuid, r.value from written, unnest($${roles}::text[]) as r(value)
  on conflict do nothing
)`;

/** The central team, its name and the key of that, from that parameter on. The person joins it, once. */
const joinCentral = (central: number): string => `
made as (
  insert into teams (tenant_id, id, version, name, name_key, description, origin, created_at, updated_at)
  select $1, $${central}::uuid, 1, $${central + 1}::text, $${central + 2}::text, null, 'CENTRAL', $${EVENT}, $${EVENT}
  from written where not exists (select 1 from teams t where t.tenant_id = $1 and t.id = $${central}::uuid)
  on conflict do nothing returning id
), joined as (
  insert into central_members (tenant_id, team_id, user_id) select $1, $${central}::uuid, $2 from written
  on conflict do nothing returning user_id
), told as (
  insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
  select $1, $${EVENT}, e.name, $${EVENT + 2}, $${EVENT + 3}, 'team', $${central}::uuid, e.user_id, e.changes, $${EVENT + 8}
  from (
    select 1 as step, 'team.created' as name, null::uuid as user_id,
      jsonb_build_array(jsonb_build_object('key', 'name', 'from', null, 'to', $${central + 1}::text)) as changes from made
    union all
    select 2, 'team.members.added', j.user_id, '[]'::jsonb from joined j where not exists (
      select 1 from team_members m
      where m.tenant_id = $1 and m.team_id = $${central}::uuid and m.user_id = j.user_id)
  ) e order by e.step
)`;

const insert = (more = ''): string => `
with expected as (${expectedLink(`$${SOURCE + 2}::uuid`, `$${SOURCE + 5}::text`)}
), written as (
  insert into users (tenant_id, id, ${userColumns.join(', ')})
  select $1, $2, ${list(userColumns, USER)} where ${underPolicy} and not exists (select 1 from expected)
  returning 1
), source as (${insertSource}), ${logEvent}${more}
select count(*)::int as written, (select user_id from expected) as expected, ${ownTransaction} from written`;

const change = (source: string, more = ''): string => `
with written as (
  update users set ${userColumns.map((column, index) => `${column} = $${USER + index}`).join(', ')}
  where tenant_id = $1 and id = $2 and version = $${USER}::int - 1 and ${underPolicy}
  returning 1
), source as (${source}), ${logEvent}${more}
select count(*)::int as written, ${ownTransaction} from written`;

/** What a write keeps up besides: the index of the tenant's own fields, app roles that changed, the central team. */
export type Extras = { indexes: boolean; roles: boolean; central: boolean };

/** A statement in the form that these extras take; each form is made once. */
export type PersonStatement = (extras: Extras) => Statement;

function forms(name: string, text: (more?: string) => string): PersonStatement {
  const made = new Map<string, Statement>();
  return ({ indexes, roles, central }) => {
    const key = `${name}${indexes ? '-indexed' : ''}${roles ? '-roles' : ''}${central ? '-central' : ''}`;
    const known = made.get(key);
    if (known) return known;
    const rolesAt = FIELDS + (indexes ? 2 : 0);
    const more = [
      ...(indexes ? [putCustomValues] : []),
      ...(roles ? [putAppRoles(rolesAt)] : []),
      ...(central ? [joinCentral(rolesAt + (roles ? 1 : 0))] : []),
    ];
    const statement = { name: key, text: text(more.map((part) => `, ${part}`).join('')) };
    made.set(key, statement);
    return statement;
  };
}

/**
 * A person, their first source and the event, in one statement and so in one transaction; nothing where the source is a
 * directory's and means a person who is there.
 */
export const insertPerson = forms('insert-person', insert);

/** A person as changed, a source that was read and the event; nothing when the version that was read no longer stands. */
export const updatePerson = forms('update-person', (more) => change(changeSource, more));

/** As `updatePerson`, with a source that may be new, or with none. */
export const extendPerson = forms('extend-person', (more) => change(putSource, more));

/** $1 tenant, $2 person, $3 at. */
export const endLinks: Statement = {
  name: 'end-links',
  text: `
update user_sources set ended_at = $3
where tenant_id = $1 and user_id = $2 and kind = 'DIRECTORY' and ended_at is null`,
};
