import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { scopes } from '../../../src/domain/actor.ts';
import { type Message, receiveEvents } from '../../support/event-receiver.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { askAs } from '../ask.ts';

let hub: Hub;
let receiver: Awaited<ReturnType<typeof receiveEvents>>;
beforeAll(async () => {
  receiver = await receiveEvents();
  hub = await startHub();
});
afterAll(async () => {
  await hub?.stop();
  await receiver?.stop();
});

const WAIT = { timeout: 20_000 };
const PROBLEMS = 'problems { code path message }';
const CREATE = `mutation ($input: CreateWebhookInput!) {
  createWebhook(input: $input) { webhook { id url names description state } secret ${PROBLEMS} } }`;
const UPDATE = `mutation ($id: ID!, $input: UpdateWebhookInput!) {
  updateWebhook(id: $id, input: $input) { webhook { url names state failingSince } ${PROBLEMS} } }`;
const DELIVERIES = `{ webhooks { id state lastDeliveryAt failingSince deliveries(first: 50) { nodes {
  id attempts status responseStatus nextAt deliveredAt lastError event { id name cursor subjectId } } } } }`;

let paths = 0;

/** A company with a webhook for what happens to teams, on a path of its own. */
async function company(input: object = { names: ['team.created', 'team.updated'] }) {
  const tenant = await hub.newTenant();
  const ask = askAs(hub, tenant.key);
  const path = `/${++paths}`;
  const { data } = await ask(CREATE, { input: { url: `${receiver.url}${path}`, ...input } });
  expect(data.createWebhook.problems).toEqual([]);
  const { webhook, secret } = data.createWebhook;
  const sql = (text: string) =>
    hub.running.database.session(tenant.id, (session) => session.ask<Record<string, unknown>>({ text, values: [] }));
  const update = async (patch: object) => (await ask(UPDATE, { id: webhook.id, input: patch })).data.updateWebhook;
  const team = async (name: string): Promise<string> =>
    (await ask('mutation ($name: String!) { createTeam(name: $name) { team { id } } }', { name })).data.createTeam.team
      .id;
  const rename = (id: string, name: string) =>
    ask('mutation ($id: ID!, $name: String) { updateTeam(id: $id, name: $name) { problems { message } } }', {
      id,
      name,
    });
  const came = (count: number): Promise<Message[]> =>
    vi.waitFor(() => {
      const own = receiver.messages.filter((message) => message.path === path);
      expect(own.length).toBeGreaterThanOrEqual(count);
      return own;
    }, WAIT);
  const state = async () => (await ask(DELIVERIES)).data.webhooks[0];
  const settled = async (statuses: string[]) =>
    vi.waitFor(async () => {
      const webhook = await state();
      expect(webhook.deliveries.nodes.map(({ status }: { status: string }) => status)).toEqual(statuses);
      return webhook;
    }, WAIT);
  return { tenant, ask, path, webhook, secret, sql, update, team, rename, came, state, settled };
}

type Company = Awaited<ReturnType<typeof company>>;

/** What the receiver of that company answers to each message. */
function answering({ path }: Company, answer: (message: Message) => number): void {
  const others = receiver.answer;
  receiver.answer = (message) => (message.path === path ? answer(message) : others(message));
}

const dueNow = ({ sql }: Company) => sql(`update webhook_deliveries set next_at = now() where status = 'PENDING'`);

