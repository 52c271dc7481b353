import fc from 'fast-check';
import { expect } from 'vitest';
import { wireId } from '../../../src/domain/ids.ts';
import { sameJson } from '../../../src/domain/json.ts';
import { applyFieldRules } from '../../../src/domain/rules/apply-field-rules.ts';
import { previewFieldRules } from '../../../src/domain/rules/preview-field-rules.ts';
import { setFieldRules } from '../../../src/domain/rules/set-field-rules.ts';
import { type Editor, sourcesOfTruth } from '../../../src/fields/rule.ts';
import { demandRefusal, type ModelCommand } from '../command.ts';
import { countingValue, type Key, type Model, type ModelRule, recount, type Seat, standardKeys } from '../model.ts';
import type { World } from '../world.ts';
import { patch } from './directory.ts';
import { edit } from './people.ts';

const editors: Editor[] = ['SELF', 'MANAGER', 'ADMIN'];

type Chosen = { key: Key; rule: Omit<ModelRule, 'directories'> & { seats: Seat[] } };

const chosen: fc.Arbitrary<Chosen> = fc.record({
  key: fc.constantFrom(...standardKeys),
  rule: fc.record({
    sourceOfTruth: fc.constantFrom(...sourcesOfTruth),
    editableBy: fc.oneof({ weight: 3, arbitrary: fc.constant(editors) }, fc.subarray(editors)),
    seats: fc.constantFrom<Seat[]>([], [0], [1], [0, 1], [1, 0]),
  }),
});

const setRule: ModelCommand<Chosen> = {
  name: 'setFieldRules',
  weight: 4,
  args: chosen,
  async run(world, { key, rule: given }) {
    const rule = ruleIn(world, given);
    const { usersChanged } = await setFieldRules(world.hub, world.admin, { rules: [editOf(world, key, rule)] });
    expect(usersChanged).toBe(adopt(world.model, key, rule));
  },
};

const between = fc.oneof(
  fc.constant(null),
  edit.args.map((given) => ({ command: edit, given }) as Between),
  patch.args.map((given) => ({ command: patch, given }) as Between),
  chosen.map((given) => ({ command: setRule, given }) as Between),
);
type Between = { command: ModelCommand<unknown>; given: unknown };

/** A rule is shown, something else may happen, and what was shown is applied; or refused if that would be otherwise now. */
const preview: ModelCommand<Chosen & { between: Between | null }> = {
  name: 'previewFieldRules',
  weight: 3,
  args: fc.tuple(chosen, between).map(([rule, between]) => ({ ...rule, between })),
  async run(world, { key, rule: given, between }) {
    const { hub, admin, model } = world;
    const rule = ruleIn(world, given);
    const shown = await previewFieldRules(hub, admin, { rules: [editOf(world, key, rule)] });
    const before = impactOf(model, key, rule);
    expect(shown.sample.map(({ from, to }) => [from, to])).toEqual(before.changes.map(({ from, to }) => [from, to]));
    await between?.command.run(world, between.given);
    const isStale = !sameJson(impactOf(model, key, rule), before);
    const work = applyFieldRules(hub, admin, shown.token);
    if (!(await demandRefusal(world, isStale ? 'STALE_PREVIEW' : null, work))) return;
    expect(await work).toEqual({ usersChanged: shown.usersChanged });
    expect(adopt(model, key, rule)).toBe(shown.usersChanged);
  },
};

const ruleIn = ({ model }: World, { seats, ...rule }: Chosen['rule']): ModelRule => ({
  ...rule,
  directories: seats.map((seat) => model.seated[seat]),
});

const editOf = ({ directories }: World, key: Key, rule: ModelRule) => ({
  ...rule,
  key,
  directories: rule.directories.map((number) => wireId('dir', directories[number]!.directoryId)),
});

/** The model takes the rule over; returns how many people changed. */
function adopt(model: Model, key: Key, rule: ModelRule): number {
  if (!sameJson(plain(model.rules[key]), plain(rule))) model.tenantEvents++;
  return recount(model, () => {
    model.rules[key] = rule;
  });
}

/** What the rule would change, of itself and of people in the order of their ids. */
function impactOf(model: Model, key: Key, rule: ModelRule) {
  const next = { ...model, rules: { ...model.rules, [key]: rule } };
  const changes = model.people
    .filter(({ status }) => status !== 'DELETED')
    .map((person) => ({ id: person.id, from: countingValue(model, person, key), to: countingValue(next, person, key) }))
    .filter(({ from, to }) => !sameJson(from, to))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const isSame = sameJson(plain(model.rules[key]), plain(rule));
  return { rule: isSame ? [] : [plain(model.rules[key]), plain(rule)], changes };
}

const plain = ({ sourceOfTruth, editableBy, directories }: ModelRule) => [
  sourceOfTruth,
  [...editableBy],
  [...directories],
];

/** What an admin decides. */
export const ruleCommands = [setRule, preview];
