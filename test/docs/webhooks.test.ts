import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askAs } from '../graphql/ask.ts';
import { freePort } from '../support/free-port.ts';
import { type Hub, startHub } from '../support/hub.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(async () => {
  await hub?.stop();
});

test('the receiver of the guide takes what is signed, once, and refuses everything else', async () => {
  const [, example] = /```ts\n(.*?)```/s.exec(await readFile('docs/webhooks.md', 'utf8'))!;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/hook`;
  const ask = askAs(hub, hub.adminKey);
  const { data } = await ask(
    `mutation ($url: String!) { createWebhook(input: { url: $url, names: ["team.created"] }) { webhook { id } secret problems { message } } }`,
    { url },
  );
  const { secret, webhook } = data.createWebhook;
  const env = { ...process.env, PORT: String(port), WEBHOOK_SECRET: secret };
  const running = spawn(process.execPath, ['--input-type=module-typescript', '-'], { env });
  running.stdin.end(example);
  let printed = '';
  running.stdout.on('data', (text) => (printed += text));
  try {
    const forged = { 'webhook-id': 'evt_1', 'webhook-timestamp': `${Math.trunc(Date.now() / 1000)}` };
    const headers = { ...forged, 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` };
    const answer = await vi.waitFor(() => fetch(url, { method: 'POST', body: '{}', headers }), 20_000);
    expect(answer.status).toBe(401);
    const made = await ask('mutation { createTeam(name: "t") { team { id } } }');
    const line = `team.created ${made.data.createTeam.team.id}\n`;
    await vi.waitFor(() => expect(printed).toBe(line), 20_000);
    const state = `{ webhooks { deliveries { nodes { id status } } } }`;
    const delivered = async (): Promise<string> =>
      vi.waitFor(async () => {
        const [node] = (await ask(state)).data.webhooks[0].deliveries.nodes;
        expect(node.status).toBe('DELIVERED');
        return node.id;
      }, 20_000);
    await ask('mutation ($id: ID!) { redeliver(delivery: $id) { problems { message } } }', { id: await delivered() });
    await delivered();
    expect(printed).toBe(line);
    expect(webhook.id).toMatch(/^hook_/);
  } finally {
    running.kill();
  }
});
