import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askAs } from '../graphql/ask.ts';
import { type Hub, startHub } from '../support/hub.ts';

const examples = [...readFileSync('docs/subscriptions.md', 'utf8').matchAll(/```js\n(.*?)```/gs)].map(
  ([, code]) => code!,
);

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

test.each([
  ['sockets', 'graphql-ws'],
  ['streams', 'graphql-sse'],
])('the example of %s hears every event once, through connections that break', async (_, library) => {
  const example = examples.find((code) => code.includes(library))!;
  const wires: Duplex[] = [];
  hub.running.server.on('upgrade', (_request, wire) => wires.push(wire));
  hub.running.server.on('request', ({ url, socket }) => url === '/graphql/stream' && wires.push(socket));
  const ask = askAs(hub, hub.adminKey);
  const makeTeam = async () =>
    (await ask('mutation { createTeam(name: "t") { team { id } } }')).data.createTeam.team.id;
  const newest = await makeTeam();
  const after = await vi.waitFor(async () => {
    const { nodes } = (await ask('{ events(first: 100) { nodes { cursor subjectId } } }')).data.events;
    expect(nodes.at(-1).subjectId).toBe(newest);
    return nodes.at(-1).cursor as string;
  }, 10_000);
  const env = { ...process.env, HUB: hub.url, KEY: hub.adminKey, AFTER: after };
  const running = spawn(process.execPath, ['--input-type=module', '-'], { env });
  let printed = '';
  running.stdout.on('data', (text) => (printed += text));
  running.stdin.end(example);
  const made: string[] = [];
  for (let round = 1; round <= 3; round++) {
    made.push(await makeTeam());
    await vi.waitFor(() => expect(printed.trim().split('\n')).toHaveLength(round), 20_000);
    for (const wire of wires.splice(0)) wire.destroy();
  }
  running.kill();
  expect(printed).toBe(made.map((id) => `team.created ${id}\n`).join(''));
});
