import { type Check, must, section } from '../check.ts';
import { demand, demandError, demandIds } from '../demand.ts';
import { objectOf } from '../json.ts';
import { need } from '../server.ts';
import { ENTERPRISE, USER } from '../urns.ts';
import { type FilterCase, filterChecks, filterOffered, type People, people } from './people.ts';

const cite = 'RFC 7644 §3.4.2.2';
const DEPARTMENT = `${ENTERPRISE}:department`;
const OURS = 'userName sw "~"';

const cases: FilterCase[] = [
  [cite, 'eq finds by userName.', 'userName eq "~.ada@conformance.example"', ['ada']],
  ['RFC 7643 §4.1.1', 'eq on userName takes no notice of case.', 'userName eq "~.ADA@Conformance.Example"', ['ada']],
  [cite, 'eq finds by a text attribute.', 'displayName eq "~ Bob"', ['bob'], 'displayName'],
  [cite, 'eq compares the whole value.', 'displayName eq "~"', [], 'displayName'],
  [cite, 'ne finds the others.', `displayName ne "~ Bob" and ${OURS}`, ['ada', 'cleo', 'dan'], 'displayName'],
  [cite, 'co finds what is inside.', 'userName co "~.c"', ['cleo']],
  [cite, 'sw finds the beginning.', OURS, ['ada', 'bob', 'cleo', 'dan']],
  [cite, 'sw does not find what is inside.', 'displayName sw "Ada" and displayName co "~"', [], 'displayName'],
  [cite, 'ew finds the end.', `userName ew "bob@conformance.example" and ${OURS}`, ['bob']],
  [cite, 'gt compares texts by their order.', `displayName gt "~ Bob" and ${OURS}`, ['cleo', 'dan'], 'displayName'],
  [cite, 'ge holds for the value itself.', `displayName ge "~ Bob" and ${OURS}`, ['bob', 'cleo', 'dan'], 'displayName'],
  [cite, 'lt compares texts by their order.', `displayName lt "~ Bob" and ${OURS}`, ['ada'], 'displayName'],
  [cite, 'le holds for the value itself.', `displayName le "~ Bob" and ${OURS}`, ['ada', 'bob'], 'displayName'],
  [cite, 'pr finds who has a value.', `nickName pr and ${OURS}`, ['ada', 'bob', 'dan'], 'nickName'],
  [
    cite,
    'pr on a multi-valued attribute finds who has one.',
    `emails pr and ${OURS}`,
    ['ada', 'bob', 'dan'],
    'emails.value',
  ],
  [cite, 'pr on an extension attribute finds who has it.', `${DEPARTMENT} pr and ${OURS}`, ['ada', 'bob'], DEPARTMENT],
  [cite, 'eq true finds by a boolean.', `active eq true and ${OURS}`, ['ada', 'cleo', 'dan'], 'active'],
  [cite, 'eq false finds by a boolean.', `active eq false and ${OURS}`, ['bob'], 'active'],
  [cite, 'ne true finds by a boolean.', `active ne true and ${OURS}`, ['bob'], 'active'],
  [cite, 'eq finds by id.', 'id eq "#ada"', ['ada']],
  [cite, 'An extension attribute is found by its URN.', `${DEPARTMENT} eq "~ Works"`, ['bob'], DEPARTMENT],
  [
    'RFC 7644 §3.10',
    'A core attribute is found by its URN.',
    `${USER}:userName eq "~.dan@conformance.example"`,
    ['dan'],
  ],
  [
    'RFC 7644 §3.10',
    'A core sub-attribute is found by its URN.',
    `${USER}:name.familyName eq "~ Stone"`,
    ['bob'],
    'name.familyName',
  ],
  [
    cite,
    'A sub-attribute is found by its path.',
    'name.familyName eq "~ Lovelace"',
    ['ada', 'cleo'],
    'name.familyName',
  ],
  [cite, 'Attribute names are read in any case.', 'USERNAME eq "~.ada@conformance.example"', ['ada']],
  [cite, 'Names of sub-attributes are read in any case.', 'NAME.familyname eq "~ Stone"', ['bob'], 'name.familyName'],
  [cite, 'Operators are read in any case.', 'userName EQ "~.ada@conformance.example"', ['ada']],
];

const dates: Check<People>[] = [
  must<People>(cite, 'ge on meta.created finds what was made then.', async (bench, { ada }) => {
    const { created } = objectOf(ada.body.meta);
    demandIds(await bench.query('User', { filter: `id eq "${ada.id}" and meta.created ge "${created}"` }), [ada.id]);
  }),
  must<People>(cite, 'Dates are compared as moments, whatever their zone.', async (bench, { ada }) => {
    const created = Date.parse(String(objectOf(ada.body.meta).created));
    demand(ada.reply, !Number.isNaN(created), 'meta.created, a date-time');
    // Half an hour before, written as the clocks five hours further east show it.
    const text = new Date(created - 1_800_000 + 5 * 3_600_000).toISOString().replace('Z', '+05:00');
    const filter = (op: string) => ({ filter: `id eq "${ada.id}" and meta.created ${op} "${text}"` });
    demandIds(await bench.query('User', filter('gt')), [ada.id]);
    demandIds(await bench.query('User', filter('lt')), []);
  }),
  must<People>(cite, 'gt and lt on meta.lastModified part before from after.', async (bench, { ada }) => {
    const filter = (op: string, when: string) => ({
      filter: `id eq "${ada.id}" and meta.lastModified ${op} "${when}"`,
    });
    demandIds(await bench.query('User', filter('gt', '2011-05-13T04:42:34Z')), [ada.id]);
    demandIds(await bench.query('User', filter('lt', '2011-05-13T04:42:34Z')), []);
    demandIds(await bench.query('User', filter('lt', '2999-01-01T00:00:00Z')), [ada.id]);
  }),
  must<People>(cite, 'gt on a boolean is 400 invalidFilter.', async (bench) => {
    need(bench.server, 'User', 'active');
    demandError(await bench.query('User', { filter: 'active gt true' }), 400, 'invalidFilter');
  }),
  must<People>('RFC 7643 §3.1', 'externalId is found exactly as it was written.', async (bench) => {
    const externalId = bench.name('External');
    const { id } = await bench.user({ externalId });
    demandIds(await bench.query('User', { filter: `externalId eq "${externalId}"` }), [id]);
    demandIds(await bench.query('User', { filter: `externalId eq "${externalId.toUpperCase()}"` }), []);
  }),
];

/** Every operator of filters, by the type of value (RFC 7644 §3.4.2.2). */
export const filterValues = section<People>({
  title: 'Filters: operators and types',
  offered: filterOffered,
  given: people,
  checks: () => [...filterChecks(cases), ...dates],
});
