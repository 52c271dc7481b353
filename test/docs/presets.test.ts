import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SourceOfTruth, sourcesOfTruth } from '../../src/fields/rule.ts';
import { userFieldKeys, userFields } from '../../src/fields/user.fields.ts';
import { type Ask, askAs } from '../graphql/ask.ts';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';

const page = readFileSync('docs/presets.md', 'utf8');

/** The rows of the table whose head begins so, as cells. */
function rowsUnder(head: string): string[][] {
  const [, rest] = page.split(`\n| ${head} |`);
  const lines = rest!.split('\n').slice(2);
  const rows = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('|')),
  );
  return rows.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

/** Ada in a company of her own, with everybody who may say something of her. */
type Scene = {
  tenantId: string;
  key: 'title' | 'timezone';
  id: string;
  directory: TestDirectory;
  admin: Ask;
  ada: Ask;
  sourceOfTruth: SourceOfTruth;
  /** What the page calls each directory, by id. */
  names: Map<string, string>;
  isRefused: boolean;
};

const setRule = (admin: Ask, rule: object) =>
  admin('mutation ($rules: [FieldRuleInput!]) { setFieldRules(rules: $rules) { problems { message } } }', {
    rules: [rule],
  });

async function newScene(story: string, sourceOfTruth: SourceOfTruth): Promise<Scene> {
  const { id: tenantId, key: apiKey } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId);
  const admin = askAs(hub, apiKey);
  const key = story.includes('/') ? 'timezone' : 'title';
  await setRule(admin, { key, sourceOfTruth });
  const made = await scimClient(directory).post('/Users', { userName: 'ada', externalId: 'ada' });
  const id = String(made.body.id);
  const names = new Map([[directory.id, 'directory']]);
  return { tenantId, key, id, directory, admin, ada: askAs(hub, apiKey, id), sourceOfTruth, names, isRefused: false };
}

const send = async ({ directory, id }: Scene, operation: object) =>
  expect((await scimClient(directory).patch(`/Users/${id}`, operation)).status).toBe(200);

async function edit(scene: Scene, value: string | null) {
  const query =
    'mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { problems { code } } }';
  const { data } = await scene.ada(query, { id: scene.id, input: { [scene.key]: value } });
  scene.isRefused ||= data.updateUser.problems[0]?.code === 'FIELD_LOCKED';
}

const disconnect = async ({ admin, directory }: Scene) => {
  const query = 'mutation ($id: ID!) { disconnectDirectory(id: $id, plan: KEEP_MANUAL) { problems { message } } }';
  expect((await admin(query, { id: directory.id })).data.disconnectDirectory.problems).toEqual([]);
};

/** One more directory holds Ada, and says that value of her. */
async function join(scene: Scene, name: 'second directory' | 'new directory', value: string) {
  const directory = await hub.newDirectory(scene.tenantId);
  scene.names.set(directory.id, name);
  if (name === 'second directory') {
    const query = `mutation ($user: ID!, $directory: ID!) {
      linkUser(user: $user, directory: $directory, externalId: "ada") { problems { message } } }`;
    await scene.admin(query, { user: scene.id, directory: directory.id });
  }
  const { body } = await scimClient(directory).post('/Users', {
    userName: 'ada',
    externalId: 'ada',
    [scene.key]: value,
  });
  expect(body.id).toBe(scene.id);
}

async function listSecondFirst({ admin, key, sourceOfTruth, names }: Scene) {
  const second = [...names].find(([, name]) => name === 'second directory')![0];
  await setRule(admin, { key, sourceOfTruth, directories: [second] });
}

