import fc from 'fast-check';
import type { JsonObject } from '../../../src/domain/json.ts';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import type { scimClient } from '../../support/scim-client.ts';

type Client = ReturnType<typeof scimClient>;

/** Texts that are hard to sort: in case, in width, outside of the first plane, or missing. */
export const words = [
  'Ada',
  'ada',
  'ADA',
  'Zoë',
  'zoe',
  'ä',
  'Ä',
  'straße',
  'İ',
  '10%',
  '_',
  '😀',
  '\ufb01',
  'x y',
  'b',
];
const word = fc.constantFrom(...words);
const address = fc.record(
  { type: fc.constantFrom('work', 'home', 'other'), value: word, primary: fc.boolean() },
  { requiredKeys: ['type', 'value'] },
);
const person = fc.record(
  {
    displayName: word,
    title: word,
    externalId: fc.constantFrom('E', 'e', 'F').map((text) => text),
    active: fc.boolean(),
    name: fc.record({ givenName: word, familyName: word }, { requiredKeys: [] }),
    emails: fc.uniqueArray(address, { maxLength: 3, selector: ({ type }) => type }),
    roles: fc.uniqueArray(fc.record({ value: word, primary: fc.boolean() }, { requiredKeys: ['value'] }), {
      maxLength: 2,
      selector: ({ value }) => value.toLowerCase(),
    }),
    [ENTERPRISE]: fc.record({ department: word }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

/** Fills a directory with people and groups; `seed` makes it the same again. Returns them as single reads show them. */
export async function fill(client: Client, people: number, groups: number, seed: number) {
  const ids: string[] = [];
  for (const [index, given] of fc.sample(person, { numRuns: people, seed }).entries()) {
    const { externalId, ...rest } = given;
    const { body } = await client.post('/Users', {
      ...rest,
      userName: `${words[index % words.length]}${index}`,
      ...(externalId && { externalId: `${externalId}${index}` }),
    });
    ids.push(String(body.id));
  }
  const groupIds: string[] = [];
  const member = fc.uniqueArray(fc.nat(people - 1), { maxLength: 6 });
  for (const [index, members] of fc.sample(member, { numRuns: groups, seed }).entries()) {
    groupIds.push(
      await client.group(
        `${words[index % words.length]} ${index}`,
        members.map((at) => ids[at]!),
      ),
    );
  }
  const read = async (paths: string[]) => {
    const found: JsonObject[] = [];
    for (const path of paths) found.push((await client.get(path)).body as unknown as JsonObject);
    return found;
  };
  return {
    users: await read(ids.map((id) => `/Users/${id}`)),
    groups: await read(groupIds.map((id) => `/Groups/${id}`)),
  };
}
