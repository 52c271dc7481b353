import type { DirectoryPolicy } from '../../../src/domain/directories/directory-policy.ts';
import type { Preset } from '../../../src/domain/presets/presets.ts';
import { type Ask, askAs } from '../../graphql/ask.ts';
import type { Hub } from '../../support/hub.ts';
import { type Answer, scimClient } from '../../support/scim-client.ts';

/** Where a person stands, as an admin sees it. */
export type Seen = { status: string; visible: boolean; waitsFor: string | null; kind: string };

/** A tenant with one directory of that preset, seen from both sides. */
export async function companyOf(hub: Hub, preset: Preset, policy: Partial<DirectoryPolicy> = {}) {
  const tenant = await hub.newTenant();
  const directory = await hub.newDirectory(tenant.id, preset, policy);
  const ask: Ask = askAs(hub, tenant.key);
  const client = scimClient(directory);
  const mutate = async (text: string) => {
    const { data, errors } = await ask(`mutation { it: ${text} }`);
    if (errors) throw new Error(errors[0]!.message);
    return data.it;
  };
  return {
    tenant,
    directory,
    client,
    ask,
    mutate,
    /** Sends a person as Entra does. */
    send: (name: string, more: object = {}): Promise<Answer> => client.post('/Users', entraUser(name, more)),
    seen: async (id: unknown): Promise<Seen | null> =>
      (await ask('query ($id: ID!) { user(id: $id) { status visible waitsFor kind } }', { id })).data.user,
    update: (changed: Partial<DirectoryPolicy>) =>
      ask(
        'mutation ($id: ID!, $policy: DirectoryPolicyInput!) { updateDirectoryPolicy(id: $id, policy: $policy) { problems { message } } }',
        { id: directory.id, policy: changed },
      ),
    seats: async () => (await ask('{ seats { limit used parked } }')).data.seats,
    eventsOf: async (id: unknown): Promise<string[]> => {
      const { data } = await ask('query ($id: ID!) { user(id: $id) { history { nodes { name } } } }', { id });
      return data.user.history.nodes.map(({ name }: { name: string }) => name);
    },
  };
}

export type Company = Awaited<ReturnType<typeof companyOf>>;

/** A person as Entra's gallery mapping sends them. */
export const entraUser = (name: string, more: object = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `${name}@example.com`,
  externalId: `oid-${name}`,
  active: true,
  displayName: name,
  name: { givenName: name, familyName: 'Example' },
  emails: [{ primary: true, type: 'work', value: `${name}@example.com` }],
  ...more,
});

export const setActive = (active: boolean) => ({ op: 'Replace', path: 'active', value: active ? 'True' : 'False' });
export const addMember = (value: unknown) => ({ op: 'Add', path: 'members', value: [{ value }] });
export const removeMember = (value: unknown) => ({ op: 'Remove', path: 'members', value: [{ value }] });
