import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../src/conformance/outcome.ts';
import { runConformance } from '../../src/conformance/run.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { type Issuer, startIssuer } from '../support/issuer.ts';
import { oauthDirectory } from '../support/oauth-client.ts';

let hub: Hub;
let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
  hub = await startHub(issuer.url);
});
afterAll(async () => {
  await hub?.stop();
  await issuer?.stop();
});

const told = ({ mark, title, cite, why, exchange }: Outcome) => ({ mark, title, cite, why, exchange });

test('the hub does what Microsoft and the RFCs ask, in both PATCH dialects, and leaves nothing behind', async () => {
  const { directory, clientId, trust } = await oauthDirectory(hub);
  const { scim, token } = directory;
  const ours = issuer.newTrust();
  await trust(ours);
  const { outcomes } = await runConformance({
    ...{ url: scim, token, name: 'Rollcall', dialects: ['verbose', 'batched'] },
    federation: { tokenEndpoint: `${hub.url}/oauth/token`, clientId, assertion: await issuer.assertion(ours) },
  });
  expect(outcomes.filter(({ mark }) => mark !== 'pass').map(told)).toEqual([]);
  for (const kind of ['Users', 'Groups']) {
    const list = await fetch(`${scim}/${kind}?count=0`, { headers: { authorization: `Bearer ${token}` } });
    expect(await list.json()).toMatchObject({ totalResults: 0 });
  }
}, 120_000);
