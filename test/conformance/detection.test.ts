import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DialectName } from '../../src/conformance/dialect.ts';
import { runConformance } from '../../src/conformance/run.ts';
import { type Bug, WrongPeer } from './wrong-peer.ts';

const peer = new WrongPeer();
let url: string;
beforeAll(async () => {
  url = await peer.listen();
});
afterAll(() => peer.close());

/** Marks of the checks with that title. */
async function marks(title: string, dialects: DialectName[] = ['verbose', 'batched']): Promise<string[]> {
  const { outcomes } = await runConformance({ url, token: 'x', name: 'a peer', dialects, only: title });
  return outcomes.filter((one) => one.title === title).map(({ mark }) => mark);
}

/** What a server gets wrong, and the check that must see it. */
const caught: [Bug, string][] = [
  ['remove-members clears the group', 'Patch Group - Remove Member'],
  ['remove-members clears the group', 'remove by members[value eq …] takes that member and no other.'],
  ['404 on an empty filter', 'Filter for a non-existing user'],
  ['404 on an empty filter', 'A filter that no User matches is 200 with an empty list.'],
  ['the status of errors is a number', 'The error for an unknown id says its status, as a string.'],
  ['excludedAttributes is ignored', 'Get group by id excluding members'],
  ['excludedAttributes is ignored', 'excludedAttributes leaves out what it names and nothing else.'],
  ['valuePath is noTarget', 'Patch User - Add Attributes Verbose Request'],
  ['ETag is ignored', 'PATCH with another version is 412, and changes nothing.'],
  ['ETag is ignored', 'DELETE with another version is 412, and changes nothing.'],
  ['filters are ignored', 'Filter for an existing user'],
  ['a duplicate is created', 'Create a duplicate User'],
  ['a duplicate is created', 'A userName that is taken is 409 uniqueness.'],
  ['application/json', 'A list is answered as application/scim+json.'],
  ['no Location', 'The answer to a new User has its address as Location.'],
  ['PATCH is not atomic', 'When one operation is refused, none is applied.'],
  ['PATCH answers what was before', 'A 200 shows the resource as it is then.'],
  ['add doubles a member', 'add of a member that is there adds nobody twice.'],
  ['primary stays where it was', 'A value that replace makes primary takes that from the other.'],
  ['undeclared attributes', 'A user has no attribute that the published schemas do not declare.'],
  ['count is ignored', 'count is the most that a page holds.'],
  ['startIndex is ignored', 'The pages together hold everybody once.'],
  ['deleted users stay', 'Delete the same User twice'],
  ['filters look at case', 'Filter for an existing user with a different case'],
  ['sub-attributes are lost', 'emails: what POST, PATCH and PUT write is read back.'],
];

describe('a wrong server is found out', () => {
  test.each(caught)('%s: by "%s"', async (bug, title) => {
    const right = await marks(title);
    expect(right.length).toBeGreaterThan(0);
    expect(new Set(right)).toEqual(new Set(['pass']));
    peer.bugs.add(bug);
    const wrong = await marks(title);
    peer.bugs.delete(bug);
    // Doubled members break a SHOULD; the rest are MUSTs.
    expect(new Set(wrong)).toEqual(new Set([bug === 'add doubles a member' ? 'warn' : 'fail']));
  });
});

test('everything a run made is deleted again, also by checks that failed', async () => {
  peer.bugs.add('sub-attributes are lost').add('add doubles a member').add('excludedAttributes is ignored');
  for (const store of Object.values(peer.stores)) store.clear();
  const { ok } = await runConformance({ url, token: 'x', name: 'a peer', dialects: ['verbose'], only: 'user' });
  peer.bugs.clear();
  expect(ok).toBe(false);
  expect([...peer.stores.Users!.values(), ...peer.stores.Groups!.values()]).toEqual([]);
});

test('what the server declares unsupported is skipped with the reason, not failed', async () => {
  const { outcomes } = await runConformance({ url, token: 'x', name: 'a peer', dialects: [], only: '3.7' });
  expect(outcomes.length).toBeGreaterThan(15);
  for (const { mark, why } of outcomes) expect([mark, why]).toEqual(['skip', 'ServiceProviderConfig: no bulk']);
});
