import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runScenario, type Send } from '../support/exchange.ts';
import { readRecordings } from '../support/exchange-files.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { sendTo } from '../support/wire.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

for (const { name, about, scenarios } of readRecordings()) {
  describe(`${name}: ${about}`, () => {
    test.each(scenarios)('$title', async (scenario) => {
      const { scim, token } = await hub.newDirectory();
      const own = sendTo(scim, token);
      const other = await senderOfSecondDirectory(scenario);
      const send: Send = (request) => (request.directory === 'other' ? other : own)(request);

      expect(await runScenario(scenario, send, { scim })).toEqual([]);
    });
  });
}

async function senderOfSecondDirectory(scenario: object): Promise<Send> {
  if (!JSON.stringify(scenario).includes('"directory":"other"')) {
    return () => Promise.reject(new Error('this scenario has one directory'));
  }
  const { scim, token } = await hub.newDirectory();
  return sendTo(scim, token);
}
