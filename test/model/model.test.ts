import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import type { ModelCommand } from './command.ts';
import { connectionCommands } from './commands/connections.ts';
import { directoryCommands } from './commands/directory.ts';
import { fieldCommands } from './commands/fields.ts';
import { peopleCommands } from './commands/people.ts';
import { ruleCommands } from './commands/rules.ts';
import { undoCommands } from './commands/undo.ts';
import { demandInvariants, demandStory } from './invariants.ts';
import { remember } from './past.ts';
import { type Engine, newWorld, openEngine } from './world.ts';

/** Everything that can happen. A feature that can happen to people adds its commands here. */
const commands = [
  ...directoryCommands,
  ...peopleCommands,
  ...ruleCommands,
  ...connectionCommands,
  ...fieldCommands,
  ...undoCommands,
] as ModelCommand<unknown>[];

const RUNS = Number(process.env.MODEL_RUNS ?? 1_000);
const SEED = Number(process.env.MODEL_SEED ?? Math.trunc(Math.random() * 2 ** 31));
/** Stories are told side by side, each in a tenant of its own. */
const LANES = 6;
const COMMANDS = 30;

const named = new Map(commands.map((command) => [command.name, command]));
const step = fc.oneof(
  ...commands.map(({ name, weight, args }) => ({ weight, arbitrary: args.map((given) => ({ name, given })) })),
);
const story = fc.array(step, { minLength: COMMANDS, maxLength: COMMANDS });

let database: TestDatabase;
let engine: Engine;
beforeAll(async () => {
  database = await createDatabase();
  engine = openEngine(database.url);
});
afterAll(async () => {
  await engine?.database.close();
  await database?.drop();
});

test(`DY1 DY7 DY8 S6 any ${COMMANDS} commands leave what the model says, ${RUNS} times, from seed ${SEED}`, async () => {
  const done = new Map<string, number>();
  const tell = fc.asyncProperty(story, async (steps) => {
    const world = await newWorld(engine);
    for (const { name, given } of steps) {
      await named.get(name)!.run(world, given);
      await demandInvariants(world);
      await remember(world, name);
      done.set(name, (done.get(name) ?? 0) + 1);
    }
    await demandStory(world);
  });
  const lanes = Array.from({ length: LANES }, (_, lane) => {
    const numRuns = Math.floor((RUNS + lane) / LANES);
    return fc.assert(tell, { numRuns, seed: SEED + lane });
  });
  await Promise.all(lanes);
  expect([...done.keys()].sort()).toEqual([...named.keys()].sort());
}, 600_000);
