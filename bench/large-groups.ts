import { uuidOf, wireId } from '../src/domain/ids.ts';
import { median } from './measure.ts';
import { scim } from './scim-client.ts';
import { setStage } from './stage.ts';

/**
 * What a group of 50,000 members costs beside one of 10: a read without members, a member added, one removed. Requests
 * come one after the other, small and large in turns; exit code 1 when a median of the large one is above twice the small.
 */
const LARGE = 50_000;
const SMALL = 10;
const ROUNDS = 400;
const MOST = 2;

type Size = typeof SMALL | typeof LARGE;
type Step = 'read without members' | 'add a member' | 'remove a member';

const stage = await setStage(null);
try {
  const { company, client } = stage;
  const group: Record<Size, string> = { [SMALL]: await makeGroup(SMALL), [LARGE]: await makeGroup(LARGE) };
  await client.query('vacuum analyze group_members');
  const taken = await measure(group, wireId('usr', company.people[LARGE]!));
  process.stdout.write(`${'step'.padEnd(24)}${'10'.padStart(10)}${'50,000'.padStart(10)}${'ratio'.padStart(8)}\n`);
  for (const [step, { [SMALL]: small, [LARGE]: large }] of taken) {
    const ratio = median(large) / median(small);
    const figures = [median(small), median(large)].map((ms) => `${ms.toFixed(2)} ms`.padStart(10)).join('');
    process.stdout.write(
      `${step.padEnd(24)}${figures}${ratio.toFixed(2).padStart(8)}  ${ratio > MOST ? 'ABOVE' : 'ok'}\n`,
    );
    if (ratio > MOST) process.exitCode = 1;
  }
  process.stdout.write(`\nMedians of ${ROUNDS} requests each, one at a time.\n`);
} finally {
  await stage.close();
}

async function makeGroup(size: Size): Promise<string> {
  const { urls, token, tenantId, people } = stage.company;
  const body = { displayName: `A group of ${size}` };
  const { id } = await scim<{ id: string }>(urls.hub, token, '/Groups', body);
  const join = 'insert into group_members (tenant_id, group_id, user_id) select $1, $2, unnest($3::uuid[])';
  await stage.client.query(join, [tenantId, uuidOf('grp', id), people.slice(0, size)]);
  return id;
}

async function measure(group: Record<Size, string>, person: string) {
  const value = [{ value: person }];
  const steps: [Step, (id: string) => Promise<void>][] = [
    ['read without members', (id) => send('GET', `${id}?excludedAttributes=members`)],
    ['add a member', (id) => send('PATCH', id, { op: 'Add', path: 'members', value })],
    ['remove a member', (id) => send('PATCH', id, { op: 'Remove', path: 'members', value })],
  ];
  const taken = new Map(steps.map(([step]) => [step, { [SMALL]: [] as number[], [LARGE]: [] as number[] }]));
  for (let round = -20; round < ROUNDS; round++) {
    for (const [step, act] of steps) {
      for (const size of [SMALL, LARGE] as const) {
        const start = performance.now();
        await act(group[size]);
        if (round >= 0) taken.get(step)![size].push(performance.now() - start);
      }
    }
  }
  return taken;
}

async function send(method: string, path: string, operation?: object): Promise<void> {
  const { urls, token } = stage.company;
  const answer = await fetch(`${urls.hub}/scim/v2/Groups/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    ...(operation && { body: JSON.stringify({ Operations: [operation] }) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
}
