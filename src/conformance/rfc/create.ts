import { must, section, should } from '../check.ts';
import { demand, demandError, demandSame, demandStatus, demandValue } from '../demand.ts';
import { objectOf } from '../json.ts';
import { need } from '../server.ts';
import { ENTERPRISE, GROUP, USER } from '../urns.ts';

const PLACES = [
  ['User', '/Users'],
  ['Group', '/Groups'],
] as const;

/** Making resources (RFC 7644 §3.3). */
export const create = section({
  title: 'POST',
  checks: () => [
    ...PLACES.flatMap(([kind, place]) => [
      must('RFC 7644 §3.3', `A new ${kind} is answered 201 with its id.`, async (bench) => {
        const { reply } = await (kind === 'User' ? bench.user() : bench.group());
        demand(reply, typeof reply.body.id === 'string' && reply.body.id !== '', 'an id, a string');
      }),
      must('RFC 7644 §3.3', `The answer to a new ${kind} has its address as Location.`, async (bench) => {
        const { reply } = await (kind === 'User' ? bench.user() : bench.group());
        demand(reply, reply.headers.has('location'), 'a Location header');
        demandValue(reply, 'meta.location', reply.headers.get('location'));
      }),
      must('RFC 7644 §3.3', `A new ${kind} can be read where Location says.`, async (bench) => {
        const { reply, id } = await (kind === 'User' ? bench.user() : bench.group());
        const location = reply.headers.get('location') ?? '';
        demand(reply, location !== '', 'a Location header');
        demandValue(demandStatus(await bench.follow(location), 200), 'id', id);
      }),
      must('RFC 7643 §3.1', `An id that a client sends with a new ${kind} is ignored.`, async (bench) => {
        const body = kind === 'User' ? bench.userBody({ id: 'chosen' }) : bench.groupBody({ id: 'chosen' });
        const reply = demandStatus(await bench.post(place, body), 201);
        demand(reply, reply.body.id !== 'chosen', 'an id that the server made');
      }),
      must('RFC 7643 §3.1', `A meta that a client sends with a new ${kind} is ignored.`, async (bench) => {
        const meta = { resourceType: 'Chosen', created: '2001-01-01T00:00:00Z', location: 'https://chosen.example' };
        const body = kind === 'User' ? bench.userBody({ meta }) : bench.groupBody({ meta });
        const reply = demandStatus(await bench.post(place, body), 201);
        demandValue(reply, 'meta.resourceType', kind);
        demand(reply, objectOf(reply.body.meta).created !== meta.created, 'a created of the server');
      }),
    ]),
    must('RFC 7644 §3.3', 'The answer holds what was sent.', async (bench) => {
      need(bench.server, 'User', 'displayName');
      demandValue((await bench.user({ displayName: 'As sent' })).reply, 'displayName', 'As sent');
    }),
    must('RFC 7644 §3.3', 'The answer and a GET right after it are the same.', async (bench) => {
      const { path, body } = await bench.user();
      demandSame(demandStatus(await bench.get(path), 200), body);
    }),
    must('RFC 7644 §3.3, §3.12', 'A userName that is taken is 409 uniqueness.', async (bench) => {
      const { body } = await bench.user();
      demandError(await bench.post('/Users', bench.userBody({ userName: body.userName })), 409, 'uniqueness');
    }),
    must('RFC 7643 §4.1.1', 'A userName that is taken in another case is 409, too.', async (bench) => {
      const { body } = await bench.user();
      const userName = String(body.userName).toUpperCase();
      demandError(await bench.post('/Users', bench.userBody({ userName })), 409);
    }),
    must('RFC 7644 §3.12', 'A user without userName is 400 invalidValue.', async (bench) => {
      demandError(await bench.post('/Users', bench.userBody({ userName: undefined })), 400, 'invalidValue');
    }),
    must('RFC 7643 §2.5', 'A userName of null counts as none: 400.', async (bench) => {
      demandError(await bench.post('/Users', bench.userBody({ userName: null })), 400);
    }),
    must('RFC 7643 §4.1.1', 'An empty userName is 400.', async (bench) => {
      demandError(await bench.post('/Users', bench.userBody({ userName: '' })), 400);
    }),
    must(
      'RFC 7643 §4.2',
      'A group without displayName is 400 invalidValue, if its schema requires one.',
      async (bench) => {
        need(bench.server, 'Group', 'displayName');
        if (bench.server.attribute('Group', 'displayName')?.required === false) return;
        demandError(await bench.post('/Groups', { schemas: [GROUP] }), 400, 'invalidValue');
      },
    ),
    must('RFC 7644 §3.12', 'A value of the wrong type is refused with 400.', async (bench) => {
      demandError(await bench.post('/Users', bench.userBody({ userName: { not: 'a text' } })), 400);
    }),
    must('RFC 7643 §3.1', 'externalId is kept as it was sent.', async (bench) => {
      const externalId = bench.name('external');
      demandValue((await bench.user({ externalId })).reply, 'externalId', externalId);
    }),
    must('RFC 7643 §3', 'Extension attributes are kept under the URN, and the URN is among schemas.', async (bench) => {
      need(bench.server, 'User', `${ENTERPRISE}:department`);
      const sent = { schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'Research' } };
      const { reply } = await bench.user(sent);
      demandValue(reply, `${ENTERPRISE}:department`, 'Research');
      const { schemas } = reply.body;
      demand(reply, Array.isArray(schemas) && schemas.includes(ENTERPRISE), `schemas with ${ENTERPRISE}`);
    }),
    must('RFC 7643 §7', 'A password is never answered.', async (bench) => {
      const password = 't1meMa$heen-9';
      const reply = await bench.post('/Users', bench.userBody({ password }));
      demandStatus(reply, 201, 400);
      demand(reply, !reply.text.includes(password), 'no password in the answer');
    }),
    must('RFC 7643 §2.2', 'A readOnly attribute that a client sends is ignored.', async (bench) => {
      const groups = [{ value: bench.name('group'), display: 'Not one' }];
      const reply = demandStatus(await bench.post('/Users', bench.userBody({ groups })), 201);
      demand(reply, !reply.text.includes('Not one'), 'groups as the server knows them');
    }),
    should('RFC 7644 §3.3', 'A userName that was deleted can be used again.', async (bench) => {
      const { path, body } = await bench.user();
      demandStatus(await bench.delete(path), 204);
      demandStatus(await bench.post('/Users', bench.userBody({ userName: body.userName })), 201);
    }),
  ],
});
