import type { Bench } from '../bench.ts';
import { type Check, must, section, should } from '../check.ts';
import { demand, demandError, demandStatus } from '../demand.ts';
import type { Reply } from '../line.ts';
import { ERROR } from '../urns.ts';

const KNOWN = [
  ...['invalidFilter', 'tooMany', 'uniqueness', 'mutability', 'invalidSyntax', 'invalidPath', 'noTarget'],
  ...['invalidValue', 'invalidVers', 'sensitive', 'invalidCursor', 'expiredCursor', 'invalidCount'],
];

/** One way to be refused, each of which must be told in the same form. */
const refusals: [string, (bench: Bench) => Promise<Reply>][] = [
  ['an unknown id', (bench) => bench.get(`/Users/${bench.name()}`)],
  ['a body that is no JSON', (bench) => bench.post('/Users', '{"userName":')],
  ['a filter that does not parse', (bench) => bench.query('User', { filter: 'userName eq' })],
  [
    'a name that is taken',
    async (bench) => bench.post('/Users', bench.userBody({ userName: (await bench.user()).body.userName })),
  ],
];

/** The form of errors (RFC 7644 §3.12) and what is answered where nothing is. */
export const errors = section({
  title: 'Errors',
  checks: () => [
    ...refusals.flatMap(([what, refused]): Check[] => [
      must('RFC 7644 §3.12', `The error for ${what} has the Error schema.`, async (bench) => {
        const reply = await refused(bench);
        const { schemas } = reply.body;
        demand(reply, Array.isArray(schemas) && schemas.includes(ERROR), `schemas ["${ERROR}"]`);
      }),
      must('RFC 7644 §3.12', `The error for ${what} says its status, as a string.`, async (bench) => {
        const reply = await refused(bench);
        demand(reply, reply.body.status === String(reply.status), `"status": "${reply.status}"`);
      }),
      must(
        'RFC 7644 §3.12',
        `The error for ${what} has a scimType that is a known keyword, or none.`,
        async (bench) => {
          const reply = await refused(bench);
          const { scimType } = reply.body;
          demand(reply, scimType === undefined || KNOWN.includes(String(scimType)), `scimType of ${KNOWN.join(', ')}`);
        },
      ),
      should('RFC 7644 §3.12', `The error for ${what} has a detail for people.`, async (bench) => {
        const reply = await refused(bench);
        demand(reply, typeof reply.body.detail === 'string' && reply.body.detail !== '', 'a detail');
      }),
    ]),
    must('RFC 7644 §3.12', 'A body that is no JSON is 400 invalidSyntax.', async (bench) => {
      demandError(await bench.post('/Users', '{"userName":'), 400, 'invalidSyntax');
    }),
    must('RFC 7644 §3.12', 'A body that is a list is refused with 400.', async (bench) => {
      demandError(await bench.post('/Users', []), 400);
    }),
    must('RFC 7644 §3.12', 'An empty body is refused with 400.', async (bench) => {
      demandError(await bench.post('/Users', ''), 400);
    }),
    must('RFC 7644 §3.12', 'An endpoint that is not there is 404.', async (bench) => {
      demandError(await bench.get(`/${bench.name()}`), 404);
    }),
    must(
      'RFC 7231 §6.5.5',
      'A method that the endpoint has not is 404, 405 or 501, and does nothing.',
      async (bench) => {
        const { path } = await bench.user();
        demandStatus(await bench.delete('/Users'), 404, 405, 501);
        demandStatus(await bench.get(path), 200);
      },
    ),
    must('RFC 7231 §6.5.5', 'Discovery cannot be written: 404, 405 or 501.', async (bench) => {
      demandStatus(await bench.put('/ServiceProviderConfig', {}), 404, 405, 501);
      demandStatus(await bench.delete('/Schemas'), 404, 405, 501);
    }),
    must('RFC 7231 §6.5.5', 'A 405 names the methods there are in Allow.', async (bench) => {
      const reply = await bench.delete('/Users');
      demand(reply, reply.status !== 405 || reply.headers.has('allow'), 'an Allow header');
    }),
  ],
});
