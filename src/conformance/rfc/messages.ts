import { must, section, should } from '../check.ts';
import { demand, demandStatus, demandValue } from '../demand.ts';
import type { Reply } from '../line.ts';

const SCIM = 'application/scim+json';

const demandScim = (reply: Reply) =>
  demand(reply, (reply.headers.get('content-type') ?? '').toLowerCase().startsWith(SCIM), `Content-Type ${SCIM}`);

/** Media types and signing in (RFC 7644 §2, §3.1, §3.8). */
export const messages = section({
  title: 'Messages and signing in',
  checks: () => [
    must('RFC 7644 §3.1', 'A list is answered as application/scim+json.', async (bench) => {
      demandScim(demandStatus(await bench.get('/Users?count=1'), 200));
    }),
    must('RFC 7644 §3.1', 'A new resource is answered as application/scim+json.', async (bench) => {
      demandScim((await bench.user()).reply);
    }),
    should('RFC 7644 §3.12', 'An error is answered as application/scim+json.', async (bench) => {
      demandScim(await bench.get(`/Users/${bench.name()}`));
    }),
    must('RFC 7644 §3.8', 'Accept: application/scim+json is served.', async (bench) => {
      demandStatus(await bench.get('/Users?count=1', { accept: SCIM }), 200);
    }),
    should('RFC 7644 §3.8', 'Accept: application/json is served.', async (bench) => {
      demandStatus(await bench.get('/Users?count=1', { accept: 'application/json' }), 200);
    }),
    must('RFC 7644 §3.8', 'Accept: */* is served.', async (bench) => {
      demandStatus(await bench.get('/Users?count=1', { accept: '*/*' }), 200);
    }),
    should('RFC 7644 §3.8', 'A body may come as application/json.', async (bench) => {
      const reply = await bench.post('/Users', bench.userBody(), { 'content-type': 'application/json' });
      demandStatus(reply, 201);
    }),
    must('RFC 7644 §3.8', 'A body may name its charset UTF-8.', async (bench) => {
      const reply = await bench.post('/Users', bench.userBody(), { 'content-type': `${SCIM}; charset=UTF-8` });
      demandStatus(reply, 201);
    }),
    must('RFC 7643 §2.1', 'Attribute names in a body are read in any case.', async (bench) => {
      const { userName, ...rest } = bench.userBody();
      const reply = demandStatus(await bench.post('/Users', { ...rest, USERNAME: userName }), 201);
      demandValue(reply, 'userName', userName);
    }),
    must('RFC 7235 §3.1', 'Without credentials the answer is 401 with WWW-Authenticate.', async (bench) => {
      const reply = demandStatus(await bench.get('/Users?count=1', { authorization: null }), 401);
      demand(reply, reply.headers.has('www-authenticate'), 'a WWW-Authenticate header');
    }),
    must('RFC 7644 §3.12', 'A wrong token is answered 401.', async (bench) => {
      demandStatus(await bench.get('/Users?count=1', { authorization: 'Bearer not-a-token' }), 401);
    }),
    must('RFC 7644 §2', 'A write without credentials changes nothing.', async (bench) => {
      const { path } = await bench.user();
      demandStatus(await bench.delete(path, { authorization: null }), 401, 403);
      demandStatus(await bench.get(path), 200);
    }),
  ],
});
