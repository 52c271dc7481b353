import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askAs } from '../graphql/ask.ts';
import { receiveEvents } from '../support/event-receiver.ts';
import { KEY, kill, openKillable } from '../support/killable.ts';

let stage: Awaited<ReturnType<typeof openKillable>>;
let receiver: Awaited<ReturnType<typeof receiveEvents>>;
beforeAll(async () => {
  [stage, receiver] = await Promise.all([openKillable({ ROLLCALL_LOCAL_WEBHOOKS: 'on' }), receiveEvents()]);
});
afterAll(async () => {
  await stage?.close();
  await receiver?.stop();
});

const WAIT = { timeout: 60_000, interval: 200 };

test('a hub that is killed while it sends loses nothing, and two beside each other keep the order', async () => {
  const [first, second] = [await stage.start(), await stage.start()];
  const ask = askAs(first, KEY);
  const { data } = await ask(
    `mutation ($url: String!) { createWebhook(input: { url: $url, names: ["team.created", "team.updated"] }) { problems { message } } }`,
    { url: receiver.url },
  );
  expect(data.createWebhook.problems).toEqual([]);
  const teams: string[] = [];
  for (let count = 0; count < 6; count++)
    teams.push((await ask('mutation { createTeam(name: "0") { team { id } } }')).data.createTeam.team.id);
  const rename = (name: string) =>
    Promise.all(
      teams.map((id) =>
        askAs(second, KEY)(
          'mutation ($id: ID!, $name: String) { updateTeam(id: $id, name: $name) { problems { message } } }',
          {
            id,
            name,
          },
        ),
      ),
    );
  for (const name of ['1', '2', '3']) await rename(name);
  // Whoever sends now waits for answers that never come.
  await vi.waitFor(() => expect(receiver.messages.length).toBeGreaterThan(0), WAIT);
  const before = receiver.messages.length;
  receiver.answer = () => 0;
  await rename('4');
  await vi.waitFor(() => expect(receiver.messages.length).toBeGreaterThan(before), WAIT);
  const { rows } = await stage.client.query('select leased_until > now() as held from webhooks');
  expect(rows).toEqual([{ held: true }]);
  await kill(first);
  await kill(second);
  receiver.answer = () => 204;
  const hubs = [await stage.start(), await stage.start()];
  await stage.client.query(`update webhooks set leased_until = now() - interval '1 second'`);
  for (const name of ['5', '6', '7']) {
    const [hub] = hubs;
    for (const id of teams)
      await askAs(hub!, KEY)(
        'mutation ($id: ID!, $name: String) { updateTeam(id: $id, name: $name) { problems { message } } }',
        { id, name },
      );
  }
  await vi.waitFor(async () => {
    const { rows } = await stage.client.query(
      `select count(*)::int as count from webhook_deliveries where status = 'DELIVERED'`,
    );
    expect(rows).toEqual([{ count: 6 * 8 }]);
  }, WAIT);
  const answered = receiver.messages.filter(({ status }) => status === 204);
  const ids = new Set(receiver.messages.map(({ id }) => id));
  expect(ids.size).toBe(6 * 8);
  for (const team of teams) {
    const own = answered.filter(({ body }) => body.data.subjectId === team);
    const firsts = [...new Map(own.toReversed().map((message) => [message.id, message])).values()].toReversed();
    const names = firsts.map(({ body }) => body.data.changes.find(({ key }: { key: string }) => key === 'name').to);
    expect(names).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  }
});
