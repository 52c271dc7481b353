import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidOf, wireId } from '../../src/domain/ids.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { type Intruder, intruder, operations } from './support/intruder.ts';
import { eventsOf } from './support/state.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const STOLEN = wireId('usr', '00000000-0000-7000-8000-000000000001');
const tenant = '00000000-0000-7000-8000-000000000002';

/** What only the hub decides, with a value that would do harm. */
const forbidden: [name: string, value: unknown][] = [
  ['id', STOLEN],
  ['meta', { version: 'W/"999"', created: '1999-01-01T00:00:00Z', location: 'http://evil/', resourceType: 'Admin' }],
  ['meta.version', 'W/"999"'],
  ['meta.created', '1999-01-01T00:00:00Z'],
  ['meta.location', 'http://evil/'],
  ['schemas', ['urn:evil']],
  ['groups', [{ value: wireId('grp', tenant), display: 'Admins' }]],
  ['groups.value', wireId('grp', tenant)],
  ['tenantId', tenant],
  ['tenant_id', tenant],
  ['tenant', { id: tenant }],
  ['status', 'DELETED'],
  ['statusAt', '1999-01-01T00:00:00Z'],
  ['version', 999],
  ['kind', 'STAKEHOLDER'],
  ['visible', false],
  ['scopes', ['tenants:admin']],
  ['directoryId', tenant],
  ['asserted', { title: { value: 'evil', write: 1 } }],
  ['access.admin.super', true],
  ['emailVerified', true],
];

const swapped = (name: string) =>
  name.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()));
const nested = (name: string, value: unknown): object =>
  name.split('.').reduceRight<unknown>((inside, part) => ({ [part]: inside }), value) as object;

/** Each way of naming an attribute in a body or in an operation without a path. */
const namings: Record<string, (name: string, value: unknown) => object> = {
  nested,
  dotted: (name, value) => ({ [name]: value }),
  'in another case': (name, value) => ({ [swapped(name)]: value }),
  'qualified by the core URN': (name, value) => ({ [`${CORE}:${name}`]: value }),
  'qualified by the core URN and a dot': (name, value) => ({ [`${CORE}.${name}`]: value }),
  'inside the core URN': (name, value) => ({ [CORE]: nested(name, value) }),
  'inside the core URN in another case': (name, value) => ({ [swapped(CORE)]: { [swapped(name)]: value } }),
};

/** Each way of naming it in a path. */
const paths: Record<string, (name: string) => string> = {
  plain: (name) => name,
  'in another case': swapped,
  'qualified by the core URN': (name) => `${CORE}:${name}`,
  'with a filter': (name) => `${name}[value eq "x"]`,
  'with a filter and a part': (name) => `${name.split('.')[0]}[type eq "x"].${name.split('.')[1] ?? 'value'}`,
  'between spaces': (name) => ` ${name} `,
};

const target = async () => {
  const { id: tenantId } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId);
  const send = intruder(directory);
  const { json } = await send('POST', '/Users', { userName: 'eve', externalId: 'e' });
  return { tenantId, directory, send, id: json.id as string, meta: json.meta };
};

/** What the hub itself knows of the person and shows of them: the attack must not have reached any of it. */
async function demandUntouched(tenantId: string, send: Intruder, id: string, meta: { created: string }) {
  const rows = await hub.running.database.session(tenantId, (session) =>
    session.ask<Record<string, unknown>>({ text: 'select *, version as version from users', values: [] }),
  );
  expect(rows).toHaveLength(1);
  const { tenant_id, status, kind, visible, version, created_at } = rows[0]!;
  expect({ tenant_id, status, kind, visible, id: rows[0]!.id }).toEqual({
    tenant_id: tenantId,
    status: 'ACTIVE',
    kind: 'MEMBER',
    visible: true,
    id: uuidOf('usr', id),
  });
  expect(version).toBeLessThanOrEqual(2);
  const { json, text } = await send('GET', `/Users/${id}`);
  expect([json.id, json.userName, json.active]).toEqual([id, 'eve', true]);
  expect(json.schemas[0]).toBe(CORE);
  expect(json.groups).toBeUndefined();
  expect(text).not.toContain(STOLEN);
  expect(
    Object.keys(json)
      .filter((name) => /^(id|meta|schemas|groups)$/i.test(name))
      .sort(),
  ).toEqual(['id', 'meta', 'schemas']);
  expect(json.meta).toEqual({
    resourceType: 'User',
    created: created_at,
    lastModified: expect.any(String),
    location: `${hub.url}/scim/v2/Users/${id}`,
    version: `W/"${version}"`,
  });
  expect(json.meta.created).toBe(meta.created);
}

