import { filterQuery } from '../filter-query.ts';
import { GALLERY } from '../mapping.ts';
import { listed } from '../verdict.ts';
import { does, eventually, keeps, type Scenario, same } from './scenario.ts';
import { countsEqualTheLog, cycle, patch, stranger, teamsOf, testConnection } from './shared-steps.ts';

/** What every directory does (seeds C1 to C14), with the mapping of a gallery application: one team for each group. */
export const entraStandard: Scenario = {
  preset: 'ENTRA_STANDARD',
  mapping: GALLERY,
  matchOn: ['userName', 'externalId'],
  company: ({ oid, person, group }) => ({
    people: [
      person('Ada', { jobTitle: 'Head', department: 'Sales' }),
      person('Bob', { manager: oid('Ada'), department: 'Sales', mobilePhone: '+49 151 23456789' }),
      person('Cleo', { manager: oid('Ada') }),
      person('Dora', { accountEnabled: false }),
    ],
    groups: [group('All staff', ['Ada', 'Bob', 'Cleo']), group('Sales', ['Ada', 'Bob']), group('Nobody yet')],
  }),
  story: [
    testConnection('userName'),
    cycle('the initial cycle'),
    keeps('C4', 'a person is found by each key, in any case where the case does not count', async (stage) => {
      const { oid, domain } = stage.cast;
      const keys = {
        userName: `ADA@${domain}`,
        externalId: oid('Ada'),
        id: stage.idOf('Ada'),
        'emails[type eq "work"].value': `Ada@${domain}`,
      };
      for (const [path, value] of Object.entries(keys)) {
        const { json } = await stage.send('GET', `/Users?${filterQuery(path, value)}`);
        same([path, listed(json)?.map(({ id }) => id)], [path, [stage.idOf('Ada')]]);
      }
    }),
    keeps('C1', 'another directory sees nothing of this one', async (stage) => {
      const name = `beside ${stage.cast.domain}`;
      const made = await stage.hub.command(
        `createDirectory(input: { name: "${name}", preset: ENTRA_STANDARD })`,
        'directory { id }',
      );
      const { secret } = await stage.hub.command(`createDirectoryToken(directory: "${made.directory.id}")`, 'secret');
      const address = `${stage.hub.url}/scim/v2/Users/${stage.idOf('Ada')}`;
      const { status } = await fetch(address, { headers: { authorization: `Bearer ${secret}` } });
      await stage.hub.command(`disconnectDirectory(id: "${made.directory.id}", plan: KEEP_MANUAL)`);
      same(status, 404);
    }),
    keeps('C12', 'discovery tells of people and groups, and of what is mapped', async (stage) => {
      const { json } = await stage.send('GET', '/ResourceTypes');
      same((json as { Resources: { id: string }[] }).Resources.map(({ id }) => id).sort(), ['Group', 'User']);
      const { status } = await stage.send('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User');
      same(status, 200);
    }),
    keeps('C6', 'what the directory may not do is 403, and goes again when it may', async (stage) => {
      const title = patch('Replace', 'title', 'Chief');
      const path = `/Users/${stage.idOf('Ada')}`;
      const refusedWithout: [string, () => Promise<{ status: number }>][] = [
        ['allowCreate', () => stage.send('POST', '/Users', stranger(stage, 'Zack'))],
        ['allowUpdate', () => stage.send('PATCH', path, title)],
        ['allowDeactivate', () => stage.send('PATCH', path, patch('Replace', 'active', 'False'))],
        ['allowDelete', () => stage.send('DELETE', path)],
      ];
      for (const [name, attempt] of refusedWithout) {
        await stage.setPolicy({ [name]: false });
        const { status } = await attempt();
        await stage.setPolicy({ [name]: true });
        same([name, status], [name, 403]);
      }
      // A hub may go by a policy that is a second old.
      await eventually(async () => same((await stage.send('DELETE', '/Users/nobody')).status, 404));
    }),
    does('in Entra: one joins, one moves, one is disabled, one is deleted', async (stage) => {
      const { oid, person } = stage.cast;
      stage.happen(
        { do: 'hire', person: person('Emil', { manager: oid('Ada') }) },
        { do: 'add-member', group: oid('All staff'), person: oid('Emil') },
        { do: 'edit', person: oid('Bob'), set: { department: 'Service', manager: oid('Emil') } },
        { do: 'remove-member', group: oid('Sales'), person: oid('Bob') },
        { do: 'disable', person: oid('Ada') },
        { do: 'delete', person: oid('Cleo') },
        { do: 'rename-group', group: oid('Sales'), displayName: 'Sales and Service' },
      );
      await stage.cycle();
    }),
    keeps('C6', 'joiners, movers and leavers are as Entra has them', async (stage) => {
      same(await stage.user('Emil', 'status manager { id }'), { status: 'ACTIVE', manager: { id: stage.idOf('Ada') } });
      same(await stage.user('Bob', 'department manager { id }'), {
        department: 'Service',
        manager: { id: stage.idOf('Emil') },
      });
      same(await teamsOf(stage, 'Bob'), ['All staff']);
      same((await stage.user('Ada', 'status')).status, 'DEACTIVATED');
      same(await teamsOf(stage, 'Ada'), ['All staff', 'Sales and Service']);
      same((await stage.user('Cleo', 'status')).status, 'DELETED');
    }),
    does('nothing happens in Entra, and a cycle finds nothing to do', async (stage) => {
      same((await stage.cycle()).patches, 0);
    }),
    keeps('C7', 'the first requests are the initial run', (stage) =>
      eventually(async () => {
        const asked = `{ directory(id: "${stage.directory}") { syncRuns { nodes { kind } } } }`;
        same((await stage.hub.ask(asked)).directory.syncRuns.nodes.at(-1)?.kind, 'INITIAL');
      }),
    ),
    countsEqualTheLog('C8'),
    keeps('C9', 'the directory tells how far Entra is from quarantine', async (stage) => {
      const asked = `{ directory(id: "${stage.directory}") { health { quarantineRisk lastRequestAt } } }`;
      const { health } = (await stage.hub.ask(asked)).directory;
      same([health.quarantineRisk < 1, health.lastRequestAt !== null], [true, true]);
    }),
    keeps('C10', 'a rehearsal answers as if it were applied, and is once it is accepted', async (stage) => {
      const yann = async () => (await stage.hub.ask(`{ userBy(userName: "yann@${stage.cast.domain}") { id } }`)).userBy;
      await stage.hub.command(`setRehearsal(directory: "${stage.directory}", on: true)`);
      let told: string | undefined;
      // Until it is prepared everywhere the answer is 503, and Entra comes again.
      await eventually(async () => {
        const { status, json } = await stage.send('POST', '/Users', stranger(stage, 'Yann'));
        same(status, 201);
        told = (json as { id: string }).id;
      });
      same(await yann(), null);
      await stage.hub.command(`setRehearsal(directory: "${stage.directory}", on: false)`);
      same(await yann(), { id: told });
    }),
  ],
};
