import { type Actor, scopes } from '../../../src/domain/actor.ts';
import { type Command, type Context, run } from '../../../src/domain/command.ts';
import type { DirectoryPolicy } from '../../../src/domain/directories/directory-policy.ts';
import { uuidOf, wireId } from '../../../src/domain/ids.ts';
import type { Preset } from '../../../src/domain/presets/presets.ts';
import { type Ask, askAs } from '../../graphql/ask.ts';
import type { Hub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

export type SeenTeam = { id: string; name: string; origin: string; version: number; members: string[] };

/** A company with one directory of that policy, seen from both sides. */
export type Scene = Awaited<ReturnType<typeof newScene>>;

export async function newScene(hub: Hub, policy: Partial<DirectoryPolicy> = {}, preset: Preset = 'ENTRA_STANDARD') {
  const { id: tenantId, key } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId, preset, policy);
  const client = scimClient(directory);
  const ask: Ask = askAs(hub, key);
  const teams = async (): Promise<SeenTeam[]> => {
    const query =
      '{ teams(first: 100) { nodes { id name origin version memberCount members(first: 100) { nodes { id } } } } }';
    const { nodes } = (await ask(query)).data.teams;
    return nodes.map(({ members, memberCount, ...team }: Listed) => {
      if (memberCount !== members.nodes.length) throw new Error(`${memberCount} is not ${members.nodes.length}.`);
      return { ...team, members: members.nodes.map(({ id }) => id) };
    });
  };
  /** What happened to that team, in order: the event, and whom it is about. */
  const log = (teamId: string): Promise<string[]> =>
    hub.running.database.session(tenantId, async (session) => {
      const rows = await session.ask<{ name: string; object: string | null }>({
        text: 'select name, object_id as object from events where subject_id = $1 order by seq',
        values: [uuidOf('team', teamId)],
      });
      return rows.map(({ name, object }) => (object ? `${name} ${wireId('usr', object)}` : name));
    });
  const setKind = (kind: string, users: string[]) =>
    hub.running.database.session(tenantId, (session) =>
      session.ask({
        text: 'update users set kind = $1 where id = any($2)',
        values: [kind, users.map((id) => uuidOf('usr', id))],
      }),
    );
  /** Runs a mutation about a team, and returns its problems. */
  const mutate = async (
    name: string,
    variables: Record<string, unknown>,
  ): Promise<{ code: string; path: string[] }[]> => {
    const types = Object.entries(variables).map(([key, value]) => `$${key}: ${typeOf(key, value)}`);
    const given = Object.keys(variables).map((key) => `${key}: $${key}`);
    const query = `mutation (${types.join(', ')}) { ${name}(${given.join(', ')}) { problems { code path } } }`;
    return (await ask(query, variables)).data[name].problems;
  };
  return {
    tenantId,
    directory,
    client,
    ask,
    teams,
    log,
    mutate,
    team: async (name: string) => (await teams()).find((team) => team.name === name),
    names: async () => (await teams()).map(({ name, origin }) => `${name} ${origin}`),
    add: (group: string, ...members: string[]) =>
      client.patch(`/Groups/${group}`, { op: 'Add', path: 'members', value: members.map((value) => ({ value })) }),
    remove: (group: string, ...members: string[]) =>
      client.patch(`/Groups/${group}`, { op: 'Remove', path: 'members', value: members.map((value) => ({ value })) }),
    setPolicy: (changed: Partial<DirectoryPolicy>) =>
      mutate('updateDirectoryPolicy', { id: directory.id, policy: changed }),
    preview: async (changed: Partial<DirectoryPolicy>) => {
      const query = `query ($id: ID!, $policy: DirectoryPolicyInput!) { previewDirectoryPolicy(id: $id, policy: $policy) {
        teamsKept teamsMade teamsRemoved peopleAffected notes } }`;
      return (await ask(query, { id: directory.id, policy: changed })).data.previewDirectoryPolicy;
    },
    /** What a role rule will do: makes a stakeholder of each. */
    makeStakeholders: (...users: string[]) => setKind('STAKEHOLDER', users),
    makeMembers: (...users: string[]) => setKind('MEMBER', users),
    /** Does that as a command of an admin. */
    perform: (work: (context: Context) => Promise<void>) => {
      const actor: Actor = {
        kind: 'system',
        tenantId,
        id: wireId('tnt', tenantId),
        label: 'the tests',
        scopes: new Set(scopes),
        directoryId: null,
      };
      const command: Command<void, void> = {
        name: 'test',
        needs: 'teams:write',
        atomicity: 'transaction',
        perform: work,
      };
      return run(hub.running.hub, { actor, requestId: 'test' }, command, undefined);
    },
  };
}

type Listed = SeenTeam & { memberCount: number; members: { nodes: { id: string }[] } };

function typeOf(key: string, value: unknown): string {
  if (key === 'policy') return 'DirectoryPolicyInput!';
  if (key === 'name') return 'String';
  if (key === 'externalId') return 'String!';
  return Array.isArray(value) ? '[ID!]!' : 'ID!';
}