describe('an event', () => {
  test('arrives signed, under its own id, with what happened', async () => {
    const one = await company();
    const team = await one.team('Nordwind');
    const [message] = await one.came(1);
    expect(receiver.signedBy(one.secret, message!)).toBe(true);
    expect(receiver.signedBy(`whsec_${Buffer.alloc(32).toString('base64')}`, message!)).toBe(false);
    const { data } = await one.ask(
      '{ events(names: ["team.created"]) { nodes { id cursor at name subjectId actor requestId changes { key from to shadow } } } }',
    );
    const [{ id, cursor, at, name, subjectId, actor, requestId, changes }] = data.events.nodes;
    expect(message!.id).toBe(id);
    expect(message!.body).toEqual({
      type: name,
      timestamp: at,
      data: { cursor, subjectId, actor, requestId, changes },
    });
    expect(subjectId).toBe(team);
    const webhook = await one.settled(['DELIVERED']);
    expect(webhook).toMatchObject({ state: 'ON', failingSince: null, lastDeliveryAt: expect.any(String) });
    expect(webhook.deliveries.nodes[0]).toMatchObject({
      attempts: 1,
      responseStatus: 204,
      nextAt: null,
      event: { id },
    });
  });

  test('is sent of the names that were asked for, or of all', async () => {
    const [some, all] = [await company({ names: ['team.updated'] }), await company({})];
    for (const one of [some, all]) await one.rename(await one.team('a'), 'b');
    const types = async (one: Company, count: number) => (await one.came(count)).map(({ body }) => body.type);
    expect(await types(some, 1)).toEqual(['team.updated']);
    const isNew = (type: string) => !type.startsWith('key.');
    await vi.waitFor(async () => {
      expect((await types(all, 3)).filter(isNew)).toEqual(['webhook.created', 'team.created', 'team.updated']);
    }, WAIT);
  });

  test('tells no sensitive value, whoever made the webhook', async () => {
    const one = await company({ names: ['user.created', 'user.updated'] });
    const field = { key: 'ssn', label: 'SSN', type: 'STRING', sensitive: true };
    await one.ask('mutation ($input: CreateFieldInput!) { createField(input: $input) { problems { message } } }', {
      input: field,
    });
    const custom = [{ key: 'ssn', value: 'canary-4711' }];
    const made = await one.ask(
      'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } problems { message } } }',
      { input: { userName: 'ada', department: 'Bridge', custom } },
    );
    expect(made.errors).toBeUndefined();
    expect(made.data.createUser.problems).toEqual([]);
    const [message] = await one.came(1);
    expect(message!.text).toContain('Bridge');
    expect(message!.text).not.toContain('canary-4711');
  });

  test('that fails is tried again under the same id, holding back its own subject and no other', async () => {
    const one = await company();
    const failing = await one.team('failing');
    await one.came(1);
    let isFailing = true;
    answering(one, ({ body }) => (isFailing && body.data.subjectId === failing ? 500 : 200));
    for (const name of ['1', '2', '3']) await one.rename(failing, name);
    const other = await one.team('other');
    await one.rename(other, 'x');
    await vi.waitFor(() => {
      const own = receiver.messages.filter(({ path }) => path === one.path);
      expect(own.filter(({ body }) => body.data.subjectId === other)).toHaveLength(2);
    }, WAIT);
    await vi.waitFor(async () => expect((await one.state()).deliveries.nodes.some(attempted)).toBe(true), WAIT);
    isFailing = false;
    await dueNow(one);
    await one.settled(Array.from({ length: 6 }, () => 'DELIVERED'));
    const ofFailing = receiver.messages.filter(
      ({ path, body }) => path === one.path && body.data.subjectId === failing && body.type === 'team.updated',
    );
    const tried = ofFailing.filter(({ status }) => status === 500);
    expect(tried.length).toBeGreaterThanOrEqual(1);
    expect(new Set(tried.map(({ id }) => id))).toEqual(new Set([ofFailing.at(-3)!.id]));
    const names = ofFailing.slice(-3).map(({ body }) => body.data.changes.find(named).to);
    expect(names).toEqual(['1', '2', '3']);
  });

  test('that fails for a day is given up, and its subject goes on; it can be sent again', async () => {
    const one = await company();
    answering(one, ({ body }) => (body.type === 'team.created' ? 503 : 200));
    const team = await one.team('a');
    await one.came(1);
    await one.rename(team, 'b');
    await one.sql(`update webhook_deliveries set give_up_at = now(), next_at = now() where attempts > 0`);
    const webhook = await vi.waitFor(async () => {
      await one.sql(
        `update webhook_deliveries set give_up_at = now(), next_at = now() where attempts > 0 and status = 'PENDING'`,
      );
      const read = await one.state();
      expect(read.deliveries.nodes.map(({ status }: { status: string }) => status)).toEqual(['DELIVERED', 'DEAD']);
      return read;
    }, WAIT);
    const dead = webhook.deliveries.nodes[1];
    expect(dead).toMatchObject({ responseStatus: 503, lastError: 'answered 503', nextAt: null });
    answering(one, () => 200);
    const again = await one.ask(
      `mutation ($id: ID!) { redeliver(delivery: $id) { delivery { id status attempts } ${PROBLEMS} } }`,
      { id: dead.id },
    );
    expect(again.data.redeliver).toMatchObject({ delivery: { id: dead.id, status: 'PENDING' }, problems: [] });
    await one.settled(['DELIVERED', 'DELIVERED']);
  });
});

