import { type Check, must, section } from '../check.ts';
import { demand, demandError, listed } from '../demand.ts';
import { type FilterCase, filterChecks, filterOffered, type People, people } from './people.ts';

const cite = 'RFC 7644 §3.4.2.2';
const OURS = 'userName sw "~"';
const [A, B, C] = ['ada', 'bob', 'cleo'].map((who) => `userName eq "~.${who}@conformance.example"`) as [
  string,
  string,
  string,
];

const cases: FilterCase[] = [
  [cite, 'and finds what both sides find.', `${OURS} and userName co "bob"`, ['bob']],
  [cite, 'and finds nothing when one side finds nothing.', `${A} and ${B}`, []],
  [cite, 'or finds what either side finds.', `${A} or ${B}`, ['ada', 'bob']],
  [cite, 'not finds the others.', `${OURS} and not (${A})`, ['bob', 'cleo', 'dan']],
  [cite, 'not may stand first.', `not (${A}) and ${OURS}`, ['bob', 'cleo', 'dan']],
  [cite, 'and is done before or.', `${A} or ${B} and ${C}`, ['ada']],
  [cite, 'and is done before or, from the left too.', `${B} and ${C} or ${A}`, ['ada']],
  [cite, 'Parentheses are done first.', `(${A} or ${B}) and ${OURS}`, ['ada', 'bob']],
  [cite, 'Parentheses nest.', `((${A}) or ((${B}) or (${C})))`, ['ada', 'bob', 'cleo']],
  [cite, 'not over or finds neither.', `${OURS} and not (${A} or ${B})`, ['cleo', 'dan']],
  [
    cite,
    'not over and finds the rest.',
    `${OURS} and not (active eq true and userName co "ada")`,
    ['bob', 'cleo', 'dan'],
    'active',
  ],
  [cite, 'Three conditions with or find three.', `${A} or ${B} or ${C}`, ['ada', 'bob', 'cleo']],
  [cite, 'Logical operators are read in any case.', `${A} OR ${B} AND ${OURS}`, ['ada', 'bob']],
  [cite, 'NOT is read in any case.', `${OURS} AND NOT (${A})`, ['bob', 'cleo', 'dan']],
];

const broken: [string, string][] = [
  ['A filter without a value', 'userName eq'],
  ['A filter without an operator', 'userName'],
  ['A filter with an operator that there is not', 'userName like "a"'],
  ['A filter whose parenthesis is not closed', '(userName eq "a"'],
  ['A filter whose quote is not closed', 'userName eq "a'],
  ['A filter that ends in and', 'userName eq "a" and'],
  ['A filter whose bracket is not closed', 'emails[type eq "work"'],
  ['A filter that is empty inside parentheses', '()'],
];

/** Logic and grouping of filters, and what does not parse (RFC 7644 §3.4.2.2). */
export const filterLogic = section<People>({
  title: 'Filters: logic and grammar',
  offered: filterOffered,
  given: people,
  checks: (): Check<People>[] => [
    ...filterChecks(cases),
    ...broken.map(([what, filter]) =>
      must<People>('RFC 7644 §3.12', `${what} is 400 invalidFilter.`, async (bench) => {
        demandError(await bench.query('User', { filter }), 400, 'invalidFilter');
      }),
    ),
    must<People>(
      'RFC 7644 §3.4.2.1',
      'An attribute that there is not matches nothing, or is 400 invalidFilter.',
      async (bench) => {
        const reply = await bench.query('User', { filter: `${bench.name().replaceAll('-', '')} eq "x"` });
        if (reply.status === 400) demandError(reply, 400, 'invalidFilter');
        else demand(reply, listed(reply).length === 0, 'nobody');
      },
    ),
    must<People>(cite, 'totalResults counts what the filter finds.', async (bench, { mark }) => {
      const reply = await bench.query('User', { filter: `userName sw "${mark}"`, count: 2 });
      demand(reply, listed(reply).length <= 2 && reply.body.totalResults === 4, 'totalResults 4');
    }),
  ],
});
