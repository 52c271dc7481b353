import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/domain/actor.ts';
import { explainField } from '../../../src/domain/explain/explain-field.ts';
import { shown } from '../../../src/domain/explain/words.ts';
import { newId, wireId } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import { effective, rank } from '../../../src/domain/ownership.ts';
import { type Policy, ruleOf } from '../../../src/domain/policy.ts';
import { addDirectorySource, deviceSource, localSource, newPerson } from '../../../src/domain/users/new-person.ts';
import { assertValues, type Person, type PersonSource, withdraw } from '../../../src/domain/users/person.ts';
import { recompute } from '../../../src/domain/users/recompute.ts';
import { standardTable } from '../../../src/fields/field-table.ts';
import { defaultRule, type FieldRule, sourcesOfTruth } from '../../../src/fields/rule.ts';

const KEY = 'timezone';
const at = '2026-11-20T12:03:59.000Z';
const directories = [newId(), newId(), newId()];
const names = new Map(directories.map((id, index) => [wireId('dir', id), `Dir${index}`]));
const actor: Actor = {
  kind: 'key',
  tenantId: newId(),
  id: 'key_a',
  label: 'a',
  scopes: new Set(['users:write']),
  directoryId: null,
};

const policyOf = (rule: FieldRule): Policy => ({
  version: 1,
  rules: new Map([[KEY, rule]]),
  directories: new Map(),
  seatLimit: null,
  disconnected: new Set(),
  roleRules: [],
  fields: standardTable,
});

const explained = (person: Person, rule: FieldRule) =>
  explainField(person, KEY, policyOf(rule), { actor, relation: 'ADMIN' }, (id) => names.get(id) ?? null);

/** How a sentence begins that is about that source. */
const subjectOf = ({ kind, id }: PersonSource | { kind: string; id: string }) =>
  kind === 'DIRECTORY'
    ? `The directory "${names.get(wireId('dir', id))}"`
    : kind === 'LOCAL'
      ? 'usr_b through key_a'
      : 'The device, by key_a,';

type Step = { by: 0 | 1 | 2 | 'LOCAL' | 'DEVICE'; value: Json } | { end: 0 | 1 | 2 } | 'release';

function play(rule: FieldRule, steps: Step[]): Person {
  const person = newPerson('ada', at);
  const link = { externalId: null, userName: 'ada', active: true, resource: {}, linkedAt: at, endedAt: null };
  const sources = directories.map((id) => addDirectorySource(person, id, { ...link }));
  const policy = policyOf(rule);
  for (const step of steps) {
    if (step === 'release') withdraw(person, localSource(person), KEY, policy);
    else if ('end' in step) sources[step.end]!.live = false;
    else write(person, sourceBy(person, sources, step.by), step.value, policy);
    recompute(person, policy);
  }
  return person;
}

const sourceBy = (person: Person, sources: PersonSource[], by: Exclude<Step, 'release' | { end: number }>['by']) =>
  by === 'LOCAL' ? localSource(person) : by === 'DEVICE' ? deviceSource(person) : sources[by]!;

function write(person: Person, source: PersonSource, value: Json, policy: Policy): void {
  const actors = {
    DIRECTORY: source.kind === 'DIRECTORY' ? wireId('dir', source.id) : '',
    LOCAL: 'key_a for usr_b',
    DEVICE: 'key_a',
  };
  const origin = { at, actor: actors[source.kind], request: 'req-1' };
  if (assertValues(person, source, { [KEY]: value }, origin, policy).length > 0) person.version++;
}

const place = fc.constantFrom(0 as const, 1 as const, 2 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      by: fc.oneof(place, fc.constantFrom('LOCAL' as const, 'DEVICE' as const)),
      value: fc.constantFrom<Json>('a', 'b', 'c', null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ end: place }) },
  { weight: 1, arbitrary: fc.constant('release' as const) },
);
const rule: fc.Arbitrary<FieldRule> = fc.record({
  sourceOfTruth: fc.constantFrom(...sourcesOfTruth),
  editableBy: fc.constant(defaultRule.editableBy),
  directories: fc.subarray(directories).chain((some) => fc.shuffledSubarray(some)),
  version: fc.nat(5),
});

