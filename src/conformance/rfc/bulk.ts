import type { Bench } from '../bench.ts';
import { type Check, must, section } from '../check.ts';
import { demand, demandError, demandStatus, demandValue } from '../demand.ts';
import { objectOf, objectsOf, type Resource } from '../json.ts';
import type { Reply } from '../line.ts';
import { need } from '../server.ts';
import { BULK, BULK_RESPONSE, ENTERPRISE, PATCH_OP, USER } from '../urns.ts';

const cite = 'RFC 7644 §3.7';

const send = (bench: Bench, Operations: unknown[], more: Resource = {}) =>
  bench.post('/Bulk', { schemas: [BULK], ...more, Operations });

const newUser = (bench: Bench, bulkId: string, attributes: Resource = {}) => ({
  ...{ method: 'POST', path: '/Users', bulkId },
  data: bench.userBody(attributes),
});

const newGroup = (bench: Bench, bulkId: string, ...members: string[]) => ({
  ...{ method: 'POST', path: '/Groups', bulkId },
  data: bench.groupBody({ members: members.map((value) => ({ value })) }),
});

const broken = (bulkId: string) => ({ method: 'POST', path: '/Users', bulkId, data: { schemas: [USER] } });

/** The results of a bulk request that was worked on, which is demanded. */
function resultsOf(reply: Reply): Resource[] {
  demandStatus(reply, 200);
  demandValue(reply, 'schemas', [BULK_RESPONSE]);
  return objectsOf(reply.body.Operations);
}

const statuses = (reply: Reply) => resultsOf(reply).map(({ status }) => String(status));

const idIn = (location: unknown) => decodeURIComponent(String(location).split('/').at(-1)!);

/** Finds a result by its bulkId. */
const resultOf = (reply: Reply, bulkId: string): Resource => {
  const result = resultsOf(reply).find((one) => one.bulkId === bulkId);
  demand(reply, result !== undefined, `a result for bulkId ${bulkId}`);
  return result!;
};

