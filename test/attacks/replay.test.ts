import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runScenario, type Send } from '../support/exchange.ts';
import { readRecordings } from '../support/exchange-files.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { sendTo } from '../support/wire.ts';
import { contentOf } from './support/state.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

/** Requests that are meant to meet one another, or that count on one place being asked once. */
const isSingle = (scenario: object) => !/"parallel"|"directory":"other"/.test(JSON.stringify(scenario));

for (const { name, scenarios } of readRecordings()) {
  describe(name, () => {
    test.each(scenarios.filter(isSingle))('I10 every write sent twice counts once: $title', async (scenario) => {
      const { id: tenantId } = await hub.newTenant();
      const { scim, token } = await hub.newDirectory(tenantId);
      const once = sendTo(scim, token);
      const twice: Send = async (request) => {
        const first = await once(request);
        if (request.method === 'GET' || request.method === 'HEAD') return first;
        const before = await contentOf(hub, tenantId);
        const second = await once(request);
        expect([request.method, request.path, second.status < 500]).toEqual([request.method, request.path, true]);
        expect(await contentOf(hub, tenantId)).toEqual(before);
        return first;
      };
      expect(await runScenario(scenario, twice, { scim })).toEqual([]);
    });
  });
}
