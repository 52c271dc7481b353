import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../src/conformance/outcome.ts';
import { runConformance } from '../../src/conformance/run.ts';
import { type Hub, startHub } from '../support/hub.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const told = ({ mark, title, cite, why, exchange }: Outcome) => ({ mark, title, cite, why, exchange });

test('the hub does what Microsoft and the RFCs ask, in both PATCH dialects, and leaves nothing behind', async () => {
  const { scim, token } = await hub.newDirectory();
  const { outcomes } = await runConformance({ url: scim, token, name: 'Rollcall', dialects: ['verbose', 'batched'] });
  expect(outcomes.filter(({ mark }) => mark === 'fail' || mark === 'warn').map(told)).toEqual([]);
  for (const kind of ['Users', 'Groups']) {
    const list = await fetch(`${scim}/${kind}?count=0`, { headers: { authorization: `Bearer ${token}` } });
    expect(await list.json()).toMatchObject({ totalResults: 0 });
  }
}, 120_000);
