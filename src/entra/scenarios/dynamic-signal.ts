import { does, keeps, type Scenario, same } from './scenario.ts';
import { countsEqualTheLog, cycle, testConnection } from './shared-steps.ts';

/**
 * Dynamic Signal (seeds DS1 to DS8): no groups; who has only the default app role stays out; a deletion in Entra only
 * deactivates, and for good people are deleted by an admin.
 */
export const dynamicSignal: Scenario = {
  preset: 'DYNAMIC_SIGNAL',
  mapping: {
    attributes: {
      userPrincipalName: 'userName',
      displayName: 'displayName',
      givenName: 'name.givenName',
      surname: 'name.familyName',
      jobTitle: 'title',
      mail: 'emails[type eq "work"].value',
      department: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
    },
    fullName: false,
    appRoles: true,
  },
  matchOn: ['userName', 'externalId'],
  company: ({ person }) => ({
    people: [
      person('Ada', { appRoles: ['Member'], jobTitle: 'Editor' }),
      person('Bob', { appRoles: ['Member'] }),
      person('Cleo', { appRoles: ['Default Access'] }),
      person('Dora'),
      person('Emil', { appRoles: ['Member'] }),
    ],
    groups: [],
  }),
  story: [
    testConnection('userName'),
    cycle('the initial cycle'),
    keeps('DS1', 'who has a role is let in', async (stage) =>
      same((await stage.user('Ada', 'status')).status, 'ACTIVE'),
    ),
    keeps('DS1', 'who has only the default one, or none, is not let in, and the reason is told', async (stage) => {
      const waits = { status: 'STAGED', waitsFor: 'ROLE' };
      same(await stage.user('Cleo', 'status waitsFor'), waits);
      same(await stage.user('Dora', 'status waitsFor'), waits);
    }),
    keeps('DS6', 'groups are no part of discovery, and a search for one is 404', async (stage) => {
      const { json } = await stage.send('GET', '/ResourceTypes');
      const types = (json as { Resources: { id: string }[] }).Resources.map(({ id }) => id);
      same([types, (await stage.send('GET', '/Groups')).status], [['User'], 404]);
    }),
    does('in Entra: one is given a role, one is disabled, one is deleted', async (stage) => {
      const { oid } = stage.cast;
      stage.happen(
        { do: 'edit', person: oid('Cleo'), set: { appRoles: ['Member'] } },
        { do: 'disable', person: oid('Bob') },
        { do: 'delete', person: oid('Emil') },
      );
      await stage.cycle();
    }),
    keeps('DS1', 'a later role lets in', async (stage) =>
      same(await stage.user('Cleo', 'status waitsFor'), { status: 'ACTIVE', waitsFor: null }),
    ),
    keeps('DS7', 'who is deprovisioned is deactivated, and nobody acts for them from then on', async (stage) => {
      same((await stage.user('Bob', 'status')).status, 'DEACTIVATED');
      const bob = stage.idOf('Bob');
      const refused = await stage.hub.ask('{ viewer { user { id } } }', bob).catch(() => 'refused');
      same(refused, 'refused');
    }),
    keeps('DS4', 'who is deleted in Entra is gone for SCIM and stays here, deactivated', async (stage) => {
      same((await stage.send('GET', `/Users/${stage.idOf('Emil')}`)).status, 404);
      same((await stage.user('Emil', 'status')).status, 'DEACTIVATED');
      stage.memory.emil = stage.idOf('Emil');
    }),
    does('in Entra: who was deleted comes again', async (stage) => {
      stage.happen({ do: 'hire', person: stage.cast.person('Emil', { appRoles: ['Member'] }) });
      await stage.cycle();
    }),
    keeps('DS4', 'who comes again is the same person', async (stage) => {
      same(stage.idOf('Emil'), stage.memory.emil);
      same((await stage.user('Emil', 'status')).status, 'ACTIVE');
    }),
    countsEqualTheLog('C8'),
    keeps('DS3', 'a new token serves beside the old one for as long as both are to live', async (stage) => {
      const call = `rotateDirectoryToken(directory: "${stage.directory}", overlapSeconds: 600)`;
      const { secret } = await stage.hub.command(call, 'secret');
      const statusWith = async (token: string) =>
        (await fetch(`${stage.hub.url}/scim/v2/Users?count=1`, { headers: { authorization: `Bearer ${token}` } }))
          .status;
      same([(await stage.send('GET', '/Users?count=1')).status, await statusWith(secret)], [200, 200]);
      same(await statusWith(`${secret}x`), 401);
    }),
    keeps('DS8', 'the row of a request opens to the changes that it made', async (stage) => {
      const asked = `{ directory(id: "${stage.directory}") { requests(subject: "${stage.idOf('Cleo')}") { nodes {
        method status changes { name changes { key } } } } } }`;
      const { nodes } = (await stage.hub.ask(asked)).directory.requests;
      type Row = { method: string; changes: { name: string; changes: { key: string }[] }[] };
      const patched = nodes.find(({ method }: Row) => method === 'PATCH') as Row | undefined;
      const keys = patched?.changes.flatMap(({ changes }) => changes.map(({ key }) => key));
      same(keys?.includes('status'), true);
    }),
    keeps('DS5', 'an admin deletes a person for good, and their values are gone', async (stage) => {
      const { userName } = await stage.user('Dora', 'userName');
      await stage.hub.command(`eraseUser(id: "${stage.idOf('Dora')}", confirm: "${userName}")`);
      same(await stage.hub.ask(`{ userBy(userName: "${userName}") { id } }`), { userBy: null });
    }),
  ],
};
