import { openJob } from '../job.ts';
import { literal } from './hub.ts';
import { does, eventually, keeps, type Scenario, same } from './scenario.ts';
import { countsEqualTheLog, cycle, patch, teamsOf, teamsOfGroups, testConnection } from './shared-steps.ts';
import type { Stage } from './stage.ts';

const CUSTOM = 'urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User';

/** Keys of the tenant's own fields in this story; a seed has its own, because a key is never given twice. */
const fieldsOf = ({ cast }: Stage) => {
  const of = (name: string) => `${name}${cast.domain.replaceAll(/\D/g, '')}`;
  return { slogan: of('slogan'), desk: of('desk'), pronouns: of('pronouns') };
};

/**
 * Dynasend (seeds DY1 to DY18): the directory is the source of truth until it is disconnected; fields of one's own stand
 * beside its own, each with a rule, and one group holds everybody.
 */
export const dynasend: Scenario = {
  preset: 'DYNASEND',
  mapping: {
    attributes: {
      userPrincipalName: 'userName',
      displayName: 'displayName',
      givenName: 'name.givenName',
      surname: 'name.familyName',
      jobTitle: 'title',
      mail: 'emails[type eq "work"].value',
      mobilePhone: 'phoneNumbers[type eq "mobile"].value',
      extensionAttribute1: `${CUSTOM}:slogan`,
    },
    fullName: false,
    appRoles: false,
  },
  matchOn: ['userName', 'externalId'],
  company: ({ person, group }) => ({
    people: [
      person('Ada', { jobTitle: '  Räuberin  "der" Worte ', extensionAttribute1: 'Words first' }),
      person('Bob', { jobTitle: 'Designer' }),
      person('Cleo'),
    ],
    groups: [group('Everybody', ['Ada', 'Bob', 'Cleo']), group('Summer banner', ['Ada'])],
  }),
  story: [
    testConnection('userName'),
    does('three fields of the product: one that Entra feeds, two that it cannot', async (stage) => {
      const { slogan, desk, pronouns } = fieldsOf(stage);
      const fields = [
        { key: slogan, label: 'Slogan', type: 'STRING', scimPath: `${CUSTOM}:slogan`, sourceOfTruth: 'USER' },
        { key: desk, label: 'Desk', type: 'STRING', editableBy: ['ADMIN'] },
        { key: pronouns, label: 'Pronouns', type: 'STRING', editableBy: ['SELF'] },
      ];
      for (const field of fields) await stage.hub.command(`createField(input: ${literal(field)})`);
    }),
    cycle('the initial cycle'),
    keeps(
      'DY1',
      'the fields of the product stand beside those of the directory, each with its source',
      async (stage) => {
        const { slogan } = fieldsOf(stage);
        const { fields } = await stage.user(
          'Ada',
          `fields(keys: ["title", "${slogan}"]) { winner { source { kind } } }`,
        );
        same(
          fields.map(({ winner }: { winner: { source: { kind: string } } }) => winner.source.kind),
          ['DIRECTORY', 'DIRECTORY'],
        );
      },
    ),
    keeps('DY2', 'what Entra feeds is read-only, and the answer says so', async (stage) => {
      const ada = stage.idOf('Ada');
      const { fields } = await stage.user('Ada', 'fields(keys: ["title"]) { viewerCanEdit }');
      same(fields, [{ viewerCanEdit: false }]);
      for (const person of [undefined, ada]) {
        same(await stage.hub.problemsOf(`updateUser(id: "${ada}", input: { title: "Poet" })`, person), [
          'FIELD_LOCKED',
        ]);
      }
    }),
    keeps('DY6', 'what Entra says stands as it was said', async (stage) =>
      same((await stage.user('Ada', 'title')).title, '  Räuberin  "der" Worte '),
    ),
    keeps('DY4', 'a field is edited by those whom its rule names, and by nobody else', async (stage) => {
      const { desk, pronouns } = fieldsOf(stage);
      const ada = stage.idOf('Ada');
      const write = (key: string) => `updateUser(id: "${ada}", input: { custom: [{ key: "${key}", value: "mine" }] })`;
      same(await stage.hub.problemsOf(write(pronouns), ada), []);
      same((await stage.hub.problemsOf(write(desk), ada)).length, 1);
      same(await stage.hub.problemsOf(write(desk)), []);
    }),
    keeps('DY10', 'no directory writes what is the person’s alone', async (stage) => {
      const { pronouns } = fieldsOf(stage);
      await stage.send('PATCH', `/Users/${stage.idOf('Ada')}`, patch('Add', pronouns, 'its'));
      same((await stage.user('Ada', 'custom')).custom[pronouns], 'mine');
    }),
    does('a person edits what is theirs from then on, and Entra says something else', async (stage) => {
      const { slogan } = fieldsOf(stage);
      const ada = stage.idOf('Ada');
      const custom = [{ key: slogan, value: 'Deeds first' }];
      await stage.hub.command(`updateUser(id: "${ada}", input: ${literal({ custom })})`, '', ada);
      stage.happen({ do: 'edit', person: stage.cast.oid('Ada'), set: { extensionAttribute1: 'Numbers first' } });
      await stage.cycle();
    }),
    keeps('DY7', 'the edit is the truth, and what Entra says waits in its shadow', async (stage) => {
      const { slogan } = fieldsOf(stage);
      const { fields } = await stage.user('Ada', `fields(keys: ["${slogan}"]) { value shadowed { value } }`);
      same(fields, [{ value: 'Deeds first', shadowed: [{ value: 'Numbers first' }] }]);
    }),
    keeps('DY7', 'a field that is given back has what Entra says', async (stage) => {
      const { slogan } = fieldsOf(stage);
      await stage.hub.command(`releaseUserFields(id: "${stage.idOf('Ada')}", keys: ["${slogan}"])`);
      same((await stage.user('Ada', 'custom')).custom[slogan], 'Numbers first');
    }),
    keeps('DY13', 'the one group that holds everybody leaves nobody out', async (stage) => {
      const everybody = (await teamsOfGroups(stage)).Everybody;
      same(await stage.hub.ask(`{ team(id: "${everybody!.id}") { memberCount } }`), { team: { memberCount: 3 } });
      const { nodes } = (await stage.hub.ask(`{ users(where: { directory: "${stage.directory}" }) { nodes { id } } }`))
        .users;
      same(nodes.length, 3);
    }),
    does('in Entra: the banner group is renamed and joined, one is deleted, one is unassigned', async (stage) => {
      const { oid } = stage.cast;
      stage.memory.banner = (await teamsOfGroups(stage))['Summer banner']!.id;
      stage.happen(
        { do: 'rename-group', group: oid('Summer banner'), displayName: 'Autumn banner' },
        { do: 'add-member', group: oid('Summer banner'), person: oid('Bob') },
        { do: 'delete', person: oid('Cleo') },
        { do: 'disable', person: oid('Bob') },
      );
      await stage.cycle();
    }),
    keeps('DY11', 'a group that is renamed keeps its team and tells who joined', async (stage) => {
      same((await teamsOfGroups(stage))['Autumn banner'], { id: stage.memory.banner, name: 'Autumn banner' });
      same(await teamsOf(stage, 'Bob'), ['Autumn banner', 'Everybody']);
    }),
    keeps('DY12', 'who is deleted in Entra is deleted, and who is unassigned has days left', async (stage) => {
      same((await stage.user('Cleo', 'status')).status, 'DELETED');
      same((await stage.user('Bob', 'status')).status, 'DEACTIVATED');
      const asked = `{ directory(id: "${stage.directory}") { policy { removeAfterDeactivatedDays } } }`;
      same((await stage.hub.ask(asked)).directory.policy, { removeAfterDeactivatedDays: 30 });
    }),
    countsEqualTheLog('C8'),
    does('the directory is disconnected', async (stage) => {
      await stage.hub.command(`disconnectDirectory(id: "${stage.directory}", plan: KEEP_MANUAL)`);
      await eventually(async () => {
        const asked = `{ directory(id: "${stage.directory}") { disconnecting } }`;
        same((await stage.hub.ask(asked)).directory, { disconnecting: null });
      });
    }),
    keeps(
      'DY3',
      'its people are manual accounts with the values they had, and the token opens nothing',
      async (stage) => {
        await eventually(async () => same((await stage.send('GET', '/Users')).status, 401));
        const ada = stage.idOf('Ada');
        same((await stage.user('Ada', 'title')).title, '  Räuberin  "der" Worte ');
        await stage.hub.command(`updateUser(id: "${ada}", input: { title: "Poet" })`);
        same((await stage.user('Ada', 'title')).title, 'Poet');
      },
    ),
    keeps('DY3', 'a new directory takes them back without a double', async (stage) => {
      const { directory, secret } = await stage.connectAnother();
      const { cast, hub } = stage;
      const people = [cast.person('Ada', { jobTitle: 'Author' })];
      const job = openJob({ url: `${hub.url}/scim/v2`, token: secret, directory: { people, groups: [] } });
      await job.cycle().finally(() => job.close());
      same(job.refusals(), []);
      const held = `users(where: { directory: "${directory}" }) { nodes { id title } }`;
      same((await hub.ask(`{ ${held} }`)).users.nodes, [{ id: stage.idOf('Ada'), title: 'Author' }]);
    }),
  ],
};
