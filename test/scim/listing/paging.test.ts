import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { matches } from '../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { anyScope, resourceScope } from '../../../src/scim/filter/scope.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { fill } from './company.ts';
import { sorted } from './oracle.ts';

/** Named in what a failing run prints. */
const SEED = 20261120;

let hub: Hub;
let client: ReturnType<typeof scimClient>;
let users: JsonObject[];
let groups: JsonObject[];
beforeAll(async () => {
  hub = await startHub();
  client = scimClient(await hub.newDirectory());
  ({ users, groups } = await fill(client, 60, 25, SEED));
});
afterAll(() => hub?.stop());

/** Each attribute as a client may write it, and its path in a record. */
const userPaths: Record<string, string> = {
  userName: 'userName',
  USERNAME: 'userName',
  displayName: 'displayName',
  'name.familyName': 'name.familyName',
  externalId: 'externalId',
  active: 'active',
  emails: 'emails.value',
  'emails.type': 'emails.type',
  roles: 'roles.value',
  groups: 'groups.value',
  'groups.display': 'groups.display',
  id: 'id',
  'meta.location': 'id',
  'meta.created': 'meta.created',
  'meta.lastModified': 'meta.lastModified',
  'meta.version': 'meta.version',
  'urn:ietf:params:scim:schemas:core:2.0:User:title': 'title',
};
const groupPaths: Record<string, string> = {
  displayName: 'displayName',
  externalId: 'externalId',
  members: 'members.value',
  'meta.lastModified': 'meta.lastModified',
};
const bothPaths: Record<string, string> = {
  displayName: 'displayName',
  'meta.resourceType': 'meta.resourceType',
  'meta.created': 'meta.created',
  userName: 'userName',
  members: 'members.value',
};

const filters = [
  'userName pr',
  'displayName co "a"',
  'active eq false',
  'not (displayName sw "z")',
  'groups pr',
  'members pr',
];
const endpoints = fc.constantFrom(
  { place: '/Users', paths: userPaths },
  { place: '/Groups', paths: groupPaths },
  { place: '', paths: bothPaths },
);
const question = endpoints.chain(({ place, paths }) =>
  fc.record({
    place: fc.constant(place),
    by: fc.option(fc.constantFrom(...Object.entries(paths))),
    order: fc.constantFrom('', 'ascending', 'Descending'),
    filter: fc.option(fc.constantFrom(...filters)),
    count: fc.constantFrom(1, 3, 7, 40, 85, 200),
  }),
);
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

function answerable({ place, filter }: Question): boolean {
  if (filter === null || place === '') return true;
  try {
    parseFilter(place === '/Users' ? 'User' : 'Group', filter);
    return true;
  } catch {
    return false;
  }
}

function expected({ place, by, order, filter }: Question): unknown[] {
  const of = (kind: 'User' | 'Group', records: JsonObject[]) => {
    if (filter === null) return records;
    const condition = parseFilter(kind, filter, place === '' ? anyScope(kind) : resourceScope(kind));
    return records.filter((record) => matches(condition, record, kind));
  };
  const found = [...(place === '/Groups' ? [] : of('User', users)), ...(place === '/Users' ? [] : of('Group', groups))];
  return sorted(found, by?.[1] ?? null, by !== null && order === 'Descending').map(({ id }) => id);
}

function query({ by, order, filter, count }: Question, more: string): string {
  const parts = [`count=${count}`, more];
  if (by) parts.push(`sortBy=${encodeURIComponent(by[0])}`, `sortOrder=${order}`);
  if (filter) parts.push(`filter=${encodeURIComponent(filter)}`);
  return parts.join('&');
}

async function page(asked: Question, more: string) {
  const { status, body } = await client.get(`${asked.place}?${query(asked, more)}`);
  expect([asked, status, body.detail]).toEqual([asked, 200, undefined]);
  const ids = (body.Resources as unknown as JsonObject[]).map(({ id }) => id);
  expect(body.itemsPerPage).toBe(ids.length);
  return {
    ids,
    total: body.totalResults as unknown as number,
    body: body as { nextCursor?: string; previousCursor?: string },
  };
}

const settings = { numRuns: 150, seed: SEED };

describe('every match is on one page, in order', () => {
  test('by index', async () => {
    await fc.assert(
      fc.asyncProperty(question.filter(answerable), async (asked) => {
        const all = expected(asked);
        const seen: unknown[] = [];
        do {
          const { ids, total } = await page(asked, `startIndex=${seen.length + 1}`);
          expect(total).toBe(all.length);
          if (ids.length === 0) break;
          seen.push(...ids);
        } while (seen.length < all.length);
        expect(seen).toEqual(all);
      }),
      settings,
    );
  });

  test('by cursor, there and back', async () => {
    await fc.assert(
      fc.asyncProperty(question.filter(answerable), async (asked) => {
        const all = expected(asked);
        const pages: unknown[][] = [];
        let last: Awaited<ReturnType<typeof page>>;
        let cursor: string | undefined = '';
        do {
          last = await page(asked, `cursor=${cursor}`);
          expect(last.total).toBe(all.length);
          pages.push(last.ids);
          expect(last.body.previousCursor === undefined).toBe(pages.length === 1);
          cursor = last.body.nextCursor;
          expect(cursor ?? 'a').toMatch(/^[A-Za-z0-9._~-]+$/);
        } while (cursor !== undefined);
        expect(pages.flat()).toEqual(all);
        for (let index = pages.length - 2; index >= 0; index--) {
          last = await page(asked, `cursor=${last.body.previousCursor}`);
          expect(last.ids).toEqual(pages[index]);
          expect(last.body.nextCursor).toBeDefined();
        }
        expect(last.body.previousCursor).toBeUndefined();
      }),
      settings,
    );
  });
});

test('a walk by cursor sees all who stay, whoever comes and goes meanwhile', async () => {
  const own = scimClient(await hub.newDirectory());
  const ids = await own.people(...Array.from({ length: 12 }, (_, index) => `p${String(index).padStart(2, '0')}`));
  const seen: unknown[] = [];
  let path: string | null = '/Users?sortBy=userName&count=3&cursor=';
  for (let round = 0; path !== null; round++) {
    const { body } = await own.get(path);
    seen.push(...(body.Resources as unknown as JsonObject[]).map(({ userName }) => userName));
    await own.people(`a${round}`, `p0${round}x`);
    if (round < 2) await own.delete(`/Users/${ids[round]}`);
    path = body.nextCursor ? `/Users?sortBy=userName&count=3&cursor=${body.nextCursor}` : null;
  }
  const stayed = Array.from({ length: 12 }, (_, index) => `p${String(index).padStart(2, '0')}`);
  expect(seen).toEqual(expect.arrayContaining(stayed));
  expect(new Set(seen).size).toBe(seen.length);
});
