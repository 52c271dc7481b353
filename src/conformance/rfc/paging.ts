import type { Bench, Made } from '../bench.ts';
import { type Check, must, section, should } from '../check.ts';
import { demand, demandStatus, listed, NotOffered } from '../demand.ts';
import { objectOf } from '../json.ts';
import type { Server } from '../server.ts';

/** Seven people that one filter finds. */
interface Crowd {
  filter: string;
  ids: string[];
}

const SIZE = 7;

/** Makes people whose names begin alike. */
export async function crowd(bench: Bench): Promise<Crowd> {
  const mark = bench.name().replaceAll('-', '');
  const made: Made[] = [];
  for (let n = 0; n < SIZE; n++) made.push(await bench.user({ userName: `${mark}.${n}@conformance.example` }));
  return { filter: `userName sw "${mark}"`, ids: made.map(({ id }) => id) };
}

/** Where the server declares that it pages by cursor only (RFC 9865 §4). */
const indexOffered = ({ config }: Server): string | undefined =>
  objectOf(config.pagination).index === false ? 'ServiceProviderConfig: pagination by cursor only' : undefined;

const cite = 'RFC 7644 §3.4.2.4';

const page = async (bench: Bench, { filter }: Crowd, parameters: Record<string, number>) => {
  const reply = await bench.query('User', { filter, ...parameters });
  return { reply, found: listed(reply).map(({ id }) => String(id)), body: reply.body };
};

/** Paging by index (RFC 7644 §3.4.2.4). */
export const paging = section<Crowd>({
  title: 'Paging by index',
  offered: indexOffered,
  given: crowd,
  checks: (): Check<Crowd>[] => [
    must<Crowd>(cite, 'count is the most that a page holds.', async (bench, given) => {
      const { reply, found } = await page(bench, given, { count: 3 });
      demand(reply, found.length <= 3 && found.length > 0, 'at most 3 resources');
    }),
    must<Crowd>(cite, 'A page says totalResults, startIndex and itemsPerPage, as integers.', async (bench, given) => {
      const { reply, found, body } = await page(bench, given, { startIndex: 2, count: 3 });
      demand(reply, body.totalResults === SIZE, `totalResults ${SIZE}`);
      demand(reply, body.startIndex === 2, 'startIndex 2');
      demand(reply, body.itemsPerPage === found.length, `itemsPerPage ${found.length}`);
    }),
    must<Crowd>(cite, 'The pages together hold everybody once.', async (bench, given) => {
      const seen: string[] = [];
      for (let startIndex = 1; startIndex <= SIZE; startIndex += 2) {
        const { reply, found } = await page(bench, given, { startIndex, count: 2 });
        demand(reply, found.length > 0, 'a page with somebody on it');
        seen.push(...found);
      }
      const { reply } = await page(bench, given, {});
      demand(
        reply,
        seen.length === SIZE && given.ids.every((id) => seen.includes(id)),
        'all seven on the pages, each once',
      );
    }),
    must<Crowd>(cite, 'A page read twice holds the same.', async (bench, given) => {
      const first = await page(bench, given, { startIndex: 3, count: 3 });
      const { reply, found } = await page(bench, given, { startIndex: 3, count: 3 });
      demand(reply, found.join() === first.found.join(), 'the same resources in the same order');
    }),
    must<Crowd>(cite, 'A count of 0 gives totalResults and no resources.', async (bench, given) => {
      const { reply, found, body } = await page(bench, given, { count: 0 });
      demand(reply, found.length === 0 && body.totalResults === SIZE, `totalResults ${SIZE}, no resources`);
    }),
    must<Crowd>(cite, 'A negative count is taken for 0.', async (bench, given) => {
      const { reply, found, body } = await page(bench, given, { count: -5 });
      demand(reply, found.length === 0 && body.totalResults === SIZE, `totalResults ${SIZE}, no resources`);
    }),
    ...[0, -3].map((startIndex) =>
      must<Crowd>(cite, `A startIndex of ${startIndex} is taken for 1.`, async (bench, given) => {
        const { found } = await page(bench, given, { startIndex: 1, count: 3 });
        const { reply, found: same } = await page(bench, given, { startIndex, count: 3 });
        demand(reply, same.join() === found.join(), 'the first page');
      }),
    ),
    must<Crowd>(
      cite,
      'A startIndex beyond the end gives an empty page and the right totalResults.',
      async (bench, given) => {
        const { reply, found, body } = await page(bench, given, { startIndex: 1000, count: 3 });
        demand(reply, found.length === 0 && body.totalResults === SIZE, `totalResults ${SIZE}, no resources`);
      },
    ),
    must<Crowd>(cite, 'The last page holds the rest.', async (bench, given) => {
      const { reply, found } = await page(bench, given, { startIndex: SIZE, count: 5 });
      demand(reply, found.length === 1, 'one resource');
    }),
    must<Crowd>(cite, 'A count beyond what the server gives at once is no error.', async (bench, given) => {
      const { reply, found } = await page(bench, given, { count: 100_000 });
      demand(reply, found.length === SIZE, 'all seven');
    }),
    should<Crowd>('RFC 7644 §3.12', 'A count that is no number is refused with 400.', async (bench) => {
      demandStatus(await bench.get('/Users?count=many'), 400);
    }),
    must<Crowd>(cite, 'Groups are paged, too.', async (bench) => {
      if (!bench.server.has('Group', 'displayName')) throw new NotOffered('no displayName');
      const made = [await bench.group(), await bench.group(), await bench.group()];
      const reply = await bench.get('/Groups?startIndex=1&count=2');
      demand(
        reply,
        listed(reply).length === 2 && Number(reply.body.totalResults) >= made.length,
        'two of at least three',
      );
    }),
  ],
});
