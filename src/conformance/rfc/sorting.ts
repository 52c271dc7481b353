import type { Bench } from '../bench.ts';
import { type Check, must, section } from '../check.ts';
import { demand, listed } from '../demand.ts';
import { need } from '../server.ts';
import { type Name, type People, people } from './people.ts';

const cite = 'RFC 7644 §3.4.2.3';

async function order(bench: Bench, { mark, ...made }: People, parameters: Record<string, string | number>) {
  const reply = await bench.query('User', { filter: `userName sw "${mark}"`, ...parameters });
  const names = listed(reply).map(({ id }) => (Object.keys(made) as Name[]).find((name) => made[name].id === id));
  return { reply, names };
}

const sorted = (
  title: string,
  parameters: Record<string, string | number>,
  expected: Name[],
  ...needs: string[]
): Check<People> =>
  must<People>(cite, title, async (bench, given) => {
    need(bench.server, 'User', ...needs);
    const { reply, names } = await order(bench, given, parameters);
    demand(reply, names.join() === expected.join(), `the order ${expected.join(', ')}, not ${names.join(', ')}`);
  });

/** Sorting, where the server offers it (RFC 7644 §3.4.2.3). */
export const sorting = section<People>({
  title: 'Sorting',
  offered: (server) => (server.supports('sort') ? undefined : 'ServiceProviderConfig: no sort'),
  given: people,
  checks: () => [
    sorted('sortBy alone sorts upwards.', { sortBy: 'userName' }, ['ada', 'bob', 'cleo', 'dan']),
    sorted('sortOrder ascending sorts upwards.', { sortBy: 'userName', sortOrder: 'ascending' }, [
      'ada',
      'bob',
      'cleo',
      'dan',
    ]),
    sorted('sortOrder descending sorts downwards.', { sortBy: 'userName', sortOrder: 'descending' }, [
      'dan',
      'cleo',
      'bob',
      'ada',
    ]),
    sorted(
      'sortBy takes a text attribute.',
      { sortBy: 'displayName', sortOrder: 'descending' },
      ['dan', 'cleo', 'bob', 'ada'],
      'displayName',
    ),
    sorted('sortBy reads names in any case.', { sortBy: 'USERNAME' }, ['ada', 'bob', 'cleo', 'dan']),
    sorted('sortBy goes with count and startIndex.', { sortBy: 'userName', startIndex: 2, count: 2 }, ['bob', 'cleo']),
    must<People>(cite, 'sortBy takes a sub-attribute.', async (bench, given) => {
      need(bench.server, 'User', 'name.familyName');
      const { reply, names } = await order(bench, given, { sortBy: 'name.familyName' });
      demand(reply, names[0] === 'dan' && names[3] === 'bob', 'Brown first and Stone last');
    }),
    must<People>(cite, 'Upwards, who has no value comes last.', async (bench, given) => {
      need(bench.server, 'User', 'nickName');
      const { reply, names } = await order(bench, given, { sortBy: 'nickName' });
      demand(reply, names.join() === 'ada,bob,dan,cleo', 'cleo, who has no nickName, last');
    }),
    must<People>(cite, 'Downwards, who has no value comes first.', async (bench, given) => {
      need(bench.server, 'User', 'nickName');
      const { reply, names } = await order(bench, given, { sortBy: 'nickName', sortOrder: 'descending' });
      demand(reply, names.join() === 'cleo,dan,bob,ada', 'cleo, who has no nickName, first');
    }),
    must<People>(cite, 'A text whose case does not matter is sorted without case.', async (bench, given) => {
      need(bench.server, 'User', 'title');
      if (bench.server.attribute('User', 'title')?.caseExact) return;
      const { reply, names } = await order(bench, given, { sortBy: 'title' });
      demand(reply, names.slice(2).join() === 'bob,cleo', 'Analyst and ANALYST before Builder and Clerk');
    }),
    must<People>(cite, 'A multi-valued attribute is sorted by its primary or first value.', async (bench, given) => {
      need(bench.server, 'User', 'emails.value');
      const { reply, names } = await order(bench, given, { sortBy: 'emails' });
      demand(reply, names.join() === 'ada,bob,dan,cleo', 'ada, bob, dan, and cleo, who has none, last');
    }),
    must<People>(cite, 'Groups are sorted, too.', async (bench) => {
      const mark = bench.name().replaceAll('-', '');
      const made = [];
      for (const end of ['b', 'a', 'c']) made.push(await bench.group([], { displayName: `${mark} ${end}` }));
      const reply = await bench.query('Group', { filter: `displayName sw "${mark}"`, sortBy: 'displayName' });
      const names = listed(reply).map(({ displayName }) => String(displayName).at(-1));
      demand(reply, names.join() === 'a,b,c', 'a, b, c');
    }),
  ],
});
