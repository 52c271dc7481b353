import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { intruder, isScimError } from './support/intruder.ts';
import { knock } from './support/knock.ts';

let hub: Hub;
let directory: TestDirectory;
let id: string;
let group: string;
const escaped: unknown[] = [];
const noteEscape = (error: unknown) => void escaped.push(error);
beforeAll(async () => {
  process.on('uncaughtException', noteEscape).on('unhandledRejection', noteEscape);
  hub = await startHub();
  directory = await hub.newDirectory();
  id = (await intruder(directory)('POST', '/Users', { userName: 'ada' })).json.id;
  group = (await intruder(directory)('POST', '/Groups', { displayName: 'G' })).json.id;
});
afterAll(async () => {
  await hub?.stop();
  process.off('uncaughtException', noteEscape).off('unhandledRejection', noteEscape);
});

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const WORK = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const names = fc.constantFrom(
  ...[
    'userName',
    'USERNAME',
    'externalId',
    'active',
    'displayName',
    'name',
    'name.givenName',
    'emails',
    'emails.value',
    'roles',
    'addresses',
    'phoneNumbers',
    'photos',
  ],
  ...[
    'members',
    'manager',
    `${WORK}:manager`,
    `${WORK}:department`,
    WORK,
    CORE,
    'department',
    'id',
    'meta',
    'meta.version',
    'schemas',
    'groups',
    'password',
    'title',
    'timezone',
  ],
  ...[
    'urn:x:2.0:User',
    'urn:x:2.0:User:a',
    'urn:x:y',
    'urn:',
    'x',
    'x.y.z',
    '$ref',
    'toString',
    '__proto__',
    'constructor',
    '',
    ' ',
    '.',
    ':',
    'a[b]',
    'é',
  ],
);
const texts = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    'ada',
    'Ada',
    'True',
    'false',
    'null',
    'work',
    'home',
    '1',
    '\0',
    '\ud800',
    'ß',
    'ΑΣ',
    'İ',
    '"',
    '\\',
    '2020-01-01T00:00:00Z',
    '{"value":"a","primary":true}',
    'usr_00000000000000000000000000',
    '0000-00-00',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const filters = fc
  .array(
    fc.oneof(
      names,
      texts.map((text) => JSON.stringify(text)),
      fc.constantFrom(
        'eq',
        'ne',
        'co',
        'sw',
        'ew',
        'gt',
        'le',
        'pr',
        'and',
        'or',
        'not',
        '(',
        ')',
        '[',
        ']',
        'true',
        '1e3',
        '-5',
        'null',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(' '));
const paths = fc.oneof(
  names,
  fc.tuple(names, filters, names).map(([name, filter, sub]) => `${name}[${filter}].${sub}`),
  fc.tuple(names, names, texts).map(([name, part, text]) => `${name}[${part} eq ${JSON.stringify(text)}]`),
  texts,
);
const json = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(names, fc.constantFrom('value', 'type', 'primary', 'display', '$ref')), tie('json'), {
      maxKeys: 5,
    }),
  ),
})).json;
const operation = fc.record(
  { op: fc.oneof(fc.constantFrom('add', 'Replace', 'REMOVE', 'remove'), texts), path: paths, value: json },
  { requiredKeys: ['op'] },
);
const bodies = fc.oneof(
  fc.record({ Operations: fc.array(operation, { maxLength: 5 }) }).map((body) => JSON.stringify(body)),
  fc
    .tuple(json, texts, texts)
    .map(([more, userName, displayName]) => JSON.stringify({ ...(more as object), userName, displayName })),
  json.map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .tuple(
      json.map((value) => JSON.stringify(value)),
      fc.nat(),
      texts,
    )
    .map(([text, at, piece]) => text.slice(0, at % (text.length + 1)) + piece),
);
const places = fc.oneof(
  fc.constantFrom(
    '/Users',
    '/Groups',
    '/Users/{id}',
    '/Groups/{group}',
    '/Users/{id}',
    '/Groups/{group}',
    '/Schemas',
    '/ServiceProviderConfig',
    '/ResourceTypes',
    '/Me',
    '/Bulk',
    '',
    '/',
    '/Users/.search',
    '/Users/{group}',
    '/Groups/{id}',
    '/Users/{id}/x',
  ),
  texts.map((text) => `/Users/${encodeURIComponent(text.toWellFormed())}`),
);
const queries = fc.dictionary(
  fc.constantFrom(
    'filter',
    'attributes',
    'excludedAttributes',
    'count',
    'startIndex',
    'sortBy',
    'sortOrder',
    'aadOptscim062020',
    '__proto__',
    'x',
  ),
  fc.oneof(filters, paths, fc.integer().map(String), texts),
  { maxKeys: 3 },
);
const methods = fc.constantFrom(
  'GET',
  'GET',
  'POST',
  'POST',
  'PUT',
  'PATCH',
  'PATCH',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
);
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-encoding',
    'accept',
    'if-match',
    'if-none-match',
    'x-request-id',
    'x-forwarded-host',
    'expect',
    'range',
    'prefer',
    'origin',
  ),
  fc.oneof(
    fc.constantFrom(
      'application/json',
      'application/scim+json',
      'application/scim+json; charset=utf-16',
      'text/plain',
      'gzip',
      '*',
      'W/"1"',
      'bytes=0-1',
      '',
    ),
    fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 30 }),
  ),
  { maxKeys: 2 },
);

test('I17 any request is answered by 2xx, 4xx or 503, errors in the form of SCIM, and the process lives', async () => {
  await fc.assert(
    fc.asyncProperty(methods, places, queries, headers, bodies, async (method, place, query, given, body) => {
      const search = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, value.toWellFormed()]),
      );
      // The person and the group stay, so that later requests find them.
      const isKept = method === 'DELETE' && /\{(id|group)\}$/.test(place);
      const path = `${place.replace('{id}', id).replace('{group}', group)}${isKept ? 'x' : ''}?${search}`;
      if (given.expect !== undefined) given.expect = '100-continue';
      const reply = await intruder(directory)(
        method,
        path,
        method === 'GET' || method === 'HEAD' ? undefined : body.toWellFormed(),
        given,
      );
      const isAnswered =
        (reply.status >= 200 && reply.status < 300) ||
        (reply.status >= 400 && reply.status < 500) ||
        reply.status === 503 ||
        reply.status === 501 ||
        reply.status === 304;
      expect([reply.status, isAnswered]).toEqual([reply.status, true]);
      if (reply.status >= 400 && method !== 'HEAD')
        expect([reply.text, isScimError(reply)]).toEqual([reply.text, true]);
      expect(reply.text).not.toMatch(/node_modules|at \w+ \(|\bselect \b.*\bfrom\b|SQLSTATE|violates/);
    }),
    { numRuns: 1_500, endOnFailure: false },
  );
  expect(escaped).toEqual([]);
  expect(hub.log).toEqual([]);
  expect((await knock(hub.url, { path: '/readyz' })).status).toBe(200);
}, 120_000);
