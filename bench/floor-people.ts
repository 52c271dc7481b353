import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { FloorCall } from './floor-routes.ts';

const userColumns = [
  'version',
  'kind',
  'status',
  'status_at',
  'visible',
  'user_name',
  'user_name_key',
  'display_name_key',
  'email_key',
  'display_name',
  'given_name',
  'family_name',
  'formatted_name',
  'title',
  'preferred_language',
  'email',
  'phone',
  'work_phone',
  'address',
  'employee_number',
  'organization',
  'department',
  'created_at',
  'updated_at',
];
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
  'active',
  'resource',
  'linked_at',
];
const eventColumns = ['at', 'name', 'actor', 'request_id', 'subject_kind', 'subject_id', 'changes'];

const SOURCE = 3 + userColumns.length;
const EVENT = SOURCE + sourceColumns.length;
const params = (columns: string[], from: number) => columns.map((_, index) => `$${from + index}`).join(', ');

const create = {
  name: 'create',
  text: `
with u as (
  insert into users (tenant_id, id, ${userColumns.join(', ')}) values ($1, $2, ${params(userColumns, 3)})
), s as (
  insert into user_sources (tenant_id, user_id, ${sourceColumns.join(', ')})
  values ($1, $2, ${params(sourceColumns, SOURCE)})
)
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${params(eventColumns, EVENT)})`,
};

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ACTOR = 'dir_00000000000000000000000000';

/** Inserts user, link and event in one statement, with the values that the hub writes, straight from the body. */
export async function createPerson({ pool, tenant, directory, body }: FloorCall) {
  const id = v7();
  const request = randomUUID();
  const at = new Date();
  const time = at.toISOString();
  const { schemas: _, ...resource } = body;
  const { employeeNumber, department, organization } = body[ENTERPRISE];
  const email = body.emails[0].value;
  const [mobile, work] = body.phoneNumbers;
  const { type: __, ...address } = body.addresses[0];
  const fields = {
    displayName: body.displayName,
    givenName: body.name.givenName,
    familyName: body.name.familyName,
    formattedName: body.name.formatted,
    title: body.title,
    preferredLanguage: body.preferredLanguage,
    email,
    phone: mobile.value,
    workPhone: work.value,
    address,
    employeeNumber,
    organization,
    department,
  };
  const asserted: Record<string, unknown> = {};
  const changes: unknown[] = [];
  for (const [key, value] of Object.entries(fields)) {
    asserted[key] = { value, write: 1 };
    changes.push({ key, from: null, to: value });
  }
  const userKey = body.userName.toLowerCase();
  const emailKey = email.toLowerCase();
  const { address: ___, ...plain } = fields;
  const [own, last] = [Object.values(plain).slice(0, 9), [employeeNumber, organization, department]];
  await pool.query({
    ...create,
    values: [
      tenant,
      id,
      1,
      'MEMBER',
      'ACTIVE',
      time,
      true,
      body.userName,
      userKey,
      body.displayName.toLowerCase(),
      emailKey,
      ...own,
      JSON.stringify(address),
      ...last,
      time,
      time,
      directory,
      'DIRECTORY',
      directory,
      JSON.stringify(asserted),
      JSON.stringify({ 1: { at: time, actor: ACTOR, request } }),
      body.externalId,
      body.userName,
      userKey,
      emailKey,
      true,
      JSON.stringify(resource),
      time,
      time,
      'user.created',
      ACTOR,
      request,
      'usr',
      id,
      JSON.stringify(changes),
    ],
  });
  return { id, version: 1, resource, linked_at: at, updated_at: at };
}

const patch = {
  name: 'patch',
  text: `
with u as (
  update users set version = version + 1, title = $4, display_name = $5, display_name_key = $6, updated_at = $7
  where tenant_id = $1 and id = $3 returning version
), s as (
  update user_sources set resource = resource || $8, asserted = asserted || $9, writes = $10
  where tenant_id = $1 and user_id = $3 and source_id = $2 returning resource, linked_at
), e as (
  insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, changes)
  values ($1, $7, 'user.updated', $11, $12, 'usr', $3, $13)
)
select $3 as id, u.version, s.resource, s.linked_at, $7::timestamptz as updated_at from u, s`,
};

/** Changes the same rows as the hub, in one statement and without reading them first. */
export async function patchPerson({ pool, tenant, directory, body }: FloorCall, id: string) {
  const [title, displayName] = body.Operations.map((operation: { value: string }) => operation.value);
  const request = randomUUID();
  const time = new Date().toISOString();
  const { rows } = await pool.query({
    ...patch,
    values: [
      tenant,
      directory,
      id,
      title,
      displayName,
      displayName.toLowerCase(),
      time,
      JSON.stringify({ title, displayName }),
      JSON.stringify({ title: { value: title, write: 2 }, displayName: { value: displayName, write: 2 } }),
      JSON.stringify({ 2: { at: time, actor: ACTOR, request } }),
      ACTOR,
      request,
      JSON.stringify([
        { key: 'title', from: 'Engineer', to: title },
        { key: 'displayName', from: 'x', to: displayName },
      ]),
    ],
  });
  return rows[0];
}