const attempted = ({ attempts, status }: { attempts: number; status: string }) => attempts > 0 && status === 'PENDING';
const named = ({ key }: { key: string }) => key === 'name';

describe('a webhook', () => {
  test('sends everything after a cursor once more, under the same ids', async () => {
    const one = await company();
    for (const name of ['a', 'b', 'c']) await one.team(name);
    const [first, second, third] = await one.came(3);
    await one.settled(['DELIVERED', 'DELIVERED', 'DELIVERED']);
    const { data } = await one.ask(
      `mutation ($id: ID!, $cursor: String!) { redeliverSince(webhook: $id, cursor: $cursor) { webhook { id } ${PROBLEMS} } }`,
      { id: one.webhook.id, cursor: first!.body.data.cursor },
    );
    expect(data.redeliverSince.problems).toEqual([]);
    const ids = (await one.came(5)).slice(3).map(({ id }) => id);
    expect(ids.toSorted()).toEqual([second!.id, third!.id].toSorted());
  });

  test('is signed with both secrets after a rotation, for a day', async () => {
    const one = await company();
    const rotated = await one.ask(`mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret ${PROBLEMS} } }`, {
      id: one.webhook.id,
    });
    const { secret } = rotated.data.rotateWebhookSecret;
    expect(secret).not.toBe(one.secret);
    await one.team('a');
    const [both] = await one.came(1);
    expect([one.secret, secret].map((each) => receiver.signedBy(each, both!))).toEqual([true, true]);
    await one.sql('update webhooks set old_until = now()');
    await one.team('b');
    const alone = (await one.came(2))[1]!;
    expect([one.secret, secret].map((each) => receiver.signedBy(each, alone))).toEqual([false, true]);
    expect(JSON.stringify(await one.sql('select * from webhooks'))).not.toContain(secret.slice(6));
  });

  test('whose receiver is gone is switched off at once, told of, and misses nothing once it is on again', async () => {
    const one = await company();
    answering(one, () => 410);
    await one.team('a');
    await vi.waitFor(async () => expect((await one.state()).state).toBe('OFF'), WAIT);
    const { data } = await one.ask(
      '{ notices(open: true) { kind message } events(names: ["webhook.switched_off"]) { nodes { subjectId changes { key to } } } }',
    );
    expect(data.notices).toMatchObject([{ kind: 'WEBHOOK' }]);
    expect(data.events.nodes).toMatchObject([{ subjectId: one.webhook.id }]);
    expect(data.events.nodes[0].changes).toContainEqual({ key: 'reason', to: 'GONE' });
    await one.team('b');
    answering(one, () => 200);
    expect((await one.update({ state: 'ON' })).webhook).toMatchObject({ state: 'ON', failingSince: null });
    await one.settled(['DELIVERED', 'DELIVERED']);
    expect((await one.ask('{ notices(open: true) { kind } }')).data.notices).toEqual([]);
  });

  test('at which nothing arrives for three days is switched off', async () => {
    const one = await company();
    answering(one, () => 500);
    await one.team('a');
    await vi.waitFor(async () => expect((await one.state()).failingSince).not.toBeNull(), WAIT);
    expect((await one.state()).state).toBe('ON');
    await one.sql(`update webhooks set failing_since = now() - interval '3 days'`);
    await dueNow(one);
    await vi.waitFor(async () => expect((await one.state()).state).toBe('OFF'), WAIT);
  });

  test('that is deleted is sent nothing more, and leaves nothing', async () => {
    const one = await company();
    await one.team('a');
    await one.settled(['DELIVERED']);
    const id = one.webhook.id;
    const { data } = await one.ask(`mutation ($id: ID!) { deleteWebhook(id: $id) { deletedId ${PROBLEMS} } }`, { id });
    expect(data.deleteWebhook).toEqual({ deletedId: id, problems: [] });
    expect(await one.sql('select 1 from webhooks')).toEqual([]);
    expect(await one.sql('select 1 from webhook_deliveries')).toEqual([]);
  });

  test('is nobody else’s to see or change', async () => {
    const [one, other] = [await company(), await company()];
    const weak = askAs(
      hub,
      await hub.newKey(
        one.tenant.id,
        scopes.filter((scope) => scope !== 'tenants:admin'),
      ),
    );
    expect((await weak('{ webhooks { id } }')).errors?.[0]?.extensions.code).toBe('NOT_ALLOWED');
    const refused = await weak(CREATE, { input: { url: receiver.url } });
    expect(refused.data.createWebhook.problems).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    const patch = { id: one.webhook.id, input: { state: 'OFF' } };
    expect((await other.ask(UPDATE, patch)).data.updateWebhook.problems).toMatchObject([{ code: 'NOT_FOUND' }]);
    const node = `{ node(id: "${one.webhook.id}") { id } }`;
    expect((await other.ask(node)).data.node).toBeNull();
    expect((await one.ask(node)).data.node).toEqual({ id: one.webhook.id });
  });
});

