import fc from 'fast-check';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Each character in upper or lower case. */
const inAnyCase = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((one, index) => (upper[index] ? one.toUpperCase() : one.toLowerCase())).join(''));
const sometimesInAnyCase = (names: readonly string[]) =>
  fc.constantFrom(...names).chain((name) => fc.oneof({ weight: 4, arbitrary: fc.constant(name) }, inAnyCase(name)));

const singles = [
  'userName',
  'externalId',
  'displayName',
  'title',
  'active',
  'id',
  'locale',
  'profileUrl',
  'description',
];
const lists = [
  'emails',
  'phoneNumbers',
  'addresses',
  'roles',
  'members',
  'ims',
  'photos',
  'x509Certificates',
  'groups',
];
const parts = ['value', 'type', 'primary', 'display', '$ref', 'formatted', 'country', 'nope'];
const dotted = [
  'name.givenName',
  'name.familyName',
  'name',
  'meta.created',
  'meta.lastModified',
  'meta.version',
  'meta',
];
const foreign = ['department', `${ENTERPRISE}:department`, `${ENTERPRISE}:manager`, `${ENTERPRISE}:manager.value`];
const strange = [
  'nope',
  'nope.x',
  'x-y',
  '_z',
  'urn:a:2.0:User:b',
  'urn:a:b',
  'schemas',
  'password',
  'toString',
  '__proto__',
  'constructor',
];

const list = sometimesInAnyCase(lists);
const part = sometimesInAnyCase(parts);
const name = fc.oneof(
  { weight: 14, arbitrary: sometimesInAnyCase([...singles, ...dotted, ...foreign]) },
  { weight: 6, arbitrary: fc.tuple(list, part).map((names) => names.join('.')) },
  list,
  fc.constantFrom(...strange),
);
const attribute = fc.oneof(
  { weight: 5, arbitrary: name },
  fc
    .tuple(fc.constantFrom(`${CORE}User:`, `${CORE}Group:`, `${CORE.toUpperCase()}USER:`), name)
    .map((all) => all.join('')),
);

const texts = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'Ada',
    'work',
    'True',
    'null',
    'é',
    'ß',
    'İ',
    '😀',
    '"',
    '\\',
    ')',
    ']',
    'a and b',
    '2020-01-01T00:00:00Z',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const value = fc.oneof(
  { weight: 4, arbitrary: texts.map((text) => JSON.stringify(text)) },
  sometimesInAnyCase(['true', 'false', 'null']),
  fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map(String),
  fc.constantFrom(
    'jyoung',
    'a@b.c',
    '2015-10-10T14:38:21.8617979-07:00',
    '-',
    'usr_1',
    '"\\u0041\\n"',
    '"\\ud83d\\ude00"',
  ),
);
const operator = sometimesInAnyCase(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const space = fc.constantFrom(' ', ' ', ' ', '  ', '\t', ' \n ');
const spaced = (...pieces: fc.Arbitrary<string>[]) =>
  fc.tuple(space, ...pieces).map(([between, ...rest]) => rest.join(between));

/** `attrPath SP compareOp SP compValue` or `attrPath SP "pr"`, on names from that arbitrary. */
const term = (names: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 5, arbitrary: spaced(names, operator, value) }, spaced(names, sometimesInAnyCase(['pr'])));

/** The rule FILTER of RFC 7644, figure 1, over those terms. */
const filterOf = (leaf: fc.Arbitrary<string>) =>
  fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'grammar', withCrossShrink: true },
      leaf,
      tie('filter').map((inner) => `(${inner})`),
      fc
        .tuple(sometimesInAnyCase(['not']), fc.constantFrom('', ' '), tie('filter'))
        .map(([not, gap, inner]) => `${not}${gap}(${inner})`),
      spaced(tie('filter'), sometimesInAnyCase(['and', 'or']), tie('filter')),
    ),
  })).filter;

const inBrackets = filterOf(term(part));
const valuePath = fc
  .tuple(fc.oneof(list, fc.constant(`${CORE}User:emails`)), inBrackets)
  .map(([of, inside]) => `${of}[${inside}]`);

/** Filters of the whole grammar: nested, in any case, on known and unknown attributes of people and groups. */
export const filters: fc.Arbitrary<string> = filterOf(
  fc.oneof(
    { weight: 5, arbitrary: term(attribute) },
    valuePath,
    term(fc.tuple(valuePath, part).map((both) => both.join('.'))),
  ),
);

/** Paths of a PATCH (RFC 7644, figure 7): attributes, their parts, value paths and what stands after them. */
export const paths: fc.Arbitrary<string> = fc.oneof(
  attribute,
  valuePath,
  fc.tuple(valuePath, part).map((both) => both.join('.')),
  fc.constantFrom(`${CORE}User`, ENTERPRISE, 'urn:acme:2.0:User'),
);

const pieces = fc.constantFrom(
  ...[
    '(',
    ')',
    '[',
    ']',
    '"',
    '\\',
    '.',
    ':',
    ' ',
    '\t',
    '\0',
    '\ud800',
    '$',
    '{',
    "'",
    'not',
    'not(',
    'and',
    'or',
    'eq',
    'pr',
  ],
  ...['urn:', '__proto__', 'null', 'true', '-1e9', '😀', '].value eq ', '"" eq ""', '((((', '[[['],
);

/** A text with a piece put somewhere, in the place of what stood there, a few times over; or any text at all. */
export const broken = (whole: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(whole, fc.array(fc.tuple(fc.nat(), fc.nat(6), pieces), { minLength: 1, maxLength: 3 }))
        .map(([text, cuts]) =>
          cuts.reduce((next, [at, gone, piece]) => {
            const place = at % (next.length + 1);
            return next.slice(0, place) + piece + next.slice(place + gone);
          }, text),
        ),
    },
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );
