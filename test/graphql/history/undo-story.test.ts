import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { openStage, story } from './story.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

type Stage = Awaited<ReturnType<typeof openStage>>;

/** What is known of a person, with every source's word and what the directory reads. */
async function state({ ask, client, known }: Stage, person: { id: string; linked: boolean }) {
  const seen = await known(person);
  if (!seen) return null;
  const { data } = await ask(
    'query ($id: ID!) { user(id: $id) { fields { definition { key } winner { value source { kind } } shadowed { value source { kind } } } } }',
    { id: person.id },
  );
  const { body } = await client.get(`/Users/${person.id}`);
  return { ...seen, fields: seen.fields, words: data.user.fields, record: { ...body, meta: null } };
}

async function newest({ ask }: Stage, id: string): Promise<{ id: string; count: number } | null> {
  const { data } = await ask(
    `query { users(first: 100, where: { status: [ACTIVE, DEACTIVATED, DELETED] }) { nodes { id history(first: 100) { nodes { id } } } } }`,
  );
  const nodes = data.users.nodes.find((one: { id: string }) => one.id === id)?.history.nodes ?? [];
  return nodes.length > 0 ? { id: nodes[0].id, count: nodes.length } : null;
}

/** What may stand in the way of undoing what has just happened. */
const reasons = ['NOT_ALLOWED', 'NOT_FOUND', 'NOT_UNIQUE', 'USER_LOCKED'];

test('what has just happened to somebody can be undone, and everything is what it was, or it is said why not', async () => {
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const stage = await openStage(hub);
      for (const step of steps) {
        const subject = stage.people[step.who % Math.max(1, stage.people.length)];
        const before = subject && (await state(stage, subject));
        const last = subject && (await newest(stage, subject.id));
        await stage.play(step);
        const next = subject && (await newest(stage, subject.id));
        if (!before || next?.count !== last!.count + 1) continue;
        const { data, text } = await stage.ask(
          'mutation ($id: ID!) { undoEvent(id: $id) { usersChanged problems { code message } } }',
          { id: next.id },
        );
        if (!data) throw new Error(text);
        const { problems } = data.undoEvent;
        if (problems.length > 0) {
          for (const { code, message } of problems) expect(reasons, message).toContain(code);
          continue;
        }
        undone++;
        expect(await state(stage, subject!), JSON.stringify(step)).toEqual(before);
      }
    }),
    { numRuns: 15 },
  );
  expect(undone).toBeGreaterThan(20);
}, 180_000);
