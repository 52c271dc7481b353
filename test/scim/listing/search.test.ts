import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
let client: ReturnType<typeof scimClient>;
beforeAll(async () => {
  hub = await startHub();
  client = scimClient(await hub.newDirectory());
  const ids = await client.people('ada', 'bob', 'cy');
  await client.group('ada and bob', ids.slice(0, 2));
});
afterAll(() => hub?.stop());

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
type Found = { meta: { resourceType: string }; userName?: string; displayName?: string };
const found = (body: Record<string, unknown>) =>
  (body.Resources as Found[]).map(({ userName, displayName }) => userName ?? displayName);

describe('POST .search', () => {
  test('H5 answers as the GET with the same question', async () => {
    const question = {
      filter: 'userName sw "b" or userName sw "c"',
      sortBy: 'userName',
      sortOrder: 'descending',
      count: 1,
    };
    const { status, body } = await client.post('/Users/.search', { schemas: [SEARCH], ...question });
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalResults: 2, itemsPerPage: 1, startIndex: 1 });
    const query = new URLSearchParams({ ...question, count: '1' });
    expect(body).toEqual((await client.get(`/Users?${query}`)).body);
  });

  test('H5 takes lists of attributes or texts, numbers as texts, nulls, and a message without schemas', async () => {
    for (const attributes of [['userName'], 'userName', ['USERNAME', 'nothing']]) {
      const { body } = await client.post('/Users/.search', { attributes, count: '2', startIndex: '2', filter: null });
      expect(body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 2 });
      expect(Object.keys((body.Resources as unknown as object[])[0]!)).toEqual(['schemas', 'id', 'userName']);
    }
    const { body } = await client.post('/Groups/.search', { ExcludedAttributes: ['members', 'meta'] });
    expect(Object.keys((body.Resources as unknown as object[])[0]!)).toEqual(['schemas', 'id', 'displayName']);
  });

  test('RFC 9865 takes a cursor in the body, and gives one that a GET can go on with', async () => {
    const { body } = await client.post('/Users/.search', { cursor: '', count: 2, sortBy: 'userName' });
    const next = await client.get(`/Users?sortBy=userName&count=2&cursor=${body.nextCursor}`);
    expect([...found(body), ...found(next.body)]).toEqual(['ada', 'bob', 'cy']);
  });

  test.each([
    ['[]', 'invalidSyntax'],
    ['"x"', 'invalidSyntax'],
    ['{"filter":1,"count":{}}', 'invalidSyntax'],
    ['{"filter":["x"]}', 'invalidSyntax'],
    ['{"attributes":[1]}', 'invalidSyntax'],
    ['{"filter":"userName"}', 'invalidFilter'],
    ['{"count":"x"}', 'invalidValue'],
    ['{"sortBy":"nothing"}', 'invalidValue'],
    ['{"attributes":["id"],"excludedAttributes":["name"]}', 'invalidValue'],
    ['{"cursor":"x"}', 'invalidCursor'],
  ])('H5 %s is 400 %s', async (text, scimType) => {
    const { status, body } = await client.post('/Users/.search', text);
    expect([status, body.scimType]).toEqual([400, scimType]);
  });
});

describe('the root', () => {
  test('H5 F3 lists people and groups together, each as itself', async () => {
    for (const answer of [await client.get(''), await client.get('/'), await client.post('/.search', {})]) {
      expect(answer.status).toBe(200);
      expect(answer.body.totalResults).toBe(4);
      const kinds = (answer.body.Resources as unknown as Found[]).map(({ meta }) => meta.resourceType);
      expect(kinds.toSorted()).toEqual(['Group', 'User', 'User', 'User']);
    }
  });

  test('H5 finds by what one kind has, and by the kind', async () => {
    const names = async (filter: string) => found((await client.get(`?filter=${encodeURIComponent(filter)}`)).body);
    expect(await names('userName eq "ada"')).toEqual(['ada']);
    expect(await names('displayName sw "ada"')).toEqual(['ada and bob']);
    expect(await names('meta.resourceType eq "Group"')).toEqual(['ada and bob']);
    expect(await names('members pr or userName eq "cy"')).toEqual(['cy', 'ada and bob']);
    expect((await client.get('?filter=nothing%20eq%20"x"')).body.scimType).toBe('invalidFilter');
  });

  test('H5 shows only what is asked for of each', async () => {
    const { body } = await client.post('/.search', {
      attributes: ['userName', 'displayName'],
      sortBy: 'meta.resourceType',
    });
    expect((body.Resources as unknown as object[]).map((one) => Object.keys(one))).toEqual([
      ['schemas', 'id', 'displayName'],
      ...Array.from({ length: 3 }, () => ['schemas', 'id', 'userName']),
    ]);
  });
});
