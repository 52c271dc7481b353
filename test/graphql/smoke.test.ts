import { afterAll, beforeAll, test } from 'vitest';
import { type Hub, startHub, type Tenant } from '../support/hub.ts';

let hub: Hub; let T: Tenant;
beforeAll(async () => {
  hub = await startHub(); T = await hub.newTenant();
});
afterAll(() => hub.stop());

test('smoke', async () => {
  const ask = async (query: string, variables?: object, key = T.key) => {
    const r = await fetch(`${hub.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` }, body: JSON.stringify({ query, variables }) });
    const t = await r.text();
    console.log(r.status, t.slice(0, 1500));
    if (hub.log.length) console.log(hub.log.splice(0).join("\n")); return JSON.parse(t);
  };
  const c = await ask('mutation($i: CreateUserInput!) { createUser(input: $i) { user { id version userName displayName email phone { value type } emails { value type primary } createdAt } problems { __typename code message path } } }', { i: { userName: 'Ada', displayName: 'Ada L', email: 'a@b.example', phone: '+49 151 1', custom: [{ key: 'title', value: 'Boss' }] } });
  const id = c.data.createUser.user.id;
  const t = await ask('mutation { createTeam(name: "T1") { team { id name memberCount } problems { code } } }');
  await ask('mutation($t: ID!, $u: [ID!]!) { addTeamMembers(id: $t, users: $u) { team { memberCount members { nodes { id } totalCount } groups { id } } problems { code message } } }', { t: t.data.createTeam.team.id, u: [id] });
  await ask('query($id: ID!) { user(id: $id) { id title manager { id } teams { totalCount nodes { id name } } links { externalId } lock { reason } history { nodes { id cursor name actor changes { key from to shadow } subject { __typename id } } } fields(keys: ["title", "email"]) { definition { key label scimPath } value rule { sourceOfTruth editableBy directories { id } version } winner { value at actor source { kind directory { id } } } shadowed { value } viewerCanEdit } } }', { id });
  await ask('query($w: UserWhere) { users(where: $w, orderBy: [{ field: DISPLAY_NAME, direction: DESC }]) { totalCount nodes { id userName } edges { cursor } pageInfo { endCursor hasNextPage } } }', { w: { or: [{ userName: { startsWith: 'ad' } }, { not: { email: { isNull: true } } }] } });
  await ask('{ viewer { kind label scopes } directories { id name scimBaseUrl tokens { id prefix } groups { nodes { id } } } fieldDefinitions { id key } fieldRules { field { key } sourceOfTruth } events(first: 2) { nodes { name } } teams { nodes { name } } }');
  await ask('query($id: ID!) { node(id: $id) { __typename id ... on User { userName } } }', { id });
  await ask('mutation { setFieldRules(preset: HYBRID) { usersChanged fieldRules { field { key } sourceOfTruth } problems { message } } }');
  await ask('mutation($id: ID!) { updateUser(id: $id, input: {title: null, email: "x"}, ifVersion: 1) { user { id } problems { __typename code message path ... on VersionConflictProblem { currentVersion } } } }', { id });
  await ask('{ users(first: 0) { nodes { id } } }');
  await ask('{ users(first: 10, where: {userName: {eq: 3}}) { nodes { id } } }');
  await ask('{ userz }');
  console.log(hub.log);
});
