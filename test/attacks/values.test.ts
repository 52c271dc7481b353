import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { filter, intruder, isScimError, operations } from './support/intruder.ts';
import { stateOf } from './support/state.ts';

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

const objects: unknown[] = [
  { __raw: '1=1' },
  { $ne: null },
  { toString: 'x' },
  { toJSON: 1 },
  [['x', 'y']],
  [{}, {}],
  { sql: 'x', params: [] },
  true,
  [1, 2],
];

describe('values of the wrong type', () => {
  const texts = ['userName', 'displayName', 'title', 'externalId', 'nickName', 'locale', 'name.givenName'];

  test('A24 objects and lists where text is due are 400, and change nothing', async () => {
    const before = await stateOf(hub, tenantId);
    for (const attribute of texts) {
      for (const value of objects) {
        const body = { userName: 'eve', [attribute]: value };
        const patch = operations({ op: 'replace', path: attribute, value });
        for (const reply of [
          await intruder(directory)('POST', '/Users', body),
          await intruder(directory)('PUT', `/Users/${id}`, body),
          await intruder(directory)('PATCH', `/Users/${id}`, patch),
        ]) {
          expect([attribute, value, reply.status, isScimError(reply)]).toEqual([attribute, value, 400, true]);
          expect(reply.json.detail).toContain(attribute.split('.')[0]);
        }
      }
    }
    expect(await stateOf(hub, tenantId)).toEqual(before);
  });

  test('A24 anything at all in place of members, operations, ops and paths is never a server error', async () => {
    for (const value of [...objects, null, '', 'x', 0, -1, 1e308, '1e400', [], {}]) {
      const bodies = [
        { Operations: value },
        { Operations: [value] },
        operations({ op: value, path: 'title', value: 'x' }),
        operations({ op: 'add', path: value, value: 'x' }),
        operations({ op: 'add', path: 'emails[type eq "work"].value', value }),
        operations({ op: 'add', path: 'active', value }),
        operations({ op: 'add', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', value }),
        operations({ op: 'add', path: 'members', value }),
        operations({ op: 'remove', path: 'members', value }),
        operations({ op: 'add', path: 'roles', value }),
        value,
      ];
      for (const body of bodies) {
        for (const place of [`/Users/${id}`, `/Groups/${group}`]) {
          const { status } = await intruder(directory)('PATCH', place, body);
          expect([body, status]).toEqual([body, expect.toBeOneOf([200, 204, 400])]);
        }
      }
      const members = await intruder(directory)('POST', '/Groups', {
        displayName: `g ${JSON.stringify(value)}`,
        members: value,
      });
      expect([value, members.status]).toEqual([value, expect.toBeOneOf([201, 400])]);
    }
  });

  test('A24 numbers that JavaScript or PostgreSQL cannot hold are refused or kept, never a server error', async () => {
    for (const number of ['1e400', '-1e400', '1e308', '5e-324', '-0', '123456789012345678901234567890', '0.1e-307']) {
      const body = `{"userName":"n${number}","urn:x:2.0:User":{"n":${number}},"externalId":${number}}`;
      const { status } = await intruder(directory)('POST', '/Users', body);
      expect([number, status]).toEqual([number, expect.toBeOneOf([201, 400])]);
    }
  });
});

const junk = [
  "'",
  "';drop table users;--",
  '$1',
  '$1::text',
  '%s',
  '\\',
  '\\x00',
  '{}',
  '[]',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1.5',
  '1e3',
  '٣',
  '0x10',
  ' 1 ',
  '+',
  '*',
  '(select 1)',
  '`',
  '${',
  '😀',
  'a,b',
  ',,,',
  '..',
  '.',
  ':',
  'urn:',
  'urn::',
  'urn:a:',
];
const names = [
  'filter',
  'sortBy',
  'sortOrder',
  'attributes',
  'excludedAttributes',
  'count',
  'startIndex',
  'FILTER',
  'filter[]',
  'cursor',
];

test('A25 junk in every parameter of a list is answered by 200 or 400, never by a server error', async () => {
  for (const name of names) {
    for (const value of junk) {
      for (const place of ['/Users', '/Groups', `/Users/${id}`, `/Groups/${group}`]) {
        const reply = await intruder(directory)(
          'GET',
          `${place}?${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
        );
        expect([place, name, value, reply.status]).toEqual([place, name, value, expect.toBeOneOf([200, 400])]);
        if (reply.status === 400) expect(isScimError(reply)).toBe(true);
      }
    }
  }
});

test('A25 dates at the edge of time and beyond are answered', async () => {
  for (const day of [
    '0000-01-01',
    '0001-01-01',
    '0099-12-31',
    '9999-12-31',
    '2024-02-30',
    '2016-12-31T23:59:60Z',
    '0000-01-01T00:00:00+23:59',
    '9999-12-31T23:59:59-23:59',
    '0001-01-01T00:00:00+14:00',
  ]) {
    for (const op of ['eq', 'ne', 'gt', 'le', 'co']) {
      for (const name of ['meta.created', 'meta.lastModified']) {
        for (const place of ['/Users', '/Groups']) {
          const { status } = await intruder(directory)('GET', `${place}${filter(`${name} ${op} "${day}"`)}`);
          expect([name, op, day, status]).toEqual([name, op, day, expect.toBeOneOf([200, 400])]);
        }
      }
    }
  }
});

test('A24 A25 the text of a statement never holds anything that a client sent, only placeholders', async () => {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  const mark = 'qzx7';
  const send = intruder(directory);
  const shapes = [
    `userName eq "${mark}"`,
    `title co "${mark}'"`,
    `emails[type eq "${mark}" and value sw "${mark}"]`,
    `urn:${mark}:2.0:User:${mark} eq "${mark}"`,
    `urn:${mark}:2.0:User:${mark}[${mark} eq "${mark}"].${mark} pr`,
    `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:${mark} eq "${mark}"`,
    `roles[value eq "${mark}"] or not (displayName ge "${mark}")`,
    `externalId eq ${mark}`,
    `id eq "${mark}"`,
  ];
  for (const shape of shapes)
    await send('GET', `/Users${filter(shape)}&sortBy=${mark}&sortOrder=${mark}&attributes=${mark}`);
  await send('GET', `/Groups${filter(`members[value eq "${mark}"] or displayName sw "${mark}"`)}`);
  const body = { userName: mark, [mark]: { [mark]: mark }, emails: [{ type: mark, value: mark, [mark]: mark }] };
  const made = await send('POST', '/Users', body, { 'X-Request-Id': `request-${mark}` });
  await send(
    'PATCH',
    `/Users/${made.json.id}`,
    operations({ op: 'add', path: `${mark}[${mark} eq "${mark}"].${mark}`, value: mark }),
  );
  await send('GET', `/Users/${mark}`);
  const texts = query.mock.calls.map(([first]) =>
    typeof first === 'string' ? first : (first as unknown as { text: string }).text,
  );
  query.mockRestore();
  expect(made.status).toBe(201);
  expect(texts.length).toBeGreaterThan(shapes.length);
  expect(texts.filter((text) => text.includes(mark))).toEqual([]);
});
