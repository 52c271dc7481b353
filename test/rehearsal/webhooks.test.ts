import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { receiveEvents } from '../support/event-receiver.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { newStage, WITHIN } from './stage.ts';

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

test('C10 webhooks are sent nothing of a rehearsal', async () => {
  const { ask, entra, set } = await newStage(hub);
  const made = await ask('mutation ($url: String!) { createWebhook(input: { url: $url }) { problems { message } } }', {
    url: receiver.url,
  });
  expect(made.data.createWebhook.problems).toEqual([]);
  await set(true);
  expect((await entra.post('/Users', { userName: 'rehearsed' })).status).toBe(201);
  await ask('mutation { createTeam(name: "marker") { team { id } } }');
  await vi.waitFor(() => expect(receiver.messages.map(({ body }) => body.type)).toContain('team.created'), WITHIN);
  expect(receiver.messages.filter(({ text }) => text.includes('rehearsed'))).toEqual([]);
  expect(receiver.messages.map(({ body }) => body.type)).not.toContain('user.created');
});
