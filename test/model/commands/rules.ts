import fc from 'fast-check';
import { expect } from 'vitest';
import { wireId } from '../../../src/domain/ids.ts';
import { setFieldRules } from '../../../src/domain/rules/set-field-rules.ts';
import { type Editor, sourcesOfTruth } from '../../../src/fields/rule.ts';
import type { ModelCommand } from '../command.ts';
import { type Key, keys, type ModelRule, recount, type Seat } from '../model.ts';

const editors: Editor[] = ['SELF', 'MANAGER', 'ADMIN'];

const setRule: ModelCommand<{ key: Key; rule: Omit<ModelRule, 'directories'> & { seats: Seat[] } }> = {
  name: 'setFieldRules',
  weight: 4,
  args: fc.record({
    key: fc.constantFrom(...keys),
    rule: fc.record({
      sourceOfTruth: fc.constantFrom(...sourcesOfTruth),
      editableBy: fc.oneof({ weight: 3, arbitrary: fc.constant(editors) }, fc.subarray(editors)),
      seats: fc.constantFrom<Seat[]>([], [0], [1], [0, 1], [1, 0]),
    }),
  }),
  async run({ model, hub, admin, directories }, { key, rule: { seats, ...chosen } }) {
    const rule: ModelRule = { ...chosen, directories: seats.map((seat) => model.seated[seat]) };
    const ids = rule.directories.map((number) => wireId('dir', directories[number]!.directoryId));
    const { usersChanged } = await setFieldRules(hub, admin, { rules: [{ ...rule, key, directories: ids }] });
    if (JSON.stringify(plain(model.rules[key])) !== JSON.stringify(plain(rule))) model.tenantEvents++;
    const changed = recount(model, () => {
      model.rules[key] = rule;
    });
    expect(usersChanged).toBe(changed);
  },
};

const plain = ({ sourceOfTruth, editableBy, directories }: ModelRule) => [sourceOfTruth, editableBy, directories];

/** What an admin decides. */
export const ruleCommands = [setRule];
