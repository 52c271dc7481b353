import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedSchemas } from '../../src/scim/schema/published.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';

/** An attribute as /Schemas describes it. */
type Described = {
  name: string;
  type: string;
  multiValued: boolean;
  required: boolean;
  mutability: string;
  caseExact?: boolean;
  canonicalValues?: string[];
  referenceTypes?: string[];
  subAttributes?: Described[];
};
type Resource = { [name: string]: unknown };

const [user, group, enterprise] = publishedSchemas('https://x.example') as unknown as {
  id: string;
  attributes: Described[];
}[];
/** Where each attribute is written: kind of resource, namespace (null: core), what is said of it. */
const all = [
  ...user!.attributes.map((given) => ({ kind: 'User' as const, urn: user!.id, extension: null, given })),
  ...enterprise!.attributes.map((given) => ({
    kind: 'User' as const,
    urn: enterprise!.id,
    extension: enterprise!.id,
    given,
  })),
  ...group!.attributes.map((given) => ({ kind: 'Group' as const, urn: group!.id, extension: null, given })),
].map((place) => ({ ...place, label: `${place.kind} ${place.given.name}` }));
const writable = all.filter(({ given }) => given.mutability === 'readWrite');
type Place = (typeof all)[number];

let hub: Hub;
let client: ReturnType<typeof scimClient>;
let someone: string[];
beforeAll(async () => {
  hub = await startHub();
  client = scimClient(await hub.newDirectory());
  someone = await client.people('someone', 'another');
});
afterAll(() => hub?.stop());

const own = ({ mutability }: Described) => mutability !== 'readOnly';

/** A value of the attribute's type; another one for another `n`. */
function sample(given: Described, n: number): unknown {
  if (given.subAttributes) {
    const parts = given.subAttributes.filter(own).filter((sub) => sub.type !== 'reference');
    const value: Resource = Object.fromEntries(parts.map((sub) => [sub.name, sample(sub, n)]));
    if (given.name === 'members' || given.name === 'manager') value.value = someone[n % 2]!;
    return given.multiValued ? [value] : value;
  }
  if (given.canonicalValues) return given.canonicalValues[0];
  // The primary value stays the primary one, so that lists are what was sent.
  if (given.type === 'boolean') return given.name === 'primary' || n % 2 === 0;
  if (given.required) return `${given.name} ${n} of ${made}`;
  return given.type === 'reference' ? `https://x.example/${given.name}/${n}` : `${given.name} ${n}`;
}

/** What was written is in what is read: an object may have got more parts, a list no more elements. */
const written = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(written);
  return typeof value === 'object' && value !== null ? expect.objectContaining(value) : value;
};

const valueIn = (resource: Resource, { extension, given }: Place): unknown =>
  extension === null ? resource[given.name] : (resource[extension] as Resource | undefined)?.[given.name];

const bodyWith = ({ kind, extension, given }: Place, value: unknown, name: string): Resource => ({
  ...(kind === 'User' ? { userName: name } : { displayName: name }),
  ...(extension === null ? { [given.name]: value } : { [extension]: { [given.name]: value } }),
});

/** The ways of an operation to name the attribute: bare, by its namespace, and both without a path. */
const ways = ({ urn, extension, given: { name } }: Place) =>
  [
    ['by its path', (value?: unknown) => ({ path: extension === null ? name : `${urn}:${name}`, value })],
    ['by its namespace', (value?: unknown) => ({ path: `${urn.toUpperCase()}:${name.toUpperCase()}`, value })],
    ['without a path', (value?: unknown) => ({ value: { [extension === null ? name : `${urn}:${name}`]: value } })],
    ['inside its namespace', (value?: unknown) => ({ value: { [urn]: { [name]: value } } })],
  ] as [string, (value?: unknown) => { path?: string; value?: unknown }][];

let made = 0;
async function make(place: Place, value?: unknown): Promise<string> {
  const name = `made ${++made}`;
  const body =
    value === undefined
      ? bodyWith({ ...place, extension: null, given: { name: 'x' } as never }, undefined, name)
      : bodyWith(place, value, name);
  const { status, body: created } = await client.post(`/${place.kind}s`, body);
  expect([status, created]).toMatchObject([201, {}]);
  return `/${place.kind}s/${created.id}`;
}

const read = async (at: string, place: Place) => valueIn((await client.get(at)).body, place);
const gone = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);