/** Every sentence that a row may be made of. */
const sentences: [form: RegExp, play: (scene: Scene, value: string) => Promise<unknown>][] = [
  [/^nothing more: the directory never sends it$/, async () => {}],
  [
    /^the directory sends ([\w/]+)(?: again)?$/,
    (scene, value) => send(scene, { op: 'replace', path: scene.key, value }),
  ],
  [/^the directory clears it$/, (scene) => send(scene, { op: 'remove', path: scene.key })],
  [/^the directory is disconnected$/, disconnect],
  [/^the second directory sends (\w+)$/, (scene, value) => join(scene, 'second directory', value)],
  [/^a new directory takes her back, sending (\w+)$/, (scene, value) => join(scene, 'new directory', value)],
  [/^the rule lists the second directory first$/, listSecondFirst],
  [/^Ada edits it to ([\w/]+)$/, edit],
  [/^Ada clears it$/, (scene) => edit(scene, null)],
  [
    /^it is released$/,
    ({ admin, id, key }) =>
      admin(
        'mutation ($id: ID!, $keys: [String!]!) { releaseUserFields(id: $id, keys: $keys) { problems { code } } }',
        {
          id,
          keys: [key],
        },
      ),
  ],
  [
    /^her device says ([\w/]+)$/,
    ({ ada, id }, timezone) =>
      ada(
        'mutation ($id: ID!, $timezone: String!) { reportDevice(user: $id, timezone: $timezone) { problems { code } } }',
        {
          id,
          timezone,
        },
      ),
  ],
];

async function play(scene: Scene, story: string) {
  for (const sentence of story.split('; ')) {
    const [form, perform] = sentences.find(([form]) => form.test(sentence)) ?? [];
    expect(form, `a way to play "${sentence}"`).toBeDefined();
    await perform!(scene, form!.exec(sentence)![1] ?? '');
  }
}

/** How the field stands, in the words of the page. */
async function standing({ ada, admin, id, key, names, isRefused }: Scene): Promise<string> {
  const query = `query ($id: ID!, $keys: [String!]) { user(id: $id) { fields(keys: $keys) {
    value viewerCanEdit winner { source { kind } } shadowed { value } } } }`;
  const [field] = (await ada(query, { id, keys: [key] })).data.user.fields;
  const owners: Record<string, string> = { LOCAL: 'Ada', DEVICE: 'device' };
  const owner =
    'query ($id: ID!, $keys: [String!]) { user(id: $id) { fields(keys: $keys) { winner { source { directory { id } } } } } }';
  const [{ winner }] = (await admin(owner, { id, keys: [key] })).data.user.fields;
  const directory = names.get(winner?.source.directory?.id);
  const kept = field.shadowed.map(({ value }: { value: string | null }) => value ?? 'nothing');
  return [
    field.value ?? 'nothing',
    field.winner ? (directory ?? owners[field.winner.source.kind]) : 'nobody',
    field.viewerCanEdit ? 'open' : 'locked',
    ...(isRefused ? ['refused'] : []),
    ...(kept.length > 0 ? [`kept: ${kept.join(', ')}`] : []),
  ].join(' · ');
}

describe('the page about presets', () => {
  const rows = rowsUnder('what happens');

  test('has a row for every situation that an admin meets', () => {
    const stories = rows.map(([story]) => story!).join('\n');
    for (const situation of [
      'never sends',
      'sends Engineer again',
      'clears it',
      'Ada clears',
      'released',
      'disconnected',
      'takes her back',
      'second directory',
      'device',
    ]) {
      expect(stories).toContain(situation);
    }
    expect(new Set(stories.split('\n')).size).toBe(rows.length);
  });

  test.each(rows)('DY2 DY7 S6 %s', async (story, ...cells) => {
    for (const [index, truth] of sourcesOfTruth.entries()) {
      const scene = await newScene(story, truth);
      await play(scene, story);
      expect([truth, await standing(scene)]).toEqual([truth, cells[index]]);
    }
  });

  test('DY9 names every field with what each preset makes of it', async () => {
    const admin = askAs(hub, (await hub.newTenant()).key);
    const told = new Map<string, string[]>(userFieldKeys.map((key) => [`${userFields[key].label} (\`${key}\`)`, []]));
    for (const preset of ['DIRECTORY_OWNS_ALL', 'USER_OWNS_ALL', 'HYBRID']) {
      const { data } = await admin(
        `mutation { setFieldRules(preset: ${preset}) { fieldRules { sourceOfTruth field { key label } } problems { code } } }`,
      );
      for (const { sourceOfTruth, field } of data.setFieldRules.fieldRules) {
        told.get(`${field.label} (\`${field.key}\`)`)!.push(sourceOfTruth === 'USER' ? 'person' : 'directory');
      }
    }
    expect(rowsUnder('field')).toEqual([...told].map(([field, owners]) => [field, ...owners]));
  });
});
