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

/** Every title of a test, a group of tests or a recorded exchange. A title is a text right after a parenthesis or bracket. */
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
  [...text.matchAll(/[([]\s*(['"`])([A-Z]{1,2}\d+ (?:\\.|(?!\1)[^\\])*)\1/g)].map(([, , title]) => title!);

/** Where A1 to A18 are items of entra.md too: the tests of what Entra sends and how it signs in. */
const AS_ENTRA = [
  ...AFTER_ENTRA,
  'test/conformance/',
  'test/docs/connect-entra.test.ts',
  'test/http/oauth/',
  'test/support/',
];
const LAST_OF_ENTRA = 18;

/** Ids of seeds.md with which a title begins; ids of other documents may stand between them. */
export function rowsOf({ file, title }: Title): string[] {
  const isAfterEntra = AFTER_ENTRA.some((place) => file.startsWith(place));
  return idsOf(title).filter((id) => /^(DS|SE|DY|S)\d/.test(id) || (!isAfterEntra && /^C\d/.test(id)));
}

/** Ids of attacks with which a title begins. */
export function attacksOf({ file, title }: Title): string[] {
  const isAsEntra = AS_ENTRA.some((place) => file.startsWith(place));
  return idsOf(title).filter((id) => /^A\d/.test(id) && (!isAsEntra || Number(id.slice(1)) > LAST_OF_ENTRA));
}

function idsOf(title: string): string[] {
  const words = title.split(' ');
  return words.slice(
    0,
    words.findIndex((word) => !/^[A-Z]{1,2}\d+$/.test(word)),
  );
}
