import { filterQuery } from '../filter-query.ts';
import { listed } from '../verdict.ts';
import { does, eventually, keeps, type Step, same } from './scenario.ts';
import type { Stage } from './stage.ts';

/** What "Test Connection" sends, by the matching attribute (entra.md A1). */
export const testConnection = (matchOn: string): Step =>
  keeps('C2', 'the test of the connection is answered with an empty list', async (stage) => {
    const nobody = stage.cast.oid('nobody at all');
    const { status, json } = await stage.send('GET', `/Users?${filterQuery(matchOn, nobody)}`);
    same([status, listed(json)], [200, []]);
  });

/** A cycle in which nothing may be refused. */
export const cycle = (words: string): Step => does(words, (stage) => stage.cycle());

/** The sync runs count what was sent; the log is written beside the requests, so it may come a little later. */
export const countsEqualTheLog = (row: 'C8' | 'S31'): Step =>
  keeps(row, 'the runs count every request that was sent', (stage) =>
    eventually(async () => {
      const { directory } = await stage.hub.ask(
        `{ directory(id: "${stage.directory}") { syncRuns { nodes { requests } } } }`,
      );
      const counts = directory.syncRuns.nodes.map(({ requests }: { requests: number }) => requests);
      same(
        counts.reduce((sum: number, one: number) => sum + one, 0),
        stage.requests(),
      );
    }),
  );

/** The teams that the groups of the stage's directory make, by name of the group. */
export async function teamsOfGroups(stage: Stage): Promise<Record<string, { id: string; name: string } | null>> {
  const { directory } = await stage.hub.ask(
    `{ directory(id: "${stage.directory}") { groups(first: 100) { nodes { displayName team { id name } } } } }`,
  );
  return Object.fromEntries(
    directory.groups.nodes.map(({ displayName, team }: { displayName: string; team: never }) => [displayName, team]),
  );
}

/** Names of the teams a person is in, sorted. */
export async function teamsOf(stage: Stage, name: string): Promise<string[]> {
  const { teams } = await stage.user(name, 'teams(first: 100) { nodes { name } }');
  return teams.nodes.map((team: { name: string }) => team.name).sort();
}

/** A PATCH body with that one operation, as Entra writes it by default. */
export const patch = (op: 'Add' | 'Replace' | 'Remove', path: string, value?: unknown) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op, path, ...(value !== undefined && { value }) }],
});

/** A POST body for somebody who is not in the story's Entra. */
export const stranger = ({ cast }: Stage, name: string, more: object = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  externalId: cast.oid(name),
  userName: `${name.toLowerCase()}@${cast.domain}`,
  active: true,
  name: { givenName: name, familyName: 'Example' },
  emails: [{ primary: true, type: 'work', value: `${name.toLowerCase()}@${cast.domain}` }],
  ...more,
});
