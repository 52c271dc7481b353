import type { Bench } from '../bench.ts';
import { type Check, must, section, should } from '../check.ts';
import { demand, demandError, demandStatus, NotOffered } from '../demand.ts';
import { objectOf, objectsOf, type Resource } from '../json.ts';
import type { Reply } from '../line.ts';
import { SEARCH } from '../urns.ts';
import { crowd } from './paging.ts';

type Crowd = Awaited<ReturnType<typeof crowd>>;

/** The resources of a page; it need not say totalResults (RFC 9865 §2). */
const listed = (reply: Reply): Resource[] => objectsOf(demandStatus(reply, 200).body.Resources);

/** Reads page after page until no nextCursor comes, or more pages than there can be. */
async function chain(bench: Bench, { filter }: Crowd, count: number) {
  const seen: string[] = [];
  let cursor: unknown = '';
  let reply = await bench.query('User', { filter, count, cursor: '' });
  for (let page = 0; page < 20; page++) {
    const found = listed(reply).map(({ id }) => String(id));
    demand(reply, found.length <= count, `at most ${count} resources`);
    seen.push(...found);
    cursor = reply.body.nextCursor;
    if (cursor === undefined || cursor === null) break;
    reply = await bench.query('User', { filter, count, cursor: String(cursor) });
  }
  return { seen, reply };
}

const first = (bench: Bench, { filter }: Crowd) => bench.query('User', { filter, count: 3, cursor: '' });

/** Paging by cursor, where the server offers it (RFC 9865). */
export const cursors = section<Crowd>({
  title: 'Paging by cursor',
  offered: ({ config }) => {
    const offered = objectOf(config.pagination).cursor === true;
    return offered ? undefined : 'ServiceProviderConfig: no pagination by cursor';
  },
  given: crowd,
  checks: (): Check<Crowd>[] => [
    must<Crowd>(
      'RFC 9865 §2',
      'An empty cursor asks for the first page, which has a nextCursor when there is more.',
      async (bench, given) => {
        const reply = demandStatus(await first(bench, given), 200);
        demand(
          reply,
          listed(reply).length > 0 && typeof reply.body.nextCursor === 'string',
          'resources and a nextCursor',
        );
      },
    ),
    must<Crowd>('RFC 9865 §2', 'The chain of nextCursor shows everybody once.', async (bench, given) => {
      const { seen, reply } = await chain(bench, given, 2);
      const once = seen.length === given.ids.length && given.ids.every((id) => seen.includes(id));
      demand(reply, once, `all ${given.ids.length}, each once`);
    }),
    must<Crowd>('RFC 9865 §2', 'The last page has no nextCursor.', async (bench, given) => {
      const reply = await bench.query('User', { filter: given.filter, count: 50, cursor: '' });
      demand(reply, listed(reply).length === given.ids.length, 'everybody on one page');
      demand(reply, !('nextCursor' in reply.body), 'no nextCursor');
    }),
    must<Crowd>('RFC 9865 §2', 'The first page has no previousCursor.', async (bench, given) => {
      const reply = demandStatus(await first(bench, given), 200);
      demand(reply, !('previousCursor' in reply.body), 'no previousCursor');
    }),
    must<Crowd>('RFC 9865 §2', 'A cursor has only characters that need no escape in a URL.', async (bench, given) => {
      const reply = demandStatus(await first(bench, given), 200);
      demand(reply, /^[A-Za-z0-9._~-]+$/.test(String(reply.body.nextCursor)), 'unreserved characters');
    }),
    must<Crowd>('RFC 9865 §2', 'count is the most that a page by cursor holds.', async (bench, given) => {
      const reply = demandStatus(await first(bench, given), 200);
      demand(reply, listed(reply).length <= 3, 'at most 3 resources');
    }),
    must<Crowd>(
      'RFC 9865 §2.1',
      'A cursor that the server did not make is 400 invalidCursor.',
      async (bench, given) => {
        const { filter } = given;
        demandError(await bench.query('User', { filter, count: 3, cursor: 'forged' }), 400, 'invalidCursor');
      },
    ),
    must<Crowd>('RFC 9865 §2.1', 'A cursor that was changed is 400 invalidCursor.', async (bench, given) => {
      const { filter } = given;
      const cursor = String((await first(bench, given)).body.nextCursor);
      const changed =
        cursor.slice(0, -4) +
        [...cursor.slice(-4)]
          .reverse()
          .map((one) => (one === 'A' ? 'B' : 'A'))
          .join('');
      demandError(
        await bench.query('User', { filter, count: 3, cursor: changed }),
        400,
        'invalidCursor',
        'expiredCursor',
      );
    }),
    should<Crowd>(
      'RFC 9865 §2',
      'A page by cursor shows the page asked for again when it is asked again.',
      async (bench, given) => {
        const { filter } = given;
        const cursor = String((await first(bench, given)).body.nextCursor);
        const ids = async () =>
          listed(await bench.query('User', { filter, count: 3, cursor }))
            .map(({ id }) => id)
            .join();
        const before = await ids();
        const reply = await bench.query('User', { filter, count: 3, cursor });
        demand(
          reply,
          listed(reply)
            .map(({ id }) => id)
            .join() === before,
          'the same page',
        );
      },
    ),
    must<Crowd>('RFC 9865 §3', 'A search by POST takes a cursor, too.', async (bench, given) => {
      const { filter } = given;
      const body = { schemas: [SEARCH], filter, count: 3, cursor: '' };
      const reply = await bench.post('/Users/.search', body);
      if ([404, 405, 501].includes(reply.status)) throw new NotOffered(`POST /Users/.search: ${reply.status}`);
      demand(
        reply,
        listed(reply).length > 0 && typeof reply.body.nextCursor === 'string',
        'resources and a nextCursor',
      );
      const next = await bench.post('/Users/.search', { ...body, cursor: reply.body.nextCursor });
      demand(next, listed(next).length > 0, 'the next page');
    }),
    must<Crowd>('RFC 9865 §2', 'Groups are paged by cursor, too.', async (bench) => {
      const mark = bench.name().replaceAll('-', '');
      for (const end of ['a', 'b', 'c']) await bench.group([], { displayName: `${mark} ${end}` });
      const reply = await bench.query('Group', { filter: `displayName sw "${mark}"`, count: 2, cursor: '' });
      demand(
        reply,
        listed(reply).length > 0 && typeof reply.body.nextCursor === 'string',
        'resources and a nextCursor',
      );
    }),
    must<Crowd>('RFC 9865 §4', 'A server that also pages by index still does so.', async (bench, given) => {
      if (objectOf(bench.server.config.pagination).index !== true) throw new NotOffered('pagination by cursor only');
      const reply = await bench.query('User', { filter: given.filter, startIndex: 2, count: 2 });
      demand(reply, listed(reply).length === 2 && reply.body.startIndex === 2, 'the page from 2');
    }),
  ],
});
