import { section } from '../check.ts';
import { type FilterCase, filterChecks, filterOffered, type People, people } from './people.ts';

const cite = 'RFC 7644 §3.4.2.2';
const OURS = 'userName sw "~"';
const needs = ['emails.type'];

const cases: FilterCase[] = [
  [
    cite,
    'A sub-attribute of a list is found by any of the values.',
    'emails.value eq "~.ada.home@example.org"',
    ['ada'],
    ...needs,
  ],
  [cite, 'A list is compared by its values.', 'emails eq "~.bob.work@example.org"', ['bob'], ...needs],
  [cite, 'co on a list looks into its values.', `emails co "~.ada"`, ['ada'], ...needs],
  [cite, 'A type of a list is found.', `emails.type eq "work" and ${OURS}`, ['ada', 'bob'], ...needs],
  [
    cite,
    'Brackets hold for one value: both conditions at once.',
    `emails[type eq "work" and value co "~"]`,
    ['ada', 'bob'],
    ...needs,
  ],
  [
    cite,
    'Brackets do not mix values: no value has both.',
    `emails[type eq "work" and value ew "ada.home@example.org"] and ${OURS}`,
    [],
    ...needs,
  ],
  [
    cite,
    'Outside brackets each condition may have a value of its own.',
    `emails.type eq "work" and emails.value eq "~.ada.home@example.org"`,
    ['ada'],
    ...needs,
  ],
  [
    cite,
    'Brackets take or.',
    `emails[value eq "~.bob.work@example.org" or value eq "~.dan.home@example.com"]`,
    ['bob', 'dan'],
    ...needs,
  ],
  [cite, 'Brackets take not.', `emails[not (type eq "work") and value sw "~"]`, ['ada', 'dan'], ...needs],
  [
    cite,
    'Brackets go with and.',
    `emails[type eq "home"] and displayName eq "~ Dan"`,
    ['dan'],
    ...needs,
    'displayName',
  ],
  [cite, 'Brackets go under not.', `${OURS} and not (emails[type eq "home"])`, ['bob', 'cleo'], ...needs],
  [cite, 'pr inside brackets finds who has the part.', `emails[value pr] and ${OURS}`, ['ada', 'bob', 'dan'], ...needs],
  [
    cite,
    'Two brackets may be met by two values.',
    `emails[type eq "work"] and emails[type eq "home"] and ${OURS}`,
    ['ada'],
    ...needs,
  ],
  [
    'entra.md B3',
    'A bracket followed by a sub-attribute compares that part.',
    'emails[type eq "work"].value eq "~.ada.work@example.com"',
    ['ada'],
    ...needs,
  ],
  [cite, 'Brackets are read in any case.', `EMAILS[TYPE EQ "work" AND Value co "~.bob"]`, ['bob'], ...needs],
];

/** Filters over lists of values (RFC 7644 §3.4.2.2). */
export const filterLists = section<People>({
  title: 'Filters: multi-valued and complex',
  offered: filterOffered,
  given: people,
  checks: () => filterChecks(cases),
});
