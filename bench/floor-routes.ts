import type pg from 'pg';
import { createPerson, patchPerson } from './floor-people.ts';
import { addMember, filterPeople, getPage, getPerson, getTeams, getUser } from './floor-statements.ts';

export type Answer = { status: number; body?: unknown };

/** One request of the floor; `body` is parsed JSON that nobody has looked at. */
// biome-ignore lint/suspicious/noExplicitAny: the floor validates nothing, on purpose
export type FloorCall = { pool: pg.Pool; tenant: string; directory: string; url: string; body: any };

type Route = (call: FloorCall) => Promise<Answer>;

const lastPart = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** A record as SCIM answers it. */
const recordOf = (row: { id: string; version: number; resource: object; linked_at: Date; updated_at: Date }) => ({
  ...row.resource,
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  id: row.id,
  meta: {
    resourceType: 'User',
    created: row.linked_at,
    lastModified: row.updated_at,
    location: `http://127.0.0.1/Users/${row.id}`,
    version: `W/"${row.version}"`,
  },
});

const routes: [start: string, route: Route][] = [
  [
    'POST /users-with-teams',
    async ({ pool, tenant }) => {
      const page = await pool.query({ ...getPage, values: [tenant] });
      const teams = await pool.query({ ...getTeams, values: [tenant, page.rows.map(({ id }) => id)] });
      const byPerson = Map.groupBy(teams.rows, (row) => row.user_id);
      const nodes = page.rows.map((row) => ({
        ...row,
        teams: { nodes: (byPerson.get(row.id) ?? []).map(({ id, name }) => ({ id, name })) },
      }));
      return { status: 200, body: { data: { users: { nodes } } } };
    },
  ],
  ['POST /users', async (call) => ({ status: 201, body: recordOf(await createPerson(call)) })],
  ['PATCH /users/', async (call) => ({ status: 200, body: recordOf(await patchPerson(call, lastPart(call.url))) })],
  [
    'GET /users/',
    async ({ pool, tenant, directory, url }) => {
      const { rows } = await pool.query({ ...getPerson, values: [tenant, directory, lastPart(url)] });
      return { status: 200, body: recordOf(rows[0]) };
    },
  ],
  [
    'GET /users?userName=',
    async ({ pool, tenant, directory, url }) => {
      const key = decodeURIComponent(url.slice(url.indexOf('=') + 1)).toLowerCase();
      const { rows } = await pool.query({ ...filterPeople, values: [tenant, directory, key] });
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
      const counts = { totalResults: rows.length, startIndex: 1, itemsPerPage: rows.length };
      return { status: rows.length === 1 ? 200 : 404, body: { schemas, ...counts, Resources: rows.map(recordOf) } };
    },
  ],
  [
    'PATCH /groups/',
    async ({ pool, tenant, url, body }) => {
      const person = body.Operations[0].value[0].value;
      await pool.query({ ...addMember, values: [tenant, lastPart(url), person, new Date().toISOString()] });
      return { status: 204 };
    },
  ],
  [
    'POST /user',
    async ({ pool, tenant, body }) => {
      const { rows } = await pool.query({ ...getUser, values: [tenant, body.variables.id] });
      return { status: 200, body: { data: { user: rows[0] } } };
    },
  ],
];

/** What answers this request, if anything does. */
export function routeOf(method: string, url: string): Route | undefined {
  const place = `${method} ${url}`;
  return routes.find(([start]) => place.startsWith(start))?.[1];
}
