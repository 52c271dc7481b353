import { filterQuery } from '../filter-query.ts';
import { does, keeps, type Scenario, same } from './scenario.ts';
import { countsEqualTheLog, cycle, patch, stranger, teamsOf, teamsOfGroups, testConnection } from './shared-steps.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/**
 * Sign In Enterprise (seeds SE1 to SE10): people are hosts and groups are host groups; who is unassigned is hidden and
 * keeps their history; only what the document lists is filtered by.
 */
export const signInEnterprise: Scenario = {
  preset: 'SIGN_IN_ENTERPRISE',
  mapping: {
    attributes: {
      userPrincipalName: 'userName',
      givenName: 'name.givenName',
      surname: 'name.familyName',
      mail: 'emails[type eq "work"].value',
      otherMail: 'emails[type eq "other"].Value',
      businessPhone: 'phoneNumbers[type eq "work"].value',
      mobilePhone: 'phoneNumbers[type eq "mobile"].value',
      companyName: `${ENTERPRISE}:organization`,
      department: `${ENTERPRISE}:department`,
    },
    fullName: false,
    appRoles: false,
  },
  matchOn: ['userName'],
  company: ({ person, group }) => ({
    people: [
      person('Ada', { department: 'Reception', companyName: 'Nordwind', mobilePhone: '+49 151 23456789' }),
      person('Bob', { otherMail: 'bob@home.example' }),
      person('Cleo'),
      person('Dora'),
    ],
    groups: [group('Berlin hosts', ['Ada', 'Bob', 'Cleo', 'Dora']), group('Oslo hosts', ['Ada'])],
  }),
  story: [
    testConnection('userName'),
    keeps('SE1', 'the words of the product are those of the directory', async (stage) => {
      const asked = `{ directory(id: "${stage.directory}") { policy { wordForUser wordForGroup } } }`;
      same((await stage.hub.ask(asked)).directory.policy, { wordForUser: 'Host', wordForGroup: 'Host group' });
    }),
    cycle('the initial cycle'),
    keeps('SE3', 'host groups are teams with their members', async (stage) => {
      same(await teamsOf(stage, 'Ada'), ['Berlin hosts', 'Oslo hosts']);
      same(await memberCount(stage, 'Berlin hosts'), 4);
    }),
    keeps('SE8', 'every mapped attribute arrives', async (stage) => {
      same(await stage.user('Ada', 'givenName familyName department organization phone { value }'), {
        givenName: 'Ada',
        familyName: 'Example',
        department: 'Reception',
        organization: 'Nordwind',
        phone: { value: '+49 151 23456789' },
      });
      same((await stage.user('Bob', 'otherEmail')).otherEmail, 'bob@home.example');
    }),
    keeps('SE8', 'a host without what is required is refused, by its name', async (stage) => {
      const without = { userName: undefined, emails: undefined };
      for (const [name, gone] of Object.entries({ ...without, 'name.familyName': { name: { givenName: 'Zack' } } })) {
        const body = stranger(stage, 'Zack', gone ?? { [name]: undefined });
        const { status, json } = await stage.send('POST', '/Users', body);
        const { scimType, detail } = json as { scimType?: string; detail?: string };
        same([status, scimType, detail?.includes(name.split('.').at(-1)!)], [400, 'invalidValue', true]);
      }
    }),
    keeps('SE9', 'a filter on what the document does not list is refused', async (stage) => {
      const { status, json } = await stage.send('GET', `/Users?${filterQuery('title', 'Boss')}`);
      same([status, (json as { scimType?: string }).scimType], [400, 'invalidFilter']);
    }),
    keeps('SE10', 'a host group is found by its name and shows no members when they are not wanted', async (stage) => {
      const { json } = await stage.send(
        'GET',
        `/Groups?excludedAttributes=members&${filterQuery('displayName', 'Oslo hosts')}`,
      );
      const [found] = (json as { Resources: { id: string; members?: unknown }[] }).Resources;
      same([found?.id, found?.members], [stage.idOf('Oslo hosts'), undefined]);
    }),
    keeps('SE3', 'many members come in one request, and one goes by a filter', async (stage) => {
      const path = `/Groups/${stage.idOf('Oslo hosts')}`;
      const [bob, cleo] = [stage.idOf('Bob'), stage.idOf('Cleo')];
      await stage.send('PATCH', path, patch('Add', 'members', [{ value: bob }, { value: cleo }]));
      await stage.send('PATCH', path, patch('Remove', `members[value eq "${bob}"]`));
      same(await memberCount(stage, 'Oslo hosts'), 2);
      await stage.send('PATCH', path, patch('Remove', `members[value eq "${cleo}"]`));
    }),
    does('in Entra: a host is unassigned, one is deleted, a host group goes', async (stage) => {
      const { oid } = stage.cast;
      stage.happen(
        { do: 'disable', person: oid('Bob') },
        { do: 'delete', person: oid('Dora') },
        { do: 'delete-group', group: oid('Oslo hosts') },
      );
      await stage.cycle();
    }),
    keeps('SE2', 'who is unassigned is in no list that does not ask for hidden hosts', async (stage) => {
      same(await stage.user('Bob', 'status visible'), { status: 'DEACTIVATED', visible: false });
      const listed = `where: { userName: { eq: "bob@${stage.cast.domain}" } }`;
      same((await stage.hub.ask(`{ users(${listed}) { nodes { id } } }`)).users.nodes, []);
    }),
    keeps('SE2', 'their history is kept', async (stage) => {
      const { history } = await stage.user('Bob', 'history(first: 10) { nodes { name } }');
      same(history.nodes.at(-1).name, 'user.created');
    }),
    keeps('SE2', 'who is deleted in Entra is hidden and not lost', async (stage) => {
      same(await stage.user('Dora', 'status visible'), { status: 'DEACTIVATED', visible: false });
      same((await stage.send('GET', `/Users/${stage.idOf('Dora')}`)).status, 404);
    }),
    keeps('SE4', 'the team of a host group that is gone is gone, and its hosts stay', async (stage) => {
      same(await teamsOf(stage, 'Ada'), ['Berlin hosts']);
      same((await stage.user('Ada', 'status')).status, 'ACTIVE');
    }),
    does('in Entra: the host is assigned again', async (stage) => {
      stage.happen({ do: 'restore', person: stage.cast.oid('Bob') });
      await stage.cycle();
    }),
    keeps('SE2', 'who is assigned again is seen again, in their host group', async (stage) => {
      same(await stage.user('Bob', 'status visible'), { status: 'ACTIVE', visible: true });
      same(await teamsOf(stage, 'Bob'), ['Berlin hosts']);
    }),
    countsEqualTheLog('C8'),
  ],
};

async function memberCount(stage: Parameters<typeof teamsOfGroups>[0], group: string): Promise<number> {
  const team = (await teamsOfGroups(stage))[group];
  return (await stage.hub.ask(`{ team(id: "${team!.id}") { memberCount } }`)).team.memberCount;
}