test('a manager and a member are exactly what was sent, address and all', async () => {
  const address = (id: string) => ({ value: id, $ref: `${hub.url}/scim/v2/Users/${id}` });
  const manager = writable.find(({ given }) => given.name === 'manager')!;
  const members = writable.find(({ given }) => given.name === 'members')!;
  expect(await read(await make(manager, address(someone[0]!)), manager)).toEqual(address(someone[0]!));
  const sent = [{ ...address(someone[1]!), type: 'User' }];
  expect(await read(await make(members, sent), members)).toEqual(sent);
  const { value: _, ...alone } = address(someone[0]!);
  expect(await read(await make(manager, alone), manager)).toEqual(address(someone[0]!));
  expect(await read(await make(members, [alone]), members)).toMatchObject([address(someone[0]!)]);
});

const readOnly = [
  ...(['User', 'Group'] as const).flatMap((kind) =>
    ['id', 'meta', 'meta.created', 'meta.lastModified', 'meta.resourceType', 'meta.location', 'meta.version'].map(
      (path) => ({ kind, path }),
    ),
  ),
  { kind: 'User' as const, path: 'groups' },
  { kind: 'User' as const, path: `${enterprise!.id}:manager.displayName` },
];

test.each(readOnly)(
  'B27 $path of a $kind is refused in a PATCH and passed over in a POST and a PUT',
  async ({ kind, path }) => {
    const place = all.find((one) => one.kind === kind && !one.given.required)!;
    const at = await make(place);
    const before = (await client.get(at)).body;
    for (const op of ['add', 'replace', 'remove']) {
      const { status, body } = await client.patch(at, { op, path, ...(op !== 'remove' && { value: 'x' }) });
      expect([status, body.scimType]).toEqual([400, 'mutability']);
    }
    expect((await client.get(at)).body).toEqual(before);
    const [head = ''] = path.split('.');
    if (path.startsWith('urn:')) return;
    const sent = { ...before, [head]: path === head ? 'x' : { [path.slice(head.length + 1)]: 'x' } };
    expect((await client.send('PUT', at, sent)).body).toEqual(before);
    const name = `posted ${++made}`;
    const posted = await client.post(`/${kind}s`, { ...sent, [kind === 'User' ? 'userName' : 'displayName']: name });
    expect([posted.status, Object.keys(posted.body.meta ?? {})]).toEqual([201, Object.keys(before.meta ?? {})]);
  },
);

/** What in a resource no schema speaks of, or is not of the type it says. */
function undeclared(resource: Resource, attributes: Described[], at = ''): string[] {
  return Object.entries(resource).flatMap(([name, value]) => {
    const given = attributes.find((one) => one.name === name);
    if (!given) return [`${at}${name} is not declared`];
    if (given.multiValued !== Array.isArray(value)) return [`${at}${name} is a list or not`];
    return [value].flat().flatMap((one) => {
      if (given.subAttributes) return undeclared(one as Resource, given.subAttributes, `${at}${name}.`);
      return typeof one === (given.type === 'boolean' ? 'boolean' : 'string') ? [] : [`${at}${name} is ${typeof one}`];
    });
  });
}

test('every attribute of every answer is declared, by its name and in its type', async () => {
  const common = ['schemas', 'id', 'externalId', 'meta'];
  for (const { kind, schema } of [
    { kind: 'Users', schema: user! },
    { kind: 'Groups', schema: group! },
  ]) {
    const { body } = await client.get(`/${kind}?count=200`);
    for (const resource of body.Resources as unknown as Resource[]) {
      const { [enterprise!.id]: extension = {}, ...core } = resource;
      for (const name of common) delete core[name];
      expect([
        ...undeclared(core, schema.attributes),
        ...undeclared(extension as Resource, enterprise!.attributes),
      ]).toEqual([]);
      expect(resource.schemas).toEqual(resource[enterprise!.id] ? [schema.id, enterprise!.id] : [schema.id]);
    }
  }
});

