import { must, section } from '../check.ts';
import { demand, demandError, demandIds, demandStatus, demandValue, listed } from '../demand.ts';
import { LIST } from '../urns.ts';

const KINDS = ['User', 'Group'] as const;

/** Reading one, reading many, deleting (RFC 7644 §3.4, §3.6). */
export const readAndDelete = section({
  title: 'GET and DELETE',
  checks: () =>
    KINDS.flatMap((kind) => {
      const place = `/${kind}s`;
      return [
        must('RFC 7644 §3.4.1', `A ${kind} is read by its id with 200.`, async (bench) => {
          const { path, id } = await (kind === 'User' ? bench.user() : bench.group());
          demandValue(demandStatus(await bench.get(path), 200), 'id', id);
        }),
        must('RFC 7644 §3.4.1', `A ${kind} that is not there is 404.`, async (bench) => {
          demandError(await bench.get(`${place}/${bench.name()}`), 404);
        }),
        must('RFC 7644 §3.4.2', `${place} answers with a ListResponse and its totalResults.`, async (bench) => {
          const { id } = await (kind === 'User' ? bench.user() : bench.group());
          const reply = await bench.get(`${place}?count=5`);
          demand(reply, listed(reply).length > 0, `resources, ${id} being there`);
          demandValue(reply, 'schemas', [LIST]);
        }),
        must('RFC 7644 §3.4.2', `A filter that no ${kind} matches is 200 with an empty list.`, async (bench) => {
          const name = kind === 'User' ? 'userName' : 'displayName';
          const reply = await bench.query(kind, { filter: `${name} eq "${bench.name()}"` });
          demand(reply, listed(reply).length === 0 && reply.body.totalResults === 0, 'an empty list');
        }),
        must('RFC 7644 §3.6', `A ${kind} is deleted with 204 and no body.`, async (bench) => {
          const { path } = await (kind === 'User' ? bench.user() : bench.group());
          const reply = demandStatus(await bench.delete(path), 204);
          demand(reply, reply.text === '', 'no body');
        }),
        must('RFC 7644 §3.6', `A deleted ${kind} is 404 for GET, PUT, PATCH and DELETE.`, async (bench) => {
          const { path } = await (kind === 'User' ? bench.user() : bench.group());
          demandStatus(await bench.delete(path), 204);
          demandError(await bench.get(path), 404);
          demandError(await bench.put(path, kind === 'User' ? bench.userBody() : bench.groupBody()), 404);
          const change = { op: 'replace', path: 'displayName', value: bench.name() };
          if (bench.server.supports('patch')) demandError(await bench.patch(path, change), 404);
          demandError(await bench.delete(path), 404);
        }),
        must('RFC 7644 §3.6', `A deleted ${kind} is in no list.`, async (bench) => {
          const { path, body } = await (kind === 'User' ? bench.user() : bench.group());
          const name = kind === 'User' ? 'userName' : 'displayName';
          demandStatus(await bench.delete(path), 204);
          demandIds(await bench.query(kind, { filter: `${name} eq "${body[name]}"` }), []);
        }),
        must('RFC 7644 §3.6', `A ${kind} that is not there cannot be deleted: 404.`, async (bench) => {
          demandError(await bench.delete(`${place}/${bench.name()}`), 404);
        }),
      ];
    }),
});
