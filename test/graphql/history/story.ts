import fc from 'fast-check';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import type { Hub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { askAs } from '../ask.ts';

/** One step of a story; numbers choose among what there is. */
export type Step = { do: keyof Actions; who: number; what: number; text: string };

type Actions = ReturnType<typeof actionsOn>;

const verbs: readonly Step['do'][] = [
  'join',
  'patch',
  'patch',
  'rename',
  'role',
  'active',
  'leave',
  'edit',
  'edit',
  'release',
  'rule',
  'group',
  'addMember',
  'addMember',
  'removeMember',
  'renameGroup',
  'deleteGroup',
  'byHand',
  'status',
  'remove',
  'team',
  'addByHand',
  'addByHand',
  'removeByHand',
  'renameTeam',
  'deleteTeam',
];

/** A random story. */
export const story = fc.array(
  fc.record({
    do: fc.constantFrom(...verbs),
    who: fc.nat(5),
    what: fc.nat(5),
    text: fc.constantFrom('a', 'b', 'c', 'Ärztin'),
  }),
  { minLength: 12, maxLength: 40 },
);

/** What of a person is known at a moment, as products read it. */
export type Known = { status: string; userName: string; fields: object[]; teams: string[]; roles: string[] };

/** A company in which stories happen. */
export async function openStage(hub: Hub) {
  const tenant = await hub.newTenant();
  const directory = await hub.newDirectory(tenant.id);
  const ask = askAs(hub, tenant.key);
  const client = scimClient(directory);
  const people: { id: string; linked: boolean }[] = [];
  const actions = actionsOn({ ask, client, people });
  return {
    ask,
    client,
    people,
    play: (step: Step) => actions[step.do](step),
    /** When the last event of all was. */
    async lastAt(): Promise<string> {
      const rows = await hub.running.database.session(tenant.id, (session) =>
        session.ask<{ at: string }>({ text: 'select max(at) as at from events', values: [] }),
      );
      return rows[0]!.at;
    },
    async known({ id, linked }: { id: string; linked: boolean }): Promise<Known | null> {
      const { data } = await ask(
        'query ($id: ID!) { user(id: $id) { status userName fields { definition { key } value } teams(first: 100) { nodes { name } } } }',
        { id },
      );
      if (!data.user) return null;
      const roles = linked ? ((await client.get(`/Users/${id}`)).body.roles ?? []) : [];
      return {
        status: data.user.status,
        userName: data.user.userName,
        fields: data.user.fields
          .filter(({ value }: { value: unknown }) => value !== null)
          .map(({ definition: { key }, value }: { definition: { key: string }; value: unknown }) => ({ key, value })),
        teams: data.user.teams.nodes.map(({ name }: { name: string }) => name).sort(),
        roles: (roles as { value: string }[]).map(({ value }) => value).sort(),
      };
    },
    /** What time travel says of everyone, deleted or not, by id. */
    async asOf(at: string): Promise<Map<string, Known | null>> {
      const { data, text } = await ask(
        `query ($at: DateTime!) { users(first: 100, where: { status: [ACTIVE, DEACTIVATED, DELETED] }) {
          nodes { id asOf(at: $at) { status userName fields { key value } teams roles } } } }`,
        { at },
      );
      if (!data?.users) throw new Error(text);
      return new Map(data.users.nodes.map(({ id, asOf }: { id: string; asOf: Known | null }) => [id, asOf]));
    },
  };
}

type Ground = {
  ask: ReturnType<typeof askAs>;
  client: ReturnType<typeof scimClient>;
  people: { id: string; linked: boolean }[];
};

const UNLESS = '00000000000000000000000000';

function actionsOn({ ask, client, people }: Ground) {
  const groups: string[] = [];
  const teams: string[] = [];
  let names = 0;
  const pick = (list: readonly string[], index: number, kind: string) =>
    list[index % list.length] ?? `${kind}_${UNLESS}`;
  const someone = (who: number) => people[who % people.length]?.id ?? `usr_${UNLESS}`;
  const patch = (who: number, op: string, path: string, value?: unknown) =>
    client.patch(`/Users/${someone(who)}`, { op, path, ...(value !== undefined && { value }) });
  const change = (what: number, op: string, who: number) =>
    client.patch(`/Groups/${pick(groups, what, 'grp')}`, { op, path: 'members', value: [{ value: someone(who) }] });
  const remember = (list: string[], id: unknown) => typeof id === 'string' && list.push(id);
  /** Teams made by hand and those of groups. */
  const anyTeam = async (what: number): Promise<string> => {
    const { data } = await ask('{ teams(first: 100) { nodes { id } } }');
    return pick(
      data.teams.nodes.map(({ id }: { id: string }) => id),
      what,
      'team',
    );
  };
  const onTeam = (field: string, arguments_: string, variables: object) =>
    ask(
      `mutation ($id: ID!, $users: [ID!]!, $text: String!) { t: ${field}(id: $id${arguments_}) { problems { code } } }`
        .replace(arguments_.includes('$users') ? '' : ', $users: [ID!]!', '')
        .replace(arguments_.includes('$text') ? '' : ', $text: String!', ''),
      variables,
    );
  return {
    async join({ text }: Step) {
      const { body } = await client.post('/Users', {
        userName: `u${names++}`,
        title: text,
        emails: [
          { type: 'work', value: `${text}@x.example`, primary: true },
          { type: 'third', value: 'z@x.example' },
        ],
        roles: [{ value: text }],
      });
      people.push({ id: String(body.id), linked: true });
    },
    patch: ({ who, what, text }: Step) =>
      what % 3 === 0
        ? patch(who, 'remove', 'title')
        : patch(
            who,
            'replace',
            [
              '',
              'title',
              'emails[type eq "work"].value',
              'name.givenName',
              `${ENTERPRISE}:department`,
              'emails[type eq "third"].value',
            ][what] || 'title',
            text,
          ),
    rename: ({ who }: Step) => patch(who, 'replace', 'userName', `r${names++}`),
    role: ({ who, what, text }: Step) =>
      what === 0 ? patch(who, 'remove', 'roles') : patch(who, 'replace', 'roles', [{ value: text }, { value: 'x' }]),
    active: ({ who, what }: Step) => patch(who, 'replace', 'active', what % 2 === 0),
    leave: ({ who }: Step) => client.delete(`/Users/${someone(who)}`),
    edit: ({ who, what, text }: Step) =>
      ask(
        'mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { problems { code } } }',
        {
          id: someone(who),
          input: { [['title', 'givenName', 'department'][what % 3]!]: what > 3 ? null : text },
        },
      ),
    release: ({ who }: Step) =>
      ask('mutation ($id: ID!) { releaseUserFields(id: $id, keys: ["title", "department"]) { problems { code } } }', {
        id: someone(who),
      }),
    rule: ({ what }: Step) =>
      ask(
        'mutation ($rule: SourceOfTruth!) { setFieldRules(rules: [{ key: "title", sourceOfTruth: $rule }]) { usersChanged } }',
        {
          rule: ['DIRECTORY', 'USER', 'LATEST'][what % 3],
        },
      ),
    async group({ who }: Step) {
      const members = people.length > 0 ? [{ value: someone(who) }] : [];
      remember(groups, (await client.post('/Groups', { displayName: `g${names++}`, members })).body.id);
    },
    addMember: ({ what, who }: Step) => change(what, 'add', who),
    removeMember: ({ what, who }: Step) => change(what, 'remove', who),
    renameGroup: ({ what }: Step) =>
      client.patch(`/Groups/${pick(groups, what, 'grp')}`, {
        op: 'replace',
        path: 'displayName',
        value: `g${names++}`,
      }),
    deleteGroup: ({ what }: Step) => client.delete(`/Groups/${pick(groups, what, 'grp')}`),
    async byHand({ text }: Step) {
      const { data } = await ask('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }', {
        input: { userName: `h${names++}`, title: text },
      });
      people.push({ id: data.createUser.user.id, linked: false });
    },
    status: ({ who, what }: Step) =>
      ask(`mutation ($id: ID!) { s: ${what % 2 ? 'activateUser' : 'deactivateUser'}(id: $id) { problems { code } } }`, {
        id: someone(who),
      }),
    remove: ({ who }: Step) =>
      ask('mutation ($id: ID!) { deleteUser(id: $id) { problems { code } } }', { id: someone(who) }),
    async team() {
      const { data } = await ask('mutation ($name: String!) { createTeam(name: $name) { team { id } } }', {
        name: `t${names++}`,
      });
      remember(teams, data.createTeam.team.id);
    },
    addByHand: async ({ who, what }: Step) =>
      onTeam('addTeamMembers', ', users: $users', { id: await anyTeam(what), users: [someone(who)] }),
    removeByHand: async ({ who, what }: Step) =>
      onTeam('removeTeamMembers', ', users: $users', { id: await anyTeam(what), users: [someone(who)] }),
    renameTeam: async ({ what }: Step) =>
      onTeam('updateTeam', ', name: $text', { id: await anyTeam(what), text: `t${names++}` }),
    deleteTeam: ({ what }: Step) => onTeam('deleteTeam', '', { id: pick(teams, what, 'team') }),
  };
}
