import type { Statement } from '../database.ts';
import { groupsOfPerson } from '../groups/groups-of-person.ts';
import { sourcesOfPerson } from './person-rows.ts';

/** Whom an admin said that the directory means by the externalId, unless deleted. */
export const expectedLink = (directory: string, externalId: string): string => `
select e.user_id from expected_links e join users x on x.tenant_id = $1 and x.id = e.user_id and x.status <> 'DELETED'
where e.tenant_id = $1 and e.directory_id = ${directory} and e.external_id = ${externalId}`;

/** A person with every source, unless deleted. */
export const findPerson: Statement = {
  name: 'find-person',
  text: `select u.*, ${sourcesOfPerson} from users u where u.tenant_id = $1 and u.id = $2 and u.status <> 'DELETED'`,
};

/** $1 tenant, $2 directory, $3 person: with that directory's groups of theirs. */
export const findLinked: Statement = {
  name: 'find-linked-person',
  text: `
select u.*, ${sourcesOfPerson}, ${groupsOfPerson('u.id')} as groups,
  exists (select 1 from role_grants x where x.tenant_id = $1 and x.user_id = $3) as granted
from users u where u.tenant_id = $1 and u.id = $3 and u.status <> 'DELETED'`,
};

/** People of these ids by id, with every source, unless deleted. */
export const findPeople: Statement = {
  name: 'find-people',
  text: `
select u.*, ${sourcesOfPerson} from users u
where u.tenant_id = $1 and u.id = any($2::uuid[]) and u.status <> 'DELETED' order by u.id`,
};

/** $1 tenant, $2 people. */
export const findWaitingForGroup: Statement = {
  name: 'find-waiting-for-group',
  text: `
select u.*, ${sourcesOfPerson} from users u
where u.tenant_id = $1 and u.id = any($2::uuid[]) and u.waits_for = 'GROUP' and u.status in ('STAGED', 'DEACTIVATED')
order by u.id for update of u`,
};

const leftBy = (how: string) => `
  select s.user_id from directories d
  join user_sources s on s.tenant_id = $1 and s.directory_id = d.id and s.external_id = $3 and ${how}
  where d.tenant_id = $1 and d.state = 'DISCONNECTED'`;

/** $1 tenant, $2 directory, $3 externalId; two are as good as many. An index for each way to be left. */
export const findLeft: Statement = {
  name: 'find-left',
  text: `
select u.*, ${sourcesOfPerson} from users u
where u.tenant_id = $1 and u.status <> 'DELETED' and not exists (${expectedLink('$2', '$3')}) and u.id in (
  ${leftBy('s.ended_at is null')} union all ${leftBy('s.kept')})
limit 2`,
};

/** $1 tenant, $2 directory, $3 externalId, $4 key of the userName; two are as good as many. */
export const findKept: Statement = {
  name: 'find-kept',
  text: `
select u.*, ${sourcesOfPerson} from users u
where u.tenant_id = $1 and u.status <> 'DELETED' and u.id in (
  select s.user_id from user_sources s where s.tenant_id = $1 and s.directory_id = $2 and s.kept
    and (s.external_id = $3 or (s.external_id is null or $3::text is null) and s.user_name_key = $4))
limit 2`,
};

/** $1 tenant, $2 key of the address. */
export const findByEmail: Statement = {
  name: 'find-by-email',
  text: `
select u.*, ${sourcesOfPerson} from users u
where u.tenant_id = $1 and u.email_key = $2 and u.status <> 'DELETED' order by u.id limit 2`,
};

/** $1 tenant, $2 key of the userName. */
export const findByUserName: Statement = {
  name: 'find-by-user-name',
  text: `
select u.*, ${sourcesOfPerson} from users u
where u.tenant_id = $1 and u.user_name_key = $2 and u.status <> 'DELETED'`,
};

/** $1 tenant, $2 key of the userName, $3 the person who may have it. */
export const nameTaken: Statement = {
  name: 'name-taken',
  text: `
select 1 as one from users where tenant_id = $1 and user_name_key = $2 and status <> 'DELETED' and id <> $3`,
};
