import fc from 'fast-check';
import { expect } from 'vitest';
import { wireId } from '../../../src/domain/ids.ts';
import { sameJson } from '../../../src/domain/json.ts';
import { setFieldRules } from '../../../src/domain/rules/set-field-rules.ts';
import { type Editor, sourcesOfTruth } from '../../../src/fields/rule.ts';
import type { ModelCommand } from '../command.ts';
import { countingValues, type Key, keys, type ModelRule } from '../model.ts';

const editors: Editor[] = ['SELF', 'MANAGER', 'ADMIN'];

const setRule: ModelCommand<{ key: Key; rule: ModelRule }> = {
  name: 'setFieldRules',
  weight: 4,
  args: fc.record({
    key: fc.constantFrom(...keys),
    rule: fc.record({
      sourceOfTruth: fc.constantFrom(...sourcesOfTruth),
      editableBy: fc.oneof({ weight: 3, arbitrary: fc.constant(editors) }, fc.subarray(editors)),
      directories: fc.constantFrom([], [0], [1], [0, 1], [1, 0]),
    }),
  }),
  async run({ model, hub, admin, directories }, { key, rule }) {
    const ids = rule.directories.map((index) => wireId('dir', directories[index]!.directoryId));
    const edit = { ...rule, key, directories: ids };
    const { usersChanged } = await setFieldRules(hub, admin, { rules: [edit] });
    const isSame = JSON.stringify(plain(model.rules[key])) === JSON.stringify(plain(rule));
    if (!isSame) model.tenantEvents++;
    const living = model.people.filter((person) => person.status !== 'DELETED');
    const before = living.map((person) => countingValues(model, person));
    model.rules[key] = rule;
    const changed = living.filter((person, index) => !sameJson(countingValues(model, person), before[index]!));
    for (const person of changed) person.version++;
    expect(usersChanged).toBe(changed.length);
  },
};

const plain = ({ sourceOfTruth, editableBy, directories }: ModelRule) => [sourceOfTruth, editableBy, directories];

/** What an admin decides. */
export const ruleCommands = [setRule];