describe('A42 an address inside is refused', () => {
  test.each([
    'https://127.1/',
    'https://0.0.0.0/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::]/',
    'https://198.18.0.1/',
    'https://100.64.0.1/',
    'https://user:password@8.8.8.8/',
    'http://8.8.8.8/',
    'file:///etc/passwd',
    'no address',
  ])('A42 when a webhook is made or changed: %s', async (url) => {
    const strict = { ...hub.running.hub };
    const [{ mayCall }, one] = [await import('../../../src/http/webhooks/event-courier.ts'), await company()];
    Object.assign(hub.running.hub, { mayCall: mayCall(false) });
    const made = await one.ask(CREATE, { input: { url } });
    const changed = await one.update({ url });
    Object.assign(hub.running.hub, strict);
    for (const { webhook, problems } of [made.data.createWebhook, changed])
      expect({ webhook, problems }).toMatchObject({
        webhook: null,
        problems: [{ code: 'INVALID_INPUT', path: ['url'] }],
      });
  });
});

test('A43 a name that leads inside by the time of sending is not called', async () => {
  const strict = await startHub(undefined, { localWebhooks: false });
  try {
    Object.assign(strict.running.hub, { mayCall: async () => true });
    const tenant = await strict.newTenant();
    const ask = askAs(strict, tenant.key);
    const { data } = await ask(CREATE, { input: { url: `https://localhost:1/inside`, names: null } });
    expect(data.createWebhook.problems).toEqual([]);
    await vi.waitFor(async () => {
      const [webhook] = (await ask(DELIVERIES)).data.webhooks;
      expect(webhook.deliveries.nodes[0]).toMatchObject({
        responseStatus: null,
        lastError: 'localhost is not a public address',
      });
    }, WAIT);
  } finally {
    await strict.stop();
  }
});
