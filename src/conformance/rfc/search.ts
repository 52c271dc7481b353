import type { Bench } from '../bench.ts';
import { type Check, must, section, should } from '../check.ts';
import {
  demand,
  demandError,
  demandIds,
  demandStatus,
  demandUnassigned,
  demandValue,
  listed,
  NotOffered,
} from '../demand.ts';
import type { Reply } from '../line.ts';
import { need } from '../server.ts';
import { LIST, SEARCH } from '../urns.ts';
import { type People, people } from './people.ts';

const cite = 'RFC 7644 §3.4.3';

/** Searches by POST; no standard makes a server declare whether it does. */
async function find(bench: Bench, place: string, search: Record<string, unknown>): Promise<Reply> {
  const reply = await bench.post(`${place}/.search`, { schemas: [SEARCH], ...search });
  if ([404, 405, 501].includes(reply.status)) throw new NotOffered(`POST ${place}/.search: ${reply.status}`);
  return reply;
}

/** Queries by POST (RFC 7644 §3.4.3). */
export const search = section<People>({
  title: 'Search by POST',
  given: people,
  checks: (): Check<People>[] => [
    should<People>(cite, 'Users, groups and the root can be searched by POST.', async (bench) => {
      for (const place of ['/Users', '/Groups', '']) {
        demandStatus(await bench.post(`${place}/.search`, { schemas: [SEARCH], count: 1 }), 200);
      }
    }),
    must<People>(
      cite,
      'A search finds what its filter says, with 200.',
      async (bench, { mark, ada, bob, cleo, dan }) => {
        const reply = await find(bench, '/Users', { filter: `userName sw "${mark}"` });
        demandIds(
          reply,
          [ada, bob, cleo, dan].map(({ id }) => id),
        );
        demandValue(reply, 'schemas', [LIST]);
      },
    ),
    must<People>(cite, 'A search takes attributes as a list.', async (bench, { ada }) => {
      const reply = await find(bench, '/Users', { filter: `id eq "${ada.id}"`, attributes: ['userName'] });
      demandValue(reply, 'Resources', [{ id: ada.id, userName: ada.body.userName }]);
      demandUnassigned(reply, 'displayName', listed(reply)[0]);
    }),
    must<People>(cite, 'A search takes excludedAttributes as a list.', async (bench, { ada }) => {
      need(bench.server, 'User', 'displayName');
      const reply = await find(bench, '/Users', { filter: `id eq "${ada.id}"`, excludedAttributes: ['displayName'] });
      demandUnassigned(reply, 'displayName', listed(reply)[0]);
    }),
    must<People>(cite, 'A search takes startIndex and count.', async (bench, { mark }) => {
      const reply = await find(bench, '/Users', { filter: `userName sw "${mark}"`, startIndex: 2, count: 2 });
      demand(reply, listed(reply).length === 2 && reply.body.totalResults === 4, 'two of four');
      demand(reply, reply.body.startIndex === 2, 'startIndex 2');
    }),
    must<People>(
      cite,
      'A search takes sortBy and sortOrder, where sorting is offered.',
      async (bench, { mark, dan }) => {
        if (!bench.server.supports('sort')) throw new NotOffered('ServiceProviderConfig: no sort');
        const by = { sortBy: 'userName', sortOrder: 'descending' };
        const reply = await find(bench, '/Users', { filter: `userName sw "${mark}"`, ...by });
        demand(reply, listed(reply)[0]?.id === dan.id, 'dan first');
      },
    ),
    must<People>(cite, 'A search that finds nothing is 200 with an empty list.', async (bench) => {
      const reply = await find(bench, '/Users', { filter: `userName eq "${bench.name()}"` });
      demand(reply, listed(reply).length === 0 && reply.body.totalResults === 0, 'an empty list');
    }),
    must<People>(cite, 'A search whose filter does not parse is 400 invalidFilter.', async (bench) => {
      demandError(await find(bench, '/Users', { filter: 'userName eq' }), 400, 'invalidFilter');
    }),
    must<People>(cite, 'A search that is no JSON is refused with 400.', async (bench) => {
      await find(bench, '/Users', { count: 0 });
      demandError(await bench.post('/Users/.search', '{"filter":'), 400);
    }),
    must<People>(cite, 'Groups are searched, too.', async (bench) => {
      const { id, body } = await bench.group();
      const reply = await find(bench, '/Groups', { filter: `displayName eq "${body.displayName}"` });
      demandIds(reply, [id]);
    }),
    must<People>(`${cite}, §3.4.2.1`, 'A search of the root finds users and groups.', async (bench, { ada }) => {
      const group = await bench.group();
      const reply = await find(bench, '', { filter: `id eq "${ada.id}" or id eq "${group.id}"` });
      demandIds(reply, [ada.id, group.id]);
    }),
    must<People>(`${cite}, §3.4.2.1`, 'A search of the root for a type finds only that.', async (bench, { ada }) => {
      const group = await bench.group();
      const both = `(id eq "${ada.id}" or id eq "${group.id}")`;
      const reply = await find(bench, '', { filter: `meta.resourceType eq "Group" and ${both}` });
      demandIds(reply, [group.id]);
    }),
  ],
});
