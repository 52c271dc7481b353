import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { type Known, openStage, story } from './story.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

test('everyone is shown exactly as they were at each moment of any story', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const stage = await openStage(hub);
      const records = new Map<string, Map<string, Known | null>>();
      for (const step of steps) {
        await stage.play(step);
        const known = new Map<string, Known | null>();
        for (const person of stage.people) known.set(person.id, await stage.known(person));
        const at = await stage.lastAt();
        records.set(at, known);
        // What happens in the same millisecond has happened at that moment too.
        while (Date.now() <= Date.parse(at)) await new Promise(setImmediate);
      }
      for (const [at, known] of records) {
        const past = await stage.asOf(at);
        for (const [id, was] of known) {
          if (was) expect(past.get(id), `${id} at ${at}`).toEqual(was);
          else expect(past.get(id)?.status).toBe('DELETED');
        }
        // Who came later was not there yet.
        for (const [id, was] of past) if (!known.has(id)) expect(was).toBeNull();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);
