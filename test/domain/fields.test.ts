import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withCustomValues } from '../../src/domain/fields/custom-values.ts';
import { fittingValue } from '../../src/domain/fields/fitting-value.ts';
import { refill } from '../../src/domain/fields/refill.ts';
import { newId } from '../../src/domain/ids.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { effective } from '../../src/domain/ownership.ts';
import { type Policy, ruleOf } from '../../src/domain/policy.ts';
import { addDirectorySource, localSource, newPerson } from '../../src/domain/users/new-person.ts';
import { assertValues } from '../../src/domain/users/person.ts';
import type { CustomField, CustomFieldType } from '../../src/fields/custom-field.ts';
import { fieldTable } from '../../src/fields/field-table.ts';
import { defaultRule, type SourceOfTruth, sourcesOfTruth } from '../../src/fields/rule.ts';
import { pathProblem, takenPaths } from '../../src/fields/scim-path.ts';
import { userFields } from '../../src/fields/user.fields.ts';
import { userSchema } from '../../src/scim/schema/user-schema.ts';
import { indexKey } from '../../src/storage/fields/index-key.ts';

const at = '2026-01-01T00:00:00.000Z';
const write = { at, actor: 'somebody', request: null };
const field = (type: CustomFieldType, scim = 'urn:contoso:hr:badge'): CustomField => ({
  ...{ id: newId(), key: 'badge', label: 'Badge', about: 'Badge', version: 1, retiredAt: null },
  ...{ type, scim, multiValued: false, sensitive: false },
});
const policyOf = (own: CustomField[], sourceOfTruth: SourceOfTruth): Policy => ({
  version: 1,
  rules: new Map([['badge', { ...defaultRule, sourceOfTruth }]]),
  directories: new Map(),
  seatLimit: null,
  disconnected: new Set(),
  roleRules: [],
  fields: fieldTable(own),
});

type Step = { by: 'directory' | 'person'; value: string | null };
const steps = fc.array(
  fc.record({
    by: fc.constantFrom<'directory' | 'person'>('directory', 'person'),
    value: fc.option(fc.constantFrom('1', '2', 'x')),
  }),
  { maxLength: 8 },
);

/** A person after these steps; the directory writes to its record, whether the field is mapped or not. */
function personAfter(done: Step[], policy: Policy) {
  const person = newPerson('ada', at);
  const link = { userName: 'ada', externalId: null, active: true, resource: {}, linkedAt: at, endedAt: null };
  const directory = addDirectorySource(person, newId(), link);
  for (const { by, value } of done) {
    if (by === 'person') assertValues(person, localSource(person), { badge: value }, write, policy);
    else {
      const before = directory.link!.resource;
      const resource: JsonObject = value === null ? {} : { 'urn:contoso:hr': { badge: value } };
      const record = { userName: 'ada', externalId: null, active: true, values: {}, resource };
      const given = withCustomValues(record, before, policy.fields);
      assertValues(person, directory, given, write, policy);
      directory.link!.resource = resource;
    }
    person.version++;
  }
  return person;
}

describe('DY16 a field that is mapped later', () => {
  test('DY16 ends with the value that the rule makes of what the record and the person say', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...sourcesOfTruth), (done, truth) => {
        const mapped = field('STRING');
        const person = personAfter(done, policyOf([], truth));
        const policy = policyOf([mapped], truth);
        refill(person, mapped, policy);
        const kept = done.findLast(({ by }) => by === 'directory')?.value ?? null;
        const directory = person.sources.find(({ kind }) => kind === 'DIRECTORY')!;
        expect(directory.asserted.badge?.value ?? null).toBe(kept);
        expect(person.values.badge ?? null).toEqual(effective(ruleOf(policy, 'badge'), 'badge', person.sources));
        for (const source of person.sources)
          for (const cell of Object.values(source.asserted)) expect(source.writes[cell.write]).toBeDefined();
        expect(refill(person, mapped, policy)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('DY16 a field that was there all along is left as it is', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...sourcesOfTruth), (done, truth) => {
        const mapped = field('STRING');
        const policy = policyOf([mapped], truth);
        const person = personAfter(done, policy);
        const before = structuredClone(person.values);
        expect(refill(person, mapped, policy)).toBeNull();
        expect(person.values.badge ?? null).toEqual(before.badge ?? null);
      }),
      { numRuns: 500 },
    );
  });

  test('DY16 a type that a value does not fit drops it, and nobody is left with a value of another type', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...sourcesOfTruth), (done, truth) => {
        const person = personAfter(done, policyOf([field('STRING')], truth));
        const retyped = field('INTEGER');
        refill(person, retyped, policyOf([retyped], truth));
        const value = person.values.badge ?? null;
        expect(value === null || typeof value === 'number').toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test.each<[CustomFieldType, fc.Arbitrary<Json>, (a: Json, b: Json) => number]>([
  ['INTEGER', fc.maxSafeInteger(), (a, b) => Number(a) - Number(b)],
  [
    'DATETIME',
    fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    (a, b) => Date.parse(String(a)) - Date.parse(String(b)),
  ],
  ['BOOLEAN', fc.boolean(), (a, b) => Number(a) - Number(b)],
])('DY1 the index keeps the order of %s', (type, values, compare) => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      const [left, right] = [indexKey(field(type), a), indexKey(field(type), b)];
      expect(Math.sign(left < right ? -1 : left > right ? 1 : 0)).toBe(Math.sign(compare(a, b)));
    }),
  );
});

test('DY1 a value that fits is one that fits again, as it is', () => {
  const types: CustomFieldType[] = ['STRING', 'BOOLEAN', 'INTEGER', 'DATETIME', 'REFERENCE', 'URL'];
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.jsonValue() as fc.Arbitrary<Json>, (type, given) => {
      const value = fittingValue({ type }, given);
      if (value !== undefined) expect(fittingValue({ type }, value)).toEqual(value);
      if (typeof given === 'string' && value !== undefined && type === 'STRING') expect(value).toBe(given);
    }),
  );
});

test('DY1 every attribute that the hub knows is taken', () => {
  for (const { name } of userSchema.attributes.values()) {
    expect(pathProblem(name, userFields), name).not.toBeNull();
    expect(takenPaths(userFields)).toContain(name.toLowerCase());
  }
  expect(pathProblem('badge', userFields)).toBeNull();
});
