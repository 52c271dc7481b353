import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import { effective, rank, type Source } from '../../src/domain/ownership.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { addDirectorySource, localSource, newPerson } from '../../src/domain/users/new-person.ts';
import { assertValues, withdraw } from '../../src/domain/users/person.ts';
import { recompute } from '../../src/domain/users/recompute.ts';
import { standardTable } from '../../src/fields/field-table.ts';
import { defaultRule, type SourceOfTruth, sourcesOfTruth } from '../../src/fields/rule.ts';

const KEY = 'title';
const at = '2026-01-01T00:00:00.000Z';
const write = { at, actor: 'somebody', request: null };

const policyOf = (sourceOfTruth: SourceOfTruth): Policy => ({
  version: 1,
  rules: new Map([[KEY, { ...defaultRule, sourceOfTruth }]]),
  directories: new Map(),
  seatLimit: null,
  disconnected: new Set(),
  roleRules: [],
  fields: standardTable,
});

/** A person with one directory, to be written to by both sides. */
function subject(sourceOfTruth: SourceOfTruth) {
  const person = newPerson('ada', at);
  const link = { externalId: null, userName: 'ada', active: true, resource: {}, linkedAt: at, endedAt: null };
  const directory = addDirectorySource(person, newId(), link);
  let policy = policyOf(sourceOfTruth);
  const by = (source: typeof directory, value: Json) => {
    const changes = assertValues(person, source, { [KEY]: value }, write, policy);
    if (changes.length > 0) person.version++;
    return changes;
  };
  return {
    person,
    sync: (value: Json) => by(directory, value),
    edit: (value: Json) => by(localSource(person), value),
    release: () => withdraw(person, localSource(person), KEY, policy),
    rule(next: SourceOfTruth) {
      policy = policyOf(next);
      recompute(person, policy);
    },
    value: () => person.values[KEY] ?? null,
    ranked: () => rank(policy.rules.get(KEY)!, KEY, person.sources).map(({ cell }) => cell.value),
  };
}

type Step = { by: 'directory' | 'person'; value: Json } | { by: 'release' } | { by: 'rule'; rule: SourceOfTruth };

/** The table of the three rules, read word by word, over the whole story from its start. */
function oracle(first: SourceOfTruth, steps: Step[]): Json {
  let [rule, directory, person, last]: [SourceOfTruth, Json | undefined, Json | undefined, string] = [
    first,
    undefined,
    undefined,
    '',
  ];
  const value = (): Json => {
    if (directory === undefined || person === undefined) return directory ?? person ?? null;
    return rule === 'DIRECTORY' || (rule === 'LATEST' && last === 'directory') ? directory : person;
  };
  for (const step of steps) {
    if (step.by === 'rule') rule = step.rule;
    else if (step.by === 'release') person = undefined;
    else if (step.by === 'directory' && directory !== step.value) [directory, last] = [step.value, 'directory'];
    else if (step.by === 'person' && !(person === step.value && value() === step.value))
      [person, last] = [step.value, 'person'];
  }
  return value();
}

const value = fc.constantFrom<Json>('a', 'b', 'c', null);
const rule = fc.constantFrom(...sourcesOfTruth);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ by: fc.constantFrom('directory' as const, 'person' as const), value }) },
  { weight: 1, arbitrary: fc.constant<Step>({ by: 'release' }) },
  { weight: 1, arbitrary: fc.record({ by: fc.constant('rule' as const), rule }) },
);

describe('ownership of a field', () => {
  test('DY8 any interleaving of directory and person under any rule gives what the oracle gives', () => {
    fc.assert(
      fc.property(rule, fc.array(step, { maxLength: 25 }), (first, steps) => {
        const it = subject(first);
        for (const next of steps) {
          if (next.by === 'directory') it.sync(next.value);
          else if (next.by === 'person') it.edit(next.value);
          else if (next.by === 'rule') it.rule(next.rule);
          else it.release();
        }
        expect(it.value()).toEqual(oracle(first, steps));
        // The winner is the first of the ranking, so that what is shown as the source is what counts.
        expect(it.ranked()[0] ?? null).toEqual(it.value());
      }),
      { numRuns: 3000 },
    );
  });

  test('DY7 under USER the edit wins from then on, and what the directory says later is a shadow', () => {
    const it = subject('USER');
    it.sync('Engineer');
    it.edit('Countess');
    expect(it.sync('Manager')).toEqual([{ key: KEY, from: 'Engineer', to: 'Manager', shadow: true, replaced: 1 }]);
    expect(it.ranked()).toEqual(['Countess', 'Manager']);
  });

  test('S6 under LATEST the same value sent again changes nothing, and a new one wins', () => {
    const it = subject('LATEST');
    it.sync('1');
    it.edit('2');
    expect(it.sync('1')).toEqual([]);
    expect(it.value()).toBe('2');
    it.sync('3');
    expect(it.value()).toBe('3');
  });

  test('a person who repeats their own word after the directory changed it has written', () => {
    const it = subject('LATEST');
    it.edit('mine');
    it.sync('theirs');
    expect(it.edit('mine')).toEqual([{ key: KEY, from: 'theirs', to: 'mine', asserted: 'mine', replaced: 1 }]);
  });

  test('clearing is a word of its own: under DIRECTORY a cleared field stays empty', () => {
    const it = subject('DIRECTORY');
    it.edit('mine');
    it.sync(null);
    expect(it.value()).toBe(null);
    expect(it.ranked()).toEqual([null, 'mine']);
  });

  test('DY3 the values of a disconnected directory are a base that the next edit replaces', () => {
    const it = subject('DIRECTORY');
    it.sync('theirs');
    it.person.sources[0]!.live = false;
    it.edit('mine');
    expect(it.value()).toBe('mine');
  });

  test.each([
    [['a'], 'newer'],
    [['b', 'a'], 'newer'],
    [[], 'newer'],
  ])('DY3 of disconnected directories, listed as %j, the one that wrote last speaks', (directories, expected) => {
    const source = (id: string, value: string, write: number): Source => ({
      id,
      kind: 'DIRECTORY',
      live: false,
      asserted: { [KEY]: { value, write } },
      writes: {},
    });
    const sources = [source('a', 'older', 1), source('b', 'newer', 2)];
    expect(effective({ ...defaultRule, directories }, KEY, sources)).toBe(expected);
    const live = sources.map((one) => (one.id === 'a' ? { ...one, live: true } : one));
    expect(effective({ ...defaultRule, directories }, KEY, live)).toBe('older');
  });
});
