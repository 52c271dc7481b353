import { expect, test } from 'vitest';
import { readRecordings, recording } from './exchange-files.ts';

const get = { request: { method: 'GET', path: '/Users' }, expect: { status: 200 } };
const probe = { request: { method: 'GET', path: '/Groups' }, expect: { status: 200 } };

test('a scenario starts with what is given', () => {
  const file = {
    about: 'x',
    given: { probed: [probe] },
    scenarios: [{ title: 'A1 x', given: ['probed'], steps: [get] }],
  };
  expect(recording('a.json', file).scenarios).toEqual([{ title: 'A1 x', steps: [probe, get] }]);
});

test.each([
  ['unknown member expects', { title: 'A1 x', steps: [{ ...get, expects: {} }] }],
  ['unknown member Body', { title: 'A1 x', steps: [{ ...get, expect: { status: 200, Body: {} } }] }],
  ['nothing is given as user', { title: 'A1 x', given: ['user'], steps: [get] }],
  ['begins with the item', { title: 'lists users', steps: [get] }],
])('refuses a file: %s', (message, scenario) => {
  expect(() => recording('a.json', { about: 'x', scenarios: [scenario] })).toThrow(message);
});

test('no two scenarios have the same title', () => {
  const titles = readRecordings().flatMap(({ scenarios }) => scenarios.map(({ title }) => title));
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test('each of the 53 known interoperability bugs has a scenario', () => {
  const items = new Set(readRecordings().flatMap(({ scenarios }) => scenarios.map(({ title }) => title.split(' ')[0])));
  const bugs = Array.from({ length: 53 }, (_, index) => `I${index + 1}`);
  expect(bugs.filter((bug) => !items.has(bug))).toEqual([]);
});