describe.each(writable)('H8 $label', (place) => {
  const { given } = place;
  const change = async (at: string, op: string, operation: { path?: string; value?: unknown }) => {
    const { status, body } = await client.patch(at, { op, ...operation });
    return status < 300 ? status : [status, body.detail];
  };

  test('is read back as it was created and as it was replaced', async () => {
    const value = sample(given, 1);
    const at = await make(place, value);
    expect(await read(at, place)).toEqual(
      written(given.required ? valueIn((await client.get(at)).body, place) : value),
    );
    const next = bodyWith(place, sample(given, 2), `put ${at}`);
    expect((await client.send('PUT', at, next)).status).toBe(200);
    expect(await read(at, place)).toEqual(written(valueIn(next, place)));
    if (given.required) return;
    expect((await client.send('PUT', at, bodyWith(place, undefined, `put ${at}`))).status).toBe(200);
    if (given.name !== 'active') expect(gone(await read(at, place))).toBe(true);
  });

  test.each(ways(place))('is added, replaced and removed %s', async (_, operation) => {
    const at = await make(place);
    for (const [op, n] of [
      ['add', 1],
      ['replace', 2],
      ['Add', 2],
    ] as const) {
      expect([200, 204]).toContain(await change(at, op, operation(sample(given, n))));
      expect(await read(at, place)).toEqual(written(sample(given, n)));
    }
    for (const nothing of [null, '', [], {}, { value: '' }]) {
      if (given.required) {
        expect(await change(at, 'replace', operation(nothing))).toMatchObject([400, expect.stringMatching(given.name)]);
        expect(await read(at, place)).toEqual(written(sample(given, 2)));
        continue;
      }
      expect([200, 204]).toContain(await change(at, 'replace', operation(nothing)));
      expect(gone(await read(at, place))).toBe(true);
      expect([200, 204]).toContain(await change(at, 'add', operation(sample(given, 1))));
    }
    const { path } = operation();
    if (path === undefined) return;
    const removed = await change(at, 'remove', { path });
    if (given.required) expect(removed).toMatchObject([400, expect.stringMatching(given.name)]);
    else expect([200, 204]).toContain(removed);
    expect(gone(await read(at, place))).toBe(!given.required);
  });

  test('has each of its parts written alone, the others kept', async () => {
    if (given.name === 'members') return;
    for (const sub of given.subAttributes?.filter(own) ?? []) {
      if (sub.type === 'reference') continue;
      const at = await make(place, sample(given, 1));
      const before = (await read(at, place)) as Resource;
      const head = `${place.urn}:${given.name}`;
      const type = given.multiValued ? given.subAttributes!.find(({ name }) => name === 'type') : undefined;
      const path = type ? `${head}[type eq "${sample(type, 1)}"].${sub.name}` : `${head}.${sub.name}`;
      const value =
        sub.name === 'type'
          ? 'other'
          : sub.type === 'boolean'
            ? false
            : given.name === 'manager'
              ? someone[0]
              : `new ${sub.name}`;
      expect(await change(at, 'replace', { path, value })).toBe(200);
      const one = (Array.isArray(before) ? before[0] : before) as Resource;
      const after = { ...one, [sub.name]: value };
      const { $ref: _, ...known } = after;
      expect(await read(at, place)).toEqual(Array.isArray(before) ? [known] : expect.objectContaining(known));
    }
  });

  test('is found by pr and eq, and by nothing else', async () => {
    const value = sample(given, 7 + (given.name === 'manager' || given.name === 'members' ? 0 : made));
    const at = await make(place, given.required ? undefined : value);
    const { id } = (await client.get(at)).body;
    const head = place.extension === null ? given.name : `${place.urn}:${given.name}`;
    const find = async (filter: string) => {
      const { status, body } = await client.get(`/${place.kind}s?count=200&filter=${encodeURIComponent(filter)}`);
      return status === 200 ? (body.Resources as unknown as Resource[]).map((one) => one.id) : [status, body.detail];
    };
    const wanted = (await client.get(at)).body as Resource;
    expect(await find(`${head} pr`)).toContain(id);
    expect(await find(`not (${head} pr)`)).not.toContain(id);
    for (const sub of given.subAttributes?.filter(own) ?? [null]) {
      if (sub && (sub.type === 'reference' || (given.name === 'members' && sub.name !== 'value'))) continue;
      const held = valueIn(wanted, place);
      const first = Array.isArray(held) ? held[0] : held;
      const literal = JSON.stringify(sub ? first[sub.name] : first);
      const name = sub ? `${head}.${sub.name}` : head;
      expect(await find(`${name} eq ${literal}`)).toContain(id);
      expect(await find(`${name} pr`)).toContain(id);
      expect(await find(`${name} ne ${literal}`)).not.toContain(id);
      expect(await find(`id eq "${id}" and ${name} eq ${literal}`)).toEqual([id]);
      if (sub && Array.isArray(held)) expect(await find(`${head}[${sub.name} eq ${literal}]`)).toContain(id);
      if ((sub ?? given).type === 'string') {
        const exact = (sub ?? given).caseExact;
        const found = await find(`${name} eq ${literal.toUpperCase()}`);
        if (given.name !== 'manager' && given.name !== 'members') expect(found.includes(id)).toBe(!exact);
      }
    }
  });
});
