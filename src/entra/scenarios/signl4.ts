import { openJob } from '../job.ts';
import { literal } from './hub.ts';
import { does, eventually, keeps, type Scenario, same } from './scenario.ts';
import { countsEqualTheLog, cycle, patch, stranger, teamsOf, teamsOfGroups, testConnection } from './shared-steps.ts';

/**
 * SIGNL4 (seeds S1 to S31): groups become teams, people come only through groups, whoever was there is known by the
 * e-mail address, and stakeholders are who has the app role.
 */
export const signl4: Scenario = {
  preset: 'SIGNL4',
  mapping: {
    attributes: {
      userPrincipalName: 'userName',
      givenName: 'name.givenName',
      surname: 'name.familyName',
      jobTitle: 'title',
      mail: 'emails[type eq "work"].value',
      businessPhone: 'phoneNumbers[type eq "work"].value',
      mobilePhone: 'phoneNumbers[type eq "mobile"].value',
      preferredLanguage: 'preferredLanguage',
      timezone: 'timezone',
    },
    fullName: false,
    appRoles: true,
  },
  matchOn: ['emails[type eq "work"].value', 'externalId'],
  company: ({ person, group }) => ({
    people: [
      person('Ada', { mobilePhone: '+49 151 23456789', preferredLanguage: 'de-DE', timezone: 'Europe/Berlin' }),
      person('Bob'),
      person('Kim', { jobTitle: 'Dispatcher' }),
      person('Mia'),
      person('Leo'),
      person('Pat', { appRoles: ['Duty'] }),
      person('Otto'),
      person('Gus'),
      person('Dan'),
      person('Sam', { appRoles: ['S4Stakeholder'] }),
    ],
    groups: [
      group('Day shift', ['Ada', 'Bob', 'Kim', 'Pat', 'Otto', 'Gus']),
      group('Night shift', ['Ada', 'Mia', 'Leo']),
      group('Reserve'),
      group('Board', ['Sam']),
    ],
  }),
  story: [
    testConnection('emails[type eq "work"].value'),
    does('two people are here already, and Entra will send one of them', async ({ hub, cast, memory }) => {
      for (const name of ['kim', 'hanna']) {
        const input = { userName: `${name} by hand ${cast.domain}`, email: `${name}@${cast.domain}`, title: 'Boss' };
        const { user } = await hub.command(`createUser(input: ${literal(input)})`, 'user { id version }');
        memory[name] = user.id;
        memory[`${name} version`] = String(user.version);
      }
    }),
    keeps('S28', 'a rule can make stakeholders of an app role', async ({ hub }) => {
      const { roleRules } = await hub.ask('{ roleRules { role { id } appRole group { id } kind } }');
      type Rule = { role: { id: string }; appRole: string | null; group: { id: string } | null; kind: string | null };
      const kept = roleRules.map(({ role, appRole, group, kind }: Rule) => ({
        role: role.id,
        ...(appRole !== null && { appRole }),
        ...(group && { group: group.id }),
        ...(kind !== null && { kind }),
      }));
      if (roleRules.some(({ appRole }: Rule) => appRole === 'S4Stakeholder')) return;
      const rules = [...kept, { appRole: 'S4Stakeholder', kind: 'STAKEHOLDER' }];
      await hub.command(`setRoleRules(rules: ${literal(rules)})`);
    }),
    cycle('the initial cycle'),

    keeps('S2', 'two groups made two teams with the same person in both', async (stage) =>
      same(await teamsOf(stage, 'Ada'), ['Day shift', 'Night shift']),
    ),
    keeps('S27', 'a group without members made no team', async (stage) =>
      same((await teamsOfGroups(stage)).Reserve, null),
    ),
    keeps('S16', 'who is in no group waits, staged, and the others are let in', async (stage) => {
      same(await stage.user('Dan', 'status waitsFor'), { status: 'STAGED', waitsFor: 'GROUP' });
      same((await stage.user('Bob', 'status')).status === 'STAGED', false);
    }),
    keeps('S26', 'who is new and let in is invited, and who was here already is not', async (stage) => {
      same((await stage.user('Bob', 'status')).status, 'INVITED');
      same((await stage.user('Kim', 'status')).status, 'ACTIVE');
    }),
    keeps('S23', 'who has the e-mail address is taken over under their own id and login', async (stage) => {
      same(stage.idOf('Kim'), stage.memory.kim);
      same(await stage.user('Kim', 'userName loginId title links { externalId }'), {
        userName: `kim by hand ${stage.cast.domain}`,
        loginId: `kim by hand ${stage.cast.domain}`,
        title: 'Dispatcher',
        links: [{ externalId: stage.cast.oid('Kim') }],
      });
    }),
    keeps('S13', 'a person is found by the externalId that single sign-on brings', async (stage) => {
      const asked = `externalId: "${stage.cast.oid('Ada')}", directory: "${stage.directory}"`;
      same(await stage.hub.ask(`{ userBy(${asked}) { id } }`), { userBy: { id: stage.idOf('Ada') } });
    }),
    keeps('S11', 'the language arrives', async (stage) =>
      same((await stage.user('Ada', 'preferredLanguage')).preferredLanguage, 'de-DE'),
    ),
    keeps('S15', 'a custom attribute under a bare name arrives and reads back', async (stage) => {
      same((await stage.user('Ada', 'timezone')).timezone, 'Europe/Berlin');
      const { json } = await stage.send('GET', `/Users/${stage.idOf('Ada')}`);
      same((json as { timezone?: string }).timezone, 'Europe/Berlin');
    }),
    keeps('S12', 'without a time zone of the directory the one of the device counts', async (stage) => {
      const kim = stage.idOf('Kim');
      await stage.hub.command(`reportDevice(user: "${kim}", timezone: "Europe/Rome")`, '', kim);
      same((await stage.user('Kim', 'timezone')).timezone, 'Europe/Rome');
    }),
    keeps('S12', 'a time zone that is none is refused', async (stage) =>
      same((await stage.send('POST', '/Users', stranger(stage, 'Zack', { timezone: 'Europe/Nowhere' }))).status, 400),
    ),
    keeps('S8', 'a person may come without a userName', async (stage) =>
      same((await stage.send('POST', '/Users', stranger(stage, 'Una', { userName: undefined }))).status, 201),
    ),
    keeps('S14', 'the description of a group is taken and reads back', async (stage) => {
      const path = `/Groups/${stage.idOf('Day shift')}`;
      await stage.send('PATCH', path, patch('Add', 'description', 'From six to two'));
      const { json } = await stage.send('GET', path);
      same((json as { description?: string }).description, 'From six to two');
    }),
    keeps('S28', 'who has the app role is a stakeholder', async (stage) =>
      same((await stage.user('Sam', 'kind')).kind, 'STAKEHOLDER'),
    ),
    keeps('S29', 'a group of stakeholders alone made no team', async (stage) =>
      same((await teamsOfGroups(stage)).Board, null),
    ),

    does('people correct a phone number and rename a team', async (stage) => {
      await stage.hub.command(`updateUser(id: "${stage.idOf('Ada')}", input: { phone: "+49 160 1111111" })`);
      const team = (await teamsOfGroups(stage))['Night shift'];
      stage.memory.night = team!.id;
      await stage.hub.command(`updateTeam(id: "${team!.id}", name: "Night crew")`);
    }),
    keeps('S6', 'the same number sent again leaves the correction', async (stage) => {
      const again = patch('Replace', 'phoneNumbers[type eq "mobile"].value', '+49 151 23456789');
      await stage.send('PATCH', `/Users/${stage.idOf('Ada')}`, again);
      same((await stage.user('Ada', 'phone { value }')).phone.value, '+49 160 1111111');
    }),
    does(
      'in Entra: a new number and address, a leave, a joiner, an end, and a role that is taken away',
      async (stage) => {
        const { oid, person, domain } = stage.cast;
        stage.memory.login = (await stage.user('Ada', 'loginId')).loginId;
        stage.memory.pat = JSON.stringify(await stage.user('Pat', 'status teams { nodes { name } }'));
        stage.happen(
          { do: 'edit', person: oid('Ada'), set: { mobilePhone: '+49 151 99999999', mail: `countess@${domain}` } },
          { do: 'disable', person: oid('Pat') },
          { do: 'disable', person: oid('Otto') },
          { do: 'hire', person: person('Zoe') },
          { do: 'add-member', group: oid('Night shift'), person: oid('Zoe') },
          { do: 'add-member', group: oid('Reserve'), person: oid('Bob') },
          { do: 'edit', person: oid('Sam'), set: { appRoles: [] } },
          { do: 'delete', person: oid('Gus') },
        );
        await stage.cycle();
      },
    ),
    keeps('S6', 'a new number wins over the correction', async (stage) =>
      same((await stage.user('Ada', 'phone { value }')).phone.value, '+49 151 99999999'),
    ),
    keeps('S24', 'a new number is to be verified, and another spelling is the same number', async (stage) => {
      const wanted = 'phone { e164 needsVerification }';
      const before = (await stage.user('Ada', wanted)).phone;
      same(before, { e164: '+4915199999999', needsVerification: true });
      const spelling = patch('Replace', 'phoneNumbers[type eq "mobile"].value', '0049 151 99999999');
      await stage.send('PATCH', `/Users/${stage.idOf('Ada')}`, spelling);
      same((await stage.user('Ada', wanted)).phone, before);
    }),
    keeps('S10', 'a changed e-mail address does not move what the person signs in by', async (stage) => {
      same(await stage.user('Ada', 'email loginId'), {
        email: `countess@${stage.cast.domain}`,
        loginId: stage.memory.login,
      });
    }),
    keeps('S4', 'a team renamed by hand keeps its name, and the next member joins it', async (stage) => {
      same(await teamsOf(stage, 'Zoe'), ['Night crew']);
      same((await teamsOfGroups(stage))['Night shift']!.id, stage.memory.night);
    }),
    keeps('S27', 'the first member makes the team of a group that had none', async (stage) =>
      same(await teamsOf(stage, 'Bob'), ['Day shift', 'Reserve']),
    ),
    keeps('S28', 'losing the app role ends being a stakeholder', async (stage) =>
      same((await stage.user('Sam', 'kind')).kind, 'MEMBER'),
    ),
    keeps('S19', 'who is removed softly is deactivated and locked', async (stage) =>
      same(await stage.user('Otto', 'status lock { reason deletable }'), {
        status: 'DEACTIVATED',
        lock: { reason: 'DIRECTORY_DEACTIVATED', deletable: true },
      }),
    ),
    keeps('S21', 'who is deleted in Entra is gone', async (stage) => {
      same((await stage.user('Gus', 'status')).status, 'DELETED');
      same((await stage.send('GET', `/Users/${stage.idOf('Gus')}`)).status, 404);
    }),
    keeps('S20', 'a locked person cannot be edited but deleted, and comes back as somebody new', async (stage) => {
      const { oid, person } = stage.cast;
      const otto = stage.idOf('Otto');
      same(await stage.hub.problemsOf(`updateUser(id: "${otto}", input: { nickName: "O" })`), ['USER_LOCKED']);
      await stage.hub.command(`deleteUser(id: "${otto}")`);
      stage.happen({ do: 'delete', person: oid('Otto') });
      await stage.cycle();
      stage.happen(
        { do: 'hire', person: person('Otto') },
        { do: 'add-member', group: oid('Day shift'), person: oid('Otto') },
      );
      await stage.cycle();
      same(stage.idOf('Otto') === otto, false);
    }),
    does('in Entra: somebody is back from leave', async (stage) => {
      stage.happen({ do: 'restore', person: stage.cast.oid('Pat') });
      await stage.cycle();
    }),
    keeps('S18', 'who was away has the teams and the standing of before', async (stage) =>
      same(JSON.stringify(await stage.user('Pat', 'status teams { nodes { name } }')), stage.memory.pat),
    ),
    keeps('S25', 'who finds no seat is skipped, and nothing of them is stored', async (stage) => {
      const { seats } = await stage.hub.ask('{ seats { limit used } }');
      await stage.setPolicy({ membershipGate: false });
      await stage.hub.command(`setSeatLimit(limit: ${seats.used})`);
      const { status } = await stage.send('POST', '/Users', stranger(stage, 'Lou'));
      await stage.hub.command(`setSeatLimit(limit: ${seats.limit})`);
      await stage.setPolicy({ membershipGate: true });
      same(status, 403);
      const lou = `{ userBy(userName: "lou@${stage.cast.domain}") { id } }`;
      same(await stage.hub.ask(lou), { userBy: null });
    }),

    keeps('S3', 'one team for all has everybody, and who is moved by hand stays moved', async (stage) => {
      await stage.setPolicy({ groups: 'CENTRAL_TEAM' });
      const wanted = 'teams(first: 100) { nodes { id name origin } }';
      const teams = async () => (await stage.user('Zoe', wanted)).teams.nodes;
      let central: { id: string } | undefined;
      await eventually(async () => {
        central = (await teams()).find((team: { origin: string }) => team.origin === 'CENTRAL');
        same(central !== undefined, true);
      });
      const { team } = await stage.hub.command('createTeam(name: "Moved by hand")', 'team { id }');
      await stage.hub.command(`addTeamMembers(id: "${team.id}", users: ["${stage.idOf('Zoe')}"])`);
      await stage.hub.command(`removeTeamMembers(id: "${central!.id}", users: ["${stage.idOf('Zoe')}"])`);
      await stage.cycle();
      const names = (await teams()).map(({ name }: { name: string }) => name);
      same([names.includes('Moved by hand'), names.includes('SCIM Synchronized')], [true, false]);
    }),

    keeps('S5', 'where only people come, they are in one team', async ({ hub, cast, connectAnother }) => {
      const { directory, secret } = await connectAnother();
      await hub.command(`updateDirectoryPolicy(id: "${directory}", policy: { membershipGate: false })`);
      const company = { people: [cast.person('Quinn')], groups: [] };
      const job = openJob({ url: `${hub.url}/scim/v2`, token: secret, directory: company });
      await job.cycle().finally(() => job.close());
      const { users } = await hub.ask(
        `{ users(where: { directory: "${directory}" }) { nodes { teams { nodes { name origin } } } } }`,
      );
      same(users.nodes, [{ teams: { nodes: [{ name: 'SCIM Synchronized', origin: 'CENTRAL' }] } }]);
    }),

    does('in Entra: one moves from group to group, one leaves their last', async (stage) => {
      const { oid } = stage.cast;
      stage.happen(
        { do: 'remove-member', group: oid('Night shift'), person: oid('Mia') },
        { do: 'add-member', group: oid('Day shift'), person: oid('Mia') },
        { do: 'remove-member', group: oid('Night shift'), person: oid('Leo') },
      );
      await stage.cycle();
      same((await stage.user('Leo', 'status')).status, 'INVITED');
      await stage.setPolicy({ gateGraceSeconds: 0 });
    }),
    keeps(
      'S17',
      'who is in no group any more is removed once the grace is over, and who moved stays',
      async (stage) => {
        await eventually(async () => same((await stage.user('Leo', 'status')).status, 'DELETED'));
        same((await stage.user('Mia', 'status')).status, 'INVITED');
      },
    ),
    keeps('S16', 'who never came into a group is rejected', async (stage) => {
      await eventually(async () => same((await stage.user('Dan', 'status')).status, 'DELETED'));
      same((await stage.send('GET', `/Users/${stage.idOf('Dan')}`)).status, 404);
    }),
    keeps('S22', 'who was made by hand is as before', async ({ hub, memory }) => {
      const { user } = await hub.ask(`{ user(id: "${memory.hanna}") { status version links { externalId } } }`);
      same(user, { status: 'ACTIVE', version: Number(memory['hanna version']), links: [] });
    }),
    countsEqualTheLog('S31'),
  ],
};
