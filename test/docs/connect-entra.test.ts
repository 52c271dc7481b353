import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';
import { type Issuer, startIssuer } from '../support/issuer.ts';
import { oauthDirectory } from '../support/oauth-client.ts';

const text = readFileSync('docs/connect-entra.md', 'utf8');
const steps = [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, step]) => step!);

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

test('A14 A15 what Entra sends can be sent by hand, as the page says', async () => {
  const oauth = await oauthDirectory(hub);
  const trust = issuer.newTrust();
  await oauth.trust({ ...trust, audience: `${trust.audience}/.default` });
  const { secret } = await oauth.newSecret();
  const env = {
    ...process.env,
    HUB: hub.url,
    DIRECTORY: oauth.clientId,
    SECRET: secret,
    ASSERTION: await issuer.assertion(trust),
  };
  expect(steps).toHaveLength(2);
  for (const step of steps) {
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', step], { env });
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ token_type: 'Bearer', scope: 'scim' });
    expect(await oauth.scim(answer.access_token)).toBe(200);
  }
});