/** Many changes in one request, where the server offers it (RFC 7644 §3.7). */
export const bulk = section({
  title: 'Bulk',
  offered: (server) => (server.supports('bulk') ? undefined : 'ServiceProviderConfig: no bulk'),
  checks: (): Check[] => [
    must(cite, 'A bulk request answers 200 with one result for each operation, in their order.', async (bench) => {
      const reply = await send(bench, [newUser(bench, 'one'), newUser(bench, 'two')]);
      demand(
        reply,
        resultsOf(reply)
          .map(({ bulkId }) => bulkId)
          .join() === 'one,two',
        'results of one and two',
      );
      demand(reply, statuses(reply).join() === '201,201', 'the statuses "201", as strings');
    }),
    must(cite, 'Every result has method, location and status.', async (bench) => {
      const reply = await send(bench, [newUser(bench, 'one')]);
      const { method, location, status } = resultOf(reply, 'one');
      demand(reply, method === 'POST' && typeof location === 'string', 'method and location');
      demand(reply, status === '201', 'status "201", a string');
    }),
    must(cite, 'A location of a result can be read.', async (bench) => {
      const reply = await send(bench, [newUser(bench, 'one')]);
      const { location } = resultOf(reply, 'one');
      demandValue(demandStatus(await bench.follow(String(location)), 200), 'id', idIn(location));
    }),
    must(cite, 'PUT, PATCH and DELETE are done, too.', async (bench) => {
      need(bench.server, 'User', 'displayName');
      const [put, patch, gone] = [await bench.user(), await bench.user(), await bench.user()];
      const Operations = [{ op: 'replace', path: 'displayName', value: 'Patched' }];
      const reply = await send(bench, [
        { method: 'PUT', path: put.path, data: bench.userBody({ userName: put.body.userName, displayName: 'Put' }) },
        { method: 'PATCH', path: patch.path, data: { schemas: [PATCH_OP], Operations } },
        { method: 'DELETE', path: gone.path },
      ]);
      demand(
        reply,
        statuses(reply).every((status) => status === '200' || status === '204'),
        '200 or 204 for each',
      );
      demandValue(await bench.get(put.path), 'displayName', 'Put');
      demandValue(await bench.get(patch.path), 'displayName', 'Patched');
      demandStatus(await bench.get(gone.path), 404);
    }),
    must('RFC 7644 §3.7.2', 'A bulkId stands for the id of what was made before.', async (bench) => {
      const reply = await send(bench, [newUser(bench, 'ada'), newGroup(bench, 'team', 'bulkId:ada')]);
      demand(reply, statuses(reply).join() === '201,201', '201 for each');
      const group = await bench.follow(String(resultOf(reply, 'team').location));
      demandValue(group, 'members', [{ value: idIn(resultOf(reply, 'ada').location) }]);
    }),
    must('RFC 7644 §3.7.2', 'A bulkId may be used before the operation that makes it.', async (bench) => {
      const reply = await send(bench, [newGroup(bench, 'team', 'bulkId:ada'), newUser(bench, 'ada')]);
      demand(reply, statuses(reply).join() === '201,201', '201 for each');
      const group = await bench.follow(String(resultOf(reply, 'team').location));
      demandValue(group, 'members', [{ value: idIn(resultOf(reply, 'ada').location) }]);
    }),
    must('RFC 7644 §3.7.1', 'References in a circle are resolved, or refused with 409.', async (bench) => {
      need(bench.server, 'User', `${ENTERPRISE}:manager`);
      const schemas = [USER, ENTERPRISE];
      const under = (boss: string) => ({ schemas, [ENTERPRISE]: { manager: { value: `bulkId:${boss}` } } });
      const reply = await send(bench, [newUser(bench, 'ada', under('bob')), newUser(bench, 'bob', under('ada'))]);
      demandStatus(reply, 200, 409);
      if (reply.status === 409 || statuses(reply).includes('409')) return;
      demand(reply, statuses(reply).join() === '201,201', '201 for each, or 409');
      const [ada, bob] = ['ada', 'bob'].map((name) => String(resultOf(reply, name).location));
      demandValue(await bench.follow(ada!), `${ENTERPRISE}:manager.value`, idIn(bob));
      demandValue(await bench.follow(bob!), `${ENTERPRISE}:manager.value`, idIn(ada));
    }),
    must('RFC 7644 §3.7.2', 'A bulkId that nothing makes fails that operation.', async (bench) => {
      const reply = await send(bench, [newGroup(bench, 'team', 'bulkId:nobody')]);
      demandStatus(reply, 200, 400, 409);
      if (reply.status === 200) demand(reply, /^4/.test(statuses(reply)[0]!), 'a status of 4xx for the operation');
    }),
    must('RFC 7644 §3.7.3', 'An operation that fails has its error in response, with status.', async (bench) => {
      const reply = await send(bench, [broken('bad')]);
      const { status, response } = resultOf(reply, 'bad');
      demand(reply, String(status) === '400', 'status "400"');
      demand(reply, objectOf(response).status === '400', 'the error as response');
    }),
    must('RFC 7644 §3.7.3', 'Without failOnErrors the others are done all the same.', async (bench) => {
      const reply = await send(bench, [broken('bad'), newUser(bench, 'good')]);
      demand(reply, statuses(reply).join() === '400,201', '400 and 201');
    }),
    must('RFC 7644 §3.7.3', 'failOnErrors of 1 stops after the first error.', async (bench) => {
      const last = newUser(bench, 'last');
      const reply = await send(bench, [newUser(bench, 'first'), broken('bad'), last], { failOnErrors: 1 });
      demand(reply, statuses(reply).slice(0, 2).join() === '201,400', '201 and 400');
      const there = await bench.query('User', { filter: `userName eq "${last.data.userName}"` });
      demand(there, there.body.totalResults === 0, 'nothing done after the error');
    }),
    must('RFC 7644 §3.7.3', 'failOnErrors of 2 goes on after one error.', async (bench) => {
      const reply = await send(bench, [broken('bad'), newUser(bench, 'good')], { failOnErrors: 2 });
      demand(reply, statuses(reply).join() === '400,201', '400 and 201');
    }),
    must(cite, 'A POST without a bulkId is refused, whole or in its result.', async (bench) => {
      const { bulkId: _bulkId, ...operation } = newUser(bench, 'none');
      const reply = await send(bench, [operation]);
      demandStatus(reply, 200, 400);
      if (reply.status === 200) demand(reply, statuses(reply)[0] === '400', 'status "400" for the operation');
    }),
    must(cite, 'A method that there is not fails its operation.', async (bench) => {
      const reply = await send(bench, [{ method: 'FETCH', path: '/Users', bulkId: 'odd' }]);
      demandStatus(reply, 200, 400);
      if (reply.status === 200) demand(reply, /^[45]/.test(statuses(reply)[0]!), 'a status of 4xx or 5xx');
    }),
    must(cite, 'A resource that is not there is 404 in its result.', async (bench) => {
      const reply = await send(bench, [{ method: 'DELETE', path: `/Users/${bench.name()}` }]);
      demand(reply, statuses(reply).join() === '404', 'status "404" for the operation');
    }),
    must(cite, 'A name that is taken is 409 in its result.', async (bench) => {
      const { body } = await bench.user();
      const reply = await send(bench, [newUser(bench, 'again', { userName: body.userName })]);
      demand(reply, statuses(reply).join() === '409', 'status "409" for the operation');
    }),
    must(
      'RFC 7644 §3.7.4',
      'More operations than maxOperations are refused with 413, and none is done.',
      async (bench) => {
        const { maxOperations } = objectOf(bench.server.config.bulk);
        const missing = { method: 'DELETE', path: `/Users/${bench.name()}` };
        const many = Array.from({ length: Math.min(Number(maxOperations), 20_000) + 1 }, () => missing);
        demandStatus(await send(bench, many), 413);
      },
    ),
    must('RFC 7644 §3.7.4', 'More bytes than maxPayloadSize are refused with 413.', async (bench) => {
      const size = Number(objectOf(bench.server.config.bulk).maxPayloadSize);
      const filler = 'x'.repeat(Math.min(size, 20_000_000) + 1);
      demandStatus(await send(bench, [newUser(bench, 'large', { displayName: filler })]), 413);
    }),
    must(cite, 'A body that is no JSON is refused with 400.', async (bench) => {
      demandError(await bench.post('/Bulk', '{"Operations":'), 400);
    }),
    must(cite, 'A body whose Operations are no list is refused with 400.', async (bench) => {
      demandError(await bench.post('/Bulk', { schemas: [BULK], Operations: {} }), 400);
    }),
  ],
});
