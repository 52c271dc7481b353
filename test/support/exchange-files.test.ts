import { readdirSync, readFileSync } from 'node:fs';
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

/** Items that no server can show, and why. */
const beyondServer: Record<string, string> = {
  A16: 'TLS ends before the hub (README.md)',
  A17: 'source addresses are for the firewall',
  B33: 'a setting of the job in Entra; what it holds back never arrives',
  B36: 'what is not created sends nothing; the simulator keeps to it (test/entra-simulator)',
  D5: 'limits of the mapping functions in Entra',
  E3: 'how long Entra takes',
  E6: 'when Entra stops a job',
  E9: 'no figure is published; bench/ holds the times',
  E11: 'a threshold in Entra',
};

/** Items proved by tests that are no exchanges, where titles of these sections mean entra.md. */
const OTHER_TESTS = ['scim', 'entra-simulator', 'simulator', 'http'].map(
  (room) => new URL(`../${room}/`, import.meta.url),
);

/** Sign-in by OAuth and paging by cursor, which are tested with what is built for them. */
const withTheirOwn = ['A13', 'A14', 'A15', 'F6', 'H6'];

const sections = { A: 18, B: 36, C: 17, D: 6, E: 12, F: 6, G: 3, H: 9, I: 53 };

function itemsInTitles(): string[] {
  const sources = OTHER_TESTS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(new URL(name, room), 'utf8')),
  );
  return sources.flatMap((source) => [...source.matchAll(/['`]([B-H]\d+) /g)].map(([, item]) => item!));
}

test('each item of entra.md is proved by an exchange or a test, or is named with the reason why it cannot be', () => {
  const recorded = readRecordings().flatMap(({ scenarios }) => scenarios.map(({ title }) => title.split(' ')[0]!));
  const proved = new Set([...recorded, ...itemsInTitles(), ...withTheirOwn, ...Object.keys(beyondServer)]);
  const items = Object.entries(sections).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, index) => `${section}${index + 1}`),
  );
  expect(items.filter((item) => !proved.has(item))).toEqual([]);
  expect(recorded.filter((item) => item in beyondServer)).toEqual([]);
});

test('each of the 53 known interoperability bugs has an exchange', () => {
  const recorded = new Set(
    readRecordings().flatMap(({ scenarios }) => scenarios.map(({ title }) => title.split(' ')[0])),
  );
  const bugs = Array.from({ length: sections.I }, (_, index) => `I${index + 1}`);
  expect(bugs.filter((bug) => !recorded.has(bug))).toEqual([]);
});