describe.each(Object.entries(namings))('what clients cannot write, %s', (_how, naming) => {
  test('A16 A26 A27 in a POST or PUT is ignored or refused, never applied', async () => {
    for (const [name, value] of forbidden) {
      const { tenantId, send, id, meta } = await target();
      const body = { userName: 'eve', externalId: 'e', ...naming(name, value) };
      expect([name, (await send('PUT', `/Users/${id}`, body)).status]).toEqual([name, expect.toBeOneOf([200, 400])]);
      await demandUntouched(tenantId, send, id, meta);
      await send('DELETE', `/Users/${id}`);
      const made = await send('POST', '/Users', body);
      expect([name, made.status]).toEqual([name, expect.toBeOneOf([201, 400])]);
      expect(made.text).not.toContain(STOLEN);
    }
  });

  test('A16 A26 A27 in a PATCH without a path is ignored or refused, never applied', async () => {
    const { tenantId, send, id, meta } = await target();
    for (const [name, value] of forbidden.filter(([name]) => !isKept(name))) {
      for (const op of ['add', 'replace']) {
        const { status } = await send('PATCH', `/Users/${id}`, operations({ op, value: naming(name, value) }));
        expect([name, op, status]).toEqual([name, op, expect.toBeOneOf([200, 400])]);
      }
    }
    await demandUntouched(tenantId, send, id, meta);
  });
});

/** Names that mean nothing here: kept as sent beside the record, where they decide nothing. */
const isKept = (name: string) => !/^(id|meta|schemas|groups)\b/.test(name);

describe.each(Object.entries(paths))('a path that clients cannot write, %s', (_how, pathOf) => {
  test.each(['add', 'replace', 'remove'])(
    'A16 A26 A27 of a %s is refused with mutability or ignored, never applied',
    async (op) => {
      const { tenantId, send, id, meta } = await target();
      for (const [name, value] of forbidden.filter(([name]) => !isKept(name))) {
        const before = (await eventsOf(hub, tenantId, 'request.refused')).length;
        const { status, json } = await send('PATCH', `/Users/${id}`, operations({ op, path: pathOf(name), value }));
        expect([name, status]).toEqual([name, 400]);
        expect(['mutability', 'invalidPath']).toContain(json.scimType);
        expect(await eventsOf(hub, tenantId, 'request.refused')).toHaveLength(before + 1);
      }
      await demandUntouched(tenantId, send, id, meta);
    },
  );
});

test('A27 a role called admin is the word of the directory and gives its token no right', async () => {
  const { tenantId, directory, send, id } = await target();
  const roles = [
    { value: 'admin', type: 'tenants:admin', primary: true },
    { value: '{"value":"owner","scopes":["tenants:admin"]}' },
  ];
  expect((await send('PATCH', `/Users/${id}`, operations({ op: 'add', path: 'roles', value: roles }))).status).toBe(
    200,
  );
  const [credential] = await hub.running.database.session(tenantId, (session) =>
    session.ask<{ scopes: string[] }>({
      text: 'select scopes from credentials where directory_id is not null',
      values: [],
    }),
  );
  expect(credential!.scopes).toEqual(['provision']);
  expect(
    (await intruder({ ...directory, scim: hub.url })('POST', '/graphql', { query: '{ __typename }' })).status,
  ).toBeGreaterThanOrEqual(400);
});
