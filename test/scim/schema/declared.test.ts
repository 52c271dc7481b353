import { afterAll, beforeAll, expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../src/domain/json.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { fullPost } from '../resource/bodies.ts';

let hub: Hub;
let client: ReturnType<typeof scimClient>;
let schemas: JsonObject[];
beforeAll(async () => {
  hub = await startHub();
  client = scimClient(await hub.newDirectory());
  schemas = (await client.get('/Schemas')).body.Resources as unknown as JsonObject[];
});
afterAll(() => hub?.stop());

const COMMON = new Set(['schemas', 'id', 'externalId', 'meta']);
const attributesOf = (urn: string) => schemas.find(({ id }) => id === urn)!.attributes as JsonObject[];

function expectDeclared(value: JsonObject, attributes: JsonObject[], at: string): void {
  for (const [name, held] of Object.entries(value)) {
    if (at === '' && (COMMON.has(name) || name.startsWith('urn:'))) continue;
    const declared = attributes.find((one) => one.name === name);
    expect(declared, `${at}.${name}`).toBeDefined();
    expect([at, name, Array.isArray(held)]).toEqual([at, name, declared!.multiValued]);
    for (const one of Array.isArray(held) ? held : [held]) {
      expect([at, name, typeOf(one)]).toEqual([at, name, declared!.type]);
      if (isJsonObject(one)) expectDeclared(one, declared!.subAttributes as JsonObject[], `${at}.${name}`);
      else if (declared!.canonicalValues) expect(declared!.canonicalValues).toContain(one);
    }
  }
}

/** The type that a value shows; addresses are told by nothing but their name. */
const typeOf = (value: Json): unknown =>
  isJsonObject(value) ? 'complex' : typeof value === 'boolean' ? 'boolean' : expect.toBeOneOf(['string', 'reference']);

test('F4 F5 whatever is returned is declared, with its type and its number of values', async () => {
  const { body } = await client.post('/Users', fullPost);
  const group = await client.group('Crew', [String(body.id)]);
  const user = (await client.get(`/Users/${body.id}`)).body as unknown as JsonObject;
  expect(user).toHaveProperty('groups');
  expectDeclared(user, attributesOf('urn:ietf:params:scim:schemas:core:2.0:User'), '');
  for (const urn of Object.keys(user).filter((name) => name.startsWith('urn:')))
    expectDeclared(user[urn] as JsonObject, attributesOf(urn), urn);
  const read = (await client.get(`/Groups/${group}`)).body as unknown as JsonObject;
  expectDeclared(read, attributesOf('urn:ietf:params:scim:schemas:core:2.0:Group'), '');
});

test('RFC 7643 §4.1.2 groups are read only, down to their parts', () => {
  const groups = attributesOf('urn:ietf:params:scim:schemas:core:2.0:User').find(({ name }) => name === 'groups')!;
  expect(groups).toMatchObject({ mutability: 'readOnly', returned: 'default', multiValued: true, type: 'complex' });
  for (const part of groups.subAttributes as JsonObject[]) expect(part.mutability).toBe('readOnly');
  expect((groups.subAttributes as JsonObject[]).map(({ name }) => name)).toEqual(['value', '$ref', 'display', 'type']);
});
