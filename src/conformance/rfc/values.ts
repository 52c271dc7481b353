import type { Bench } from '../bench.ts';
import { type Check, must, section } from '../check.ts';
import { demandError, demandStatus, demandUnassigned, demandValue } from '../demand.ts';
import type { Resource } from '../json.ts';
import { need } from '../server.ts';

const TEXTS: [string, string][] = [
  ['accents', 'Zoë Müller-Łukasiewicz'],
  ['other scripts', 'Анна 田中 أحمد'],
  ['characters outside the basic plane', 'Ada 🧮𝒜'],
  ['combining characters, as they were sent', 'Amélie'],
  ['quotes and backslashes', 'Ada "Countess" \\ Lovelace'],
  ['markup', '<b>Ada</b> & Co'],
  ['spaces inside', 'Ada  King   Lovelace'],
];

async function keeps(bench: Bench, path: string, attributes: Resource, expected: unknown): Promise<void> {
  const { path: place, reply } = await bench.user(attributes);
  demandValue(reply, path, expected);
  demandValue(demandStatus(await bench.get(place), 200), path, expected);
}

/** Values come back as they were sent (RFC 7643 §2.3, RFC 7644 §3.8). */
export const values = section({
  title: 'Values',
  checks: (): Check[] => [
    ...TEXTS.map(([what, text]) =>
      must('RFC 7644 §3.8', `A text keeps ${what}.`, async (bench) => {
        need(bench.server, 'User', 'displayName');
        await keeps(bench, 'displayName', { displayName: text }, text);
      }),
    ),
    must('RFC 7643 §2.3.1', 'A text of 1,000 characters comes back whole.', async (bench) => {
      need(bench.server, 'User', 'displayName');
      const text = 'long text '.repeat(100).trim();
      await keeps(bench, 'displayName', { displayName: text }, text);
    }),
    must('RFC 7644 §3.4.2.2', 'A text with other scripts is found by a filter.', async (bench) => {
      const userName = `${bench.name('zoë')}@conformance.example`;
      const { id } = await bench.user({ userName });
      const reply = await bench.query('User', { filter: `userName eq "${userName}"` });
      demandValue(reply, 'Resources', [{ id }]);
    }),
    must('RFC 7644 §3.4.2.2', 'A text with quotes and backslashes is found by a filter.', async (bench) => {
      need(bench.server, 'User', 'displayName');
      const displayName = `${bench.name()} "quoted" \\ text`;
      const { id } = await bench.user({ displayName });
      const reply = await bench.query('User', { filter: `displayName eq ${JSON.stringify(displayName)}` });
      demandValue(reply, 'Resources', [{ id }]);
    }),
    ...[true, false].map((active) =>
      must('RFC 7643 §2.3.2', `active comes back as the boolean ${active}.`, async (bench) => {
        need(bench.server, 'User', 'active');
        await keeps(bench, 'active', { active }, active);
      }),
    ),
    must('RFC 7643 §2.5', 'A null in a POST is the same as nothing.', async (bench) => {
      need(bench.server, 'User', 'nickName', 'emails.value');
      const { path } = await bench.user({ nickName: null, emails: null });
      const reply = demandStatus(await bench.get(path), 200);
      demandUnassigned(reply, 'nickName');
      demandUnassigned(reply, 'emails');
    }),
    must('RFC 7643 §2.5', 'An empty list in a POST is the same as nothing.', async (bench) => {
      need(bench.server, 'User', 'emails.value');
      const { path } = await bench.user({ emails: [] });
      demandUnassigned(demandStatus(await bench.get(path), 200), 'emails');
    }),
    must('RFC 7643 §2.4', 'Several values of one attribute all come back with their sub-attributes.', async (bench) => {
      need(bench.server, 'User', 'emails.type', 'emails.primary');
      const emails = ['work', 'home', 'other'].map((type) => ({
        ...{ type, value: `${bench.name(type)}@conformance.example`, primary: type === 'home' },
      }));
      await keeps(bench, 'emails', { emails }, emails);
    }),
    must('RFC 7643 §4.1.1', 'The parts of a name come back.', async (bench) => {
      need(bench.server, 'User', 'name.givenName', 'name.familyName');
      const name = { givenName: 'Ada', familyName: 'Lovelace' };
      await keeps(bench, 'name', { name }, name);
    }),
    must(
      'RFC 7644 §3.12',
      'A text where a boolean belongs is refused, unless it says true or false.',
      async (bench) => {
        need(bench.server, 'User', 'active');
        demandError(await bench.post('/Users', bench.userBody({ active: 'perhaps' })), 400);
      },
    ),
    must('RFC 7644 §3.12', 'A text where an object belongs is refused with 400.', async (bench) => {
      need(bench.server, 'User', 'name.givenName');
      demandError(await bench.post('/Users', bench.userBody({ name: 'Ada' })), 400);
    }),
  ],
});
