import type { DirectoryPolicy } from '../../../src/domain/directories/directory-policy.ts';
import type { Hub } from '../../support/hub.ts';
import { companyOf } from '../admission/company.ts';

/** A company whose brake lets three people go within an hour, unless told otherwise, with so many people in it. */
export async function brakedCompany(hub: Hub, people: number, policy: Partial<DirectoryPolicy> = {}) {
  const company = await companyOf(hub, 'ENTRA_STANDARD', { brakeMinimum: 3, brakePercent: 1, ...policy });
  const ids: string[] = [];
  for (let n = 0; n < people; n++) ids.push(String((await company.send(`p${n}`)).body.id));
  const { ask, directory, mutate } = company;
  return {
    ...company,
    ids,
    /** The directory's state, with its brake. */
    brake: async () =>
      (await ask(`query ($id: ID!) { directory(id: $id) { state brake { ${BRAKE} } } }`, directory)).data.directory,
    release: (decision: 'ALLOW_HELD' | 'RESTORE') =>
      mutate(
        `releaseBrake(directory: "${directory.id}", decision: ${decision}) { directory { state brake { reason } } problems { code message } }`,
      ),
    /** Those of these names that events of the company have, one for each event. */
    told: async (...names: string[]): Promise<string[]> => {
      const query = 'query ($names: [String!]) { events(first: 100, names: $names) { nodes { name } } }';
      return (await ask(query, { names })).data.events.nodes.map(({ name }: { name: string }) => name).sort();
    },
    statuses: async (): Promise<string[]> => {
      const query = 'query ($id: ID!) { user(id: $id) { status } }';
      const seen = await Promise.all(ids.map((id) => ask(query, { id })));
      return seen.map(({ data }) => data.user?.status ?? 'GONE');
    },
    lockOf: async (id: string) =>
      (await ask('query ($id: ID!) { user(id: $id) { lock { reason deletable } } }', { id })).data.user.lock,
    teamsOf: async (id: string): Promise<string[]> => {
      const { data } = await ask('query ($id: ID!) { user(id: $id) { teams { nodes { name } } } }', { id });
      return data.user.teams.nodes.map(({ name }: { name: string }) => name);
    },
  };
}

const BRAKE = 'reason counted limit decision held { deactivations deletions removals creates } sample { id }';