describe('the explanation of a field', () => {
  test('names the value and the source that ownership computes, and every word that lost, in order', () => {
    fc.assert(
      fc.property(rule, fc.array(step, { maxLength: 15 }), (chosen, steps) => {
        const person = play(chosen, steps);
        const { held, steps: told } = explained(person, chosen);
        const value = effective(chosen, KEY, person.sources);
        expect(held).toBe(value !== null);
        expect(told[0]).toBe(value === null ? 'Time zone has no value.' : `Time zone is ${shown(value)}.`);
        const ranked = rank(chosen, KEY, person.sources);
        const written = told.filter((sentence) =>
          / (?:wrote|cleared) .*; this (?:counts|does not count)/.test(sentence),
        );
        expect(written).toHaveLength(ranked.length);
        for (const [index, { source, cell }] of ranked.entries()) {
          const verb = cell.value === null ? 'cleared it' : `wrote ${shown(cell.value)}`;
          expect(written[index]).toContain(`${subjectOf(source)} ${verb} on `);
          expect(written[index]).toContain(index === 0 ? 'this counts.' : 'this does not count: ');
        }
        if (ranked.length === 0) expect(told).toContain('No source has ever given a value.');
      }),
      { numRuns: 3000 },
    );
  });

  test('what it says would win does win when it happens, and whoever it does not name does not', () => {
    fc.assert(
      fc.property(rule, fc.array(step, { maxLength: 15 }), (chosen, steps) => {
        const { missing } = explained(play(chosen, steps), chosen);
        const winner = rank(chosen, KEY, play(chosen, steps).sources)[0]?.source;
        for (const by of [0, 1, 2, 'LOCAL'] as const) {
          const person = play(chosen, steps);
          const sources = directories.map((id) => person.sources.find((source) => source.id === id)!);
          const source = sourceBy(person, sources, by);
          if (!source.live || source.id === winner?.id) continue;
          write(person, source, 'news', policyOf(chosen));
          const sentence =
            by === 'LOCAL'
              ? 'When somebody edits it, that counts.'
              : `When ${subjectOf(source).replace('T', 't')} sends another value, that counts.`;
          expect([by, missing.includes(sentence)]).toEqual([by, person.values[KEY] === 'news']);
        }
        for (const truth of sourcesOfTruth) {
          const other = rank({ ...chosen, sourceOfTruth: truth }, KEY, play(chosen, steps).sources)[0];
          const told = missing.some((sentence) => sentence.startsWith(`Under the rule ${truth}, `));
          expect([truth, told]).toEqual([truth, other?.source.id !== winner?.id]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  const only = (sourceOfTruth: FieldRule['sourceOfTruth'], version = 3): FieldRule => ({
    ...defaultRule,
    sourceOfTruth,
    version,
  });

  test('reads as plain sentences: who wrote what and when, by which rule, and why the other word lost', () => {
    const person = play(only('LATEST'), [
      { by: 0, value: 'Europe/Rome' },
      { by: 'LOCAL', value: 'Asia/Tokyo' },
      { by: 0, value: 'Europe/Berlin' },
    ]);
    expect(explained(person, only('LATEST'))).toEqual({
      held: true,
      steps: [
        'Time zone is "Europe/Berlin".',
        'The rule for timezone is LATEST, version 3: whoever changed it last decides.',
        'The directory "Dir0" wrote "Europe/Berlin" on 2026-11-20 12:03 UTC in request req-1; this counts.',
        'usr_b through key_a wrote "Asia/Tokyo" on 2026-11-20 12:03 UTC in request req-1; this does not count: it is older.',
        'You may edit it.',
      ],
      missing: [
        'When somebody edits it, that counts.',
        'Under the rule USER, "Asia/Tokyo", from an edit, would count.',
      ],
    });
  });

  test('of a locked field it says who owns it and which rules would free it', () => {
    const person = play(only('DIRECTORY', 0), [{ by: 0, value: null }]);
    const { steps, missing } = explained(person, only('DIRECTORY', 0));
    expect(steps).toContain('Nobody has set a rule for timezone, so it is DIRECTORY: the directory decides.');
    expect(steps.at(-1)).toBe(
      'You may not edit it: Time zone belongs to the directory by the rule DIRECTORY and cannot be edited here.',
    );
    expect(missing[0]).toBe('To edit it here, set its rule to USER or LATEST.');
  });

  test('of a disconnected directory it says that its value stays until somebody edits it', () => {
    const person = play(only('DIRECTORY'), [{ by: 0, value: 'Europe/Rome' }, { end: 0 }]);
    const { steps, missing } = explained(person, only('DIRECTORY'));
    expect(steps).toContain('The directory "Dir0" is disconnected: its value stays until somebody edits it.');
    expect(steps).toContain('You may edit it.');
    expect(missing).toContain('When somebody edits it, that counts.');
  });

  test('names no directory and nobody whom the reader may not read', () => {
    const person = play(only('USER'), [{ by: 0, value: 'a' }]);
    const { steps } = explainField(person, KEY, policyOf(only('USER')), { actor, relation: null }, () => null);
    expect(steps.join()).toContain(`The directory ${wireId('dir', directories[0]!)} wrote`);
    expect(ruleOf(policyOf(only('USER')), KEY).editableBy).toEqual(['SELF', 'ADMIN']);
    expect(steps.at(-1)).toBe('You may not edit it: Time zone may be edited by these only: the person, admins.');
  });
});
