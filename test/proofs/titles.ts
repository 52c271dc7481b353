import { readdirSync, readFileSync } from 'node:fs';

/** A test and where it is. */
export interface Title {
  file: string;
  title: string;
}

const EXCHANGES = 'test/entra';

/**
 * Where C1 to C17 are items of entra.md about groups, as B and E are about people and cycles: the simulator's own tests,
 * and those of the SCIM language. Everywhere else under test a C is a row of seeds.md.
 */
const AFTER_ENTRA = [
  'test/entra/',
  'test/entra-simulator/',
  'test/scim/filter/',
  'test/scim/parallel.test.ts',
  'test/scim/patch/',
  'test/scim/resource/',
];

/** Every title of a test, a group of tests or a recorded exchange. A title is a text right after a parenthesis. */
export function allTitles(): Title[] {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).map((name) => `test/${name}`);
  const tests = files.filter((name) => name.endsWith('.test.ts')).sort();
  const exchanges = files.filter((name) => name.startsWith(`${EXCHANGES}/`) && name.endsWith('.json')).sort();
  return [
    ...tests.flatMap((file) => titlesIn(readFileSync(file, 'utf8')).map((title) => ({ file, title }))),
    ...exchanges.flatMap((file) => {
      const { scenarios } = JSON.parse(readFileSync(file, 'utf8')) as { scenarios: { title: string }[] };
      return scenarios.map(({ title }) => ({ file, title }));
    }),
  ];
}

const titlesIn = (text: string): string[] =>
  [...text.matchAll(/\(\s*(['"`])([A-Z]{1,2}\d+ (?:\\.|(?!\1)[^\\])*)\1/g)].map(([, , title]) => title!);

/** Ids of seeds.md with which a title begins; ids of other documents may stand between them. */
export function rowsOf({ file, title }: Title): string[] {
  const isAfterEntra = AFTER_ENTRA.some((place) => file.startsWith(place));
  const words = title.split(' ');
  const ids = words.slice(
    0,
    words.findIndex((word) => !/^[A-Z]{1,2}\d+$/.test(word)),
  );
  return ids.filter((id) => /^(DS|SE|DY|S)\d/.test(id) || (!isAfterEntra && /^C\d/.test(id)));
}
