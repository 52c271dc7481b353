import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { intruder, isScimError, operations } from './support/intruder.ts';

let hub: Hub;
let directory: TestDirectory;
let id: string;
let group: string;
beforeAll(async () => {
  hub = await startHub();
  directory = await hub.newDirectory();
  id = (await intruder(directory)('POST', '/Users', { userName: 'ada' })).json.id;
  group = (await intruder(directory)('POST', '/Groups', { displayName: 'G' })).json.id;
});
afterAll(() => hub?.stop());

const known = new Map(
  [Object.prototype, Array.prototype, Function.prototype, String.prototype].map((it) => [it, shape(it)]),
);
function shape(object: object) {
  return Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)]);
}

afterEach(async () => {
  for (const [prototype, before] of known) expect(shape(prototype)).toEqual(before);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  const next = await intruder(directory)('GET', `/Users/${id}`);
  expect([next.status, next.json.userName]).toEqual([200, 'ada']);
  expect(Object.keys(next.json)).not.toContain('polluted');
});

const names = ['__proto__', 'constructor', 'prototype', '__PROTO__', 'Constructor'];
const roads = names.flatMap((name) => [
  `${name}.polluted`,
  `${name}.prototype.polluted`,
  `name.${name}.polluted`,
  `emails.${name}`,
  `emails[type eq "work"].${name}`,
  `emails[${name} eq "x"].value`,
  `emails[${name}.polluted eq "x"]`,
  `urn:${name}:polluted`,
  `urn:x:2.0:User:${name}.polluted`,
  `urn:ietf:params:scim:schemas:core:2.0:User:${name}`,
  `unknown[${name} eq "x"].polluted`,
  name,
]);

/** Bodies are written as text: a literal `__proto__` in an object of this program would not be a key. */
const holders = names.flatMap((name) => [
  `{"${name}":{"polluted":1}}`,
  `{"${name}.polluted":1}`,
  `{"${name}":{"prototype":{"polluted":1}}}`,
  `{"name":{"${name}":{"polluted":1}}}`,
  `{"emails":[{"type":"work","value":"a@b","${name}":{"polluted":1}}]}`,
  `{"urn:x:2.0:User":{"${name}":{"polluted":1}}}`,
  `{"urn:${name}:2.0:User":{"polluted":1}}`,
  `{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"${name}":{"polluted":1}}}`,
  `{"deep":[[{"${name}":{"polluted":1}}]]}`,
]);

describe('payloads that reach for a prototype', () => {
  test.each(['add', 'replace', 'remove'])('A22 as the path of a %s are 400', async (op) => {
    for (const path of roads) {
      for (const value of [1, { polluted: 1 }, undefined]) {
        for (const place of [`/Users/${id}`, `/Groups/${group}`]) {
          const reply = await intruder(directory)('PATCH', place, operations({ op, path, value }));
          expect([path, reply.status, isScimError(reply)]).toEqual([path, 400, true]);
        }
      }
    }
  });

  test('A22 as the value of an operation are 400', async () => {
    for (const holder of holders) {
      for (const path of ['', '"path":"name",', '"path":"urn:x:2.0:User",', '"path":"unknown",', '"path":"emails",']) {
        const body = `{"Operations":[{"op":"add",${path}"value":${holder}}]}`;
        expect([body, (await intruder(directory)('PATCH', `/Users/${id}`, body)).status]).toEqual([body, 400]);
      }
    }
  });

  test('A22 in the body of a POST or PUT are 400', async () => {
    for (const holder of holders) {
      const body = `{"userName":"eve","displayName":"Eve",${holder.slice(1)}`;
      for (const [method, place] of [
        ['POST', '/Users'],
        ['PUT', `/Users/${id}`],
        ['POST', '/Groups'],
        ['PUT', `/Groups/${group}`],
      ] as const) {
        expect([body, (await intruder(directory)(method, place, body)).status]).toEqual([body, 400]);
      }
    }
  });

  test('A22 around the operations of a PATCH do nothing', async () => {
    for (const name of names) {
      const bodies = [
        `{"${name}":{"Operations":[{"op":"add","path":"title","value":"x"}]}}`,
        `{"Operations":[{"${name}":{"op":"add"},"path":"title","value":"x"}]}`,
        `{"Operations":{"${name}":{"polluted":1}}}`,
      ];
      for (const body of bodies) expect((await intruder(directory)('PATCH', `/Users/${id}`, body)).status).toBe(400);
    }
  });

  test('A22 in queries and filters are refused or find nothing', async () => {
    for (const road of roads) {
      const asked = encodeURIComponent(`${road} eq "x"`);
      const { status, json } = await intruder(directory)(
        'GET',
        `/Users?filter=${asked}&${encodeURIComponent(road)}=1&__proto__[x]=1&constructor=2`,
      );
      expect([road, status, json.scimType]).toEqual([road, 400, 'invalidFilter']);
      const names = encodeURIComponent(road);
      expect((await intruder(directory)('GET', `/Users?attributes=${names}`)).status).toBe(200);
      expect((await intruder(directory)('GET', `/Users?excludedAttributes=${names}`)).status).toBe(200);
    }
  });

  test('A22 of names that every object has are kept as plain attributes', async () => {
    for (const name of ['toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']) {
      const kept = await intruder(directory)(
        'PATCH',
        `/Users/${id}`,
        operations({ op: 'add', path: `${name}.x`, value: 'y' }),
      );
      expect([200, 400]).toContain(kept.status);
      const gone = await intruder(directory)('PATCH', `/Users/${id}`, operations({ op: 'remove', path: name }));
      expect([200, 400]).toContain(gone.status);
    }
  });
});
