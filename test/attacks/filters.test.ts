import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { filter, intruder, isScimError, operations } from './support/intruder.ts';
import { eventsOf } from './support/state.ts';

let hub: Hub;
let tenantId: string;
let directory: TestDirectory;
let id: string;
beforeAll(async () => {
  hub = await startHub();
  tenantId = (await hub.newTenant()).id;
  directory = await hub.newDirectory(tenantId);
  id = (await intruder(directory)('POST', '/Users', { userName: 'ada' })).json.id;
});
afterAll(() => hub?.stop());

const wrapped = (depth: number, open: string, close: string, inside = 'title pr') =>
  open.repeat(depth) + inside + close.repeat(depth);

describe('a filter that nests', () => {
  test.each([
    ['parentheses', '(', ')'],
    ['not', 'not (', ')'],
    ['brackets', 'emails[', ']'],
    ['brackets of the unknown', 'urn:x:2.0:User:a[', ']'],
  ])('A29 %s deeper than 20 is invalidFilter, and up to 20 is answered or refused', async (_what, open, close) => {
    for (const depth of [1, 5, 19, 20, 21, 22, 100, 300]) {
      const reply = await intruder(directory)('GET', `/Users${filter(wrapped(depth, open, close))}`);
      expect([depth, reply.status]).toEqual([depth, depth > 20 ? 400 : expect.toBeOneOf([200, 400])]);
      if (reply.status === 400) expect(reply.json.scimType).toBe('invalidFilter');
    }
    expect((await intruder(directory)('GET', `/Users/${id}`)).status).toBe(200);
  });

  test('A29 5,000 parentheses, not( or brackets are refused, whole or unclosed', async () => {
    for (const piece of [
      '(',
      ')',
      '[',
      ']',
      'not(',
      'not (',
      'a[',
      '"',
      '\\',
      'not ',
      '((',
      '()',
      '[]',
      'a and ',
      'a eq ',
    ]) {
      for (const count of [21, 1_000, 3_900]) {
        const { status, json } = await intruder(directory)('GET', `/Users${filter(piece.repeat(count))}`);
        // What does not fit in the head of a request is refused before any of it is read.
        expect([piece, count, status]).toEqual([piece, count, expect.toBeOneOf([400, 431])]);
        expect(json?.scimType).toBe(status === 400 ? 'invalidFilter' : undefined);
      }
    }
  });

  test('A29 a PATCH path of 1,000,000 brackets is refused, and so is one filter longer than 4,096 characters', async () => {
    for (const piece of ['(', 'not(', '[', 'emails[', 'a[b[', '"', '.', ':', ' ']) {
      for (const count of [21, 4_097, 200_000]) {
        const path = `emails[${piece.repeat(count)}`;
        const reply = await intruder(directory)('PATCH', `/Users/${id}`, operations({ op: 'add', path, value: 'x' }));
        expect([piece, count, reply.status, isScimError(reply)]).toEqual([
          piece,
          count,
          expect.toBeOneOf([400, 413]),
          true,
        ]);
        expect(reply.text.length).toBeLessThan(1_000);
      }
    }
    const long = await intruder(directory)('GET', `/Users${filter(`title eq "${'x'.repeat(4_096)}"`)}`);
    expect([long.status, long.json.scimType]).toEqual([400, 'invalidFilter']);
  });
});

test('A29 the widest filter that fits is answered', async () => {
  const terms = Array.from({ length: 200 }, (_, index) => `title eq "${index}"`);
  for (const word of [' or ', ' and ']) {
    expect((await intruder(directory)('GET', `/Users${filter(terms.join(word))}`)).status).toBe(200);
  }
  const deep = Array.from({ length: 60 }, () => 'emails[type eq "a" and not (value co "b" or primary eq true)]').join(
    ' or ',
  );
  expect((await intruder(directory)('GET', `/Users${filter(deep)}`)).status).toBe(200);
});

test('A29 many filters in one PATCH are bounded, and the hub answers others meanwhile', async () => {
  const path = `emails[${Array.from({ length: 190 }, () => 'type eq "work"').join(' or ')}].value`.slice(0, 4_000);
  const many = operations(...Array.from({ length: 240 }, () => ({ op: 'remove', path })));
  const [attack, other] = await Promise.all([
    intruder(directory)('PATCH', `/Users/${id}`, many),
    intruder(directory)('GET', `/Users/${id}`),
  ]);
  expect([200, 400, 413]).toContain(attack.status);
  expect(other.status).toBe(200);
});

test('A29 each refused filter leaves one event without the filter in it', async () => {
  const before = (await eventsOf(hub, tenantId, 'request.refused')).length;
  await intruder(directory)('GET', `/Users${filter('title eq "canary-77')}`);
  const after = await eventsOf(hub, tenantId, 'request.refused');
  expect(after).toHaveLength(before + 1);
  expect(JSON.stringify(after)).not.toContain('canary-77');
});
