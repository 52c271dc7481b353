import type { Hub, TestDirectory } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { type Ask, askAs } from '../ask.ts';

/** A company with a directory, and what its admin does about roles. */
export type Company = Awaited<ReturnType<typeof newCompany>>;

/** A new company on that hub. */
export async function newCompany(hub: Hub) {
  const tenant = await hub.newTenant();
  const ask: Ask = askAs(hub, tenant.key);
  const directory: TestDirectory = await hub.newDirectory(tenant.id);
  const roles = async (): Promise<{ id: string; key: string }[]> => (await ask('{ roles { id key } }')).data.roles;
  const roleNamed = async (key: string) => (await roles()).find((role) => role.key === key)!.id;
  const payload = async (mutation: string, name: string, variables: object) => {
    const { data, errors } = await ask(mutation, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data[name];
  };
  return {
    tenant,
    ask,
    directory,
    entra: scimClient(directory),
    roleNamed,
    async newRole(key: string): Promise<string> {
      const text =
        'mutation ($key: String!) { createRole(key: $key, name: $key) { role { id } problems { code path } } }';
      return (await payload(text, 'createRole', { key })).role.id;
    },
    async newUser(userName: string): Promise<string> {
      const text =
        'mutation ($n: String!) { createUser(input: { userName: $n }) { user { id } problems { message } } }';
      return (await payload(text, 'createUser', { n: userName })).user.id;
    },
    /** Codes of the problems. */
    async change(what: 'grantRole' | 'revokeRole', user: string, role: string, as = ask): Promise<string[]> {
      const text = `mutation ($u: ID!, $r: ID!) { ${what}(user: $u, role: $r) { problems { code } } }`;
      const { data } = await as(text, { u: user, r: role });
      return data[what].problems.map(({ code }: { code: string }) => code);
    },
    async setRules(...rules: object[]): Promise<string[]> {
      const text = 'mutation ($rules: [RoleRuleInput!]!) { setRoleRules(rules: $rules) { problems { code path } } }';
      const { problems } = await payload(text, 'setRoleRules', { rules });
      return problems.map(({ code }: { code: string }) => code);
    },
    async person(id: string) {
      const text = `query ($id: ID!) { user(id: $id) { status kind version roles { role { key } via { __typename
        ... on DirectGrant { actor at } ... on GroupGrant { group { displayName } }
        ... on AppRoleGrant { value directory { id } } } } } }`;
      return (await ask(text, { id })).data.user;
    },
    keysOf: async (id: string): Promise<string[]> =>
      (await ask('query ($id: ID!) { user(id: $id) { roles { role { key } } } }', { id })).data.user.roles.map(
        ({ role }: { role: { key: string } }) => role.key,
      ),
    holders: async (role: string): Promise<string[]> =>
      (await ask('query ($w: UserWhere) { users(where: $w) { nodes { id } } }', { w: { role } })).data.users.nodes.map(
        ({ id }: { id: string }) => id,
      ),
    eventNames: async (): Promise<string[]> =>
      (await ask('{ events(first: 100) { nodes { name } } }')).data.events.nodes.map(
        ({ name }: { name: string }) => name,
      ),
  };
}
