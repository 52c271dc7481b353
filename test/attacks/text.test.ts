import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { filter, intruder, isScimError } from './support/intruder.ts';
import { eventsOf, stateOf } from './support/state.ts';

let hub: Hub;
let tenantId: string;
let directory: TestDirectory;
let id: string;
let group: string;
beforeAll(async () => {
  hub = await startHub();
  tenantId = (await hub.newTenant()).id;
  directory = await hub.newDirectory(tenantId);
  id = (await intruder(directory)('POST', '/Users', { userName: 'ada' })).json.id;
  group = (await intruder(directory)('POST', '/Groups', { displayName: 'G' })).json.id;
});
afterAll(() => hub?.stop());

/** What is no text to PostgreSQL, as it is written inside of a JSON string. */
const broken = ['\\u0000', '\\ud800', '\\udc00x', 'a\\u0000b', '\\ud800\\ud800', '\\udfff\\ud800'];

/** Every place of a request body that takes a text; `#` is where it goes. */
const bodies: [method: string, place: () => string, body: string][] = [
  ['POST', () => '/Users', '{"userName":"#"}'],
  ['POST', () => '/Users', '{"userName":"x","externalId":"#"}'],
  ['POST', () => '/Users', '{"userName":"x","name":{"givenName":"#"}}'],
  ['POST', () => '/Users', '{"userName":"x","emails":[{"type":"#","value":"v"}]}'],
  ['POST', () => '/Users', '{"userName":"x","roles":["{\\"value\\":\\"#\\"}"]}'],
  ['POST', () => '/Users', '{"userName":"x","#":"v"}'],
  ['POST', () => '/Users', '{"userName":"x","urn:x#:2.0:User":{"a":"b"}}'],
  ['POST', () => '/Users', '{"userName":"x","urn:x:2.0:User":{"#":["b"]}}'],
  ['POST', () => '/Users', '{"userName":"x","deep":[[{"a":"#"}]]}'],
  ['POST', () => '/Groups', '{"displayName":"#"}'],
  ['POST', () => '/Groups', '{"displayName":"x","members":[{"value":"#"}]}'],
  ['PUT', () => `/Users/${id}`, '{"userName":"#"}'],
  ['PUT', () => `/Groups/${group}`, '{"displayName":"#"}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"#","path":"title","value":"x"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","path":"#","value":"x"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","path":"#","value":"\\u0000"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","path":"title#","value":"x"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","path":"groups[#]","value":"x"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","path":"meta[value eq \\"#\\"]","value":"x"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","path":"emails[type eq \\"#\\"].value","value":"x"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","path":"emails[type eq \\"x\\"].#","value":"x"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","path":"urn:x#:2.0:User","value":"x"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","path":"urn:x:2.0:User:a","value":"#"}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","value":{"#":"x"}}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","value":{"emails[type eq \\"#\\"].value":"x"}}]}'],
  ['PATCH', () => `/Users/${id}`, '{"Operations":[{"op":"add","value":{"id":"#"}}]}'],
  ['PATCH', () => `/Groups/${group}`, '{"Operations":[{"op":"add","path":"members","value":[{"value":"#"}]}]}'],
  ['PATCH', () => `/Groups/${group}`, '{"Operations":[{"op":"remove","path":"members[value eq \\"#\\"]"}]}'],
  ['PATCH', () => `/Groups/${group}`, '{"Operations":[{"op":"replace","path":"displayName","value":"#"}]}'],
  ['PATCH', () => `/Groups/${group}`, '{"Operations":[{"op":"add","path":"members[#].display","value":"x"}]}'],
];

test.each(bodies)(
  'A25 NUL and lone surrogates in a %s are 400 with an event, and change nothing: %#',
  async (method, place, body) => {
    const before = await stateOf(hub, tenantId);
    for (const text of broken) {
      const refusals = (await eventsOf(hub, tenantId, 'request.refused')).length;
      const reply = await intruder(directory)(method, place(), body.replaceAll('#', text));
      expect([text, reply.status, isScimError(reply)]).toEqual([text, 400, true]);
      expect(reply.text.isWellFormed()).toBe(true);
      expect(await eventsOf(hub, tenantId, 'request.refused')).toHaveLength(refusals + 1);
    }
    expect(await stateOf(hub, tenantId)).toEqual(before);
  },
);

test('A25 NUL, broken percent signs and raw bytes in an address are answered', async () => {
  const texts = ['%00', '%ed%a0%80', '%ff', '%', '%e0%a4%a', '%u0000', '%2500', '%0d%0aSet-Cookie:x', '%C0%80'];
  for (const text of texts) {
    for (const place of [`/Users/${text}`, `/Groups/${text}`, `/Users/${id}${text}`, `/Schemas/${text}`, `/${text}`]) {
      for (const method of ['GET', 'DELETE']) {
        const reply = await intruder(directory)(method, place);
        expect([method, place, reply.status]).toEqual([method, place, expect.toBeOneOf([400, 404, 405])]);
        expect(isScimError(reply)).toBe(true);
        expect(reply.headers['set-cookie']).toBeUndefined();
      }
      const put = await intruder(directory)('PUT', place, { userName: 'x', displayName: 'x' });
      expect([place, put.status]).toEqual([place, expect.toBeOneOf([400, 404, 405])]);
    }
    for (const name of ['filter', 'attributes', 'count', text]) {
      const reply = await intruder(directory)('GET', `/Users?${name}=${text}&${text}`);
      expect([name, text, reply.status]).toEqual([name, text, expect.toBeOneOf([200, 400])]);
    }
  }
});

test('A25 NUL and lone surrogates in the value of a filter are invalidFilter', async () => {
  for (const text of broken) {
    for (const shape of [
      `userName eq "${text}"`,
      `urn:x:2.0:User:a eq "${text}"`,
      `emails[value eq "${text}"]`,
      `id eq "${text}"`,
    ]) {
      const { status, json } = await intruder(directory)('GET', `/Users${filter(shape)}`);
      expect([shape, status, json.scimType]).toEqual([shape, 400, 'invalidFilter']);
    }
  }
});
