import type { Made } from '../bench.ts';
import { type Check, must, section, should } from '../check.ts';
import { demand, demandStatus, demandUnassigned, demandValue, listed } from '../demand.ts';
import type { Resource } from '../json.ts';
import type { Reply } from '../line.ts';
import { need } from '../server.ts';
import { ENTERPRISE, USER } from '../urns.ts';
import { adaFor, WORK } from './patch-case.ts';

/** A query for one person and what is shown of them then. */
interface Case {
  title: string;
  cite?: string;
  query: string;
  needs: string[];
  shown: string[];
  hidden: string[];
}

const DEPARTMENT = `${ENTERPRISE}:department`;

const cases: Case[] = [
  {
    title: 'attributes shows what it names and nothing else.',
    query: 'attributes=nickName',
    needs: ['nickName', 'title'],
    shown: ['nickName'],
    hidden: ['title', 'userName'],
  },
  {
    title: 'attributes takes several names.',
    query: 'attributes=nickName,title',
    needs: ['nickName', 'title', 'displayName'],
    shown: ['nickName', 'title'],
    hidden: ['displayName'],
  },
  {
    title: 'attributes takes a sub-attribute.',
    query: 'attributes=name.givenName',
    needs: ['name.givenName', 'name.familyName'],
    shown: ['name.givenName'],
    hidden: ['name.familyName', 'userName'],
  },
  {
    title: 'attributes takes a sub-attribute of a list.',
    query: 'attributes=emails.value',
    needs: ['emails.type'],
    shown: ['emails.value'],
    hidden: ['emails.type', 'userName'],
  },
  {
    title: 'attributes takes an extension attribute by its URN.',
    query: `attributes=${DEPARTMENT}`,
    needs: [DEPARTMENT],
    shown: [DEPARTMENT],
    hidden: [`${ENTERPRISE}:employeeNumber`, 'userName'],
  },
  {
    title: 'attributes takes a core attribute by its URN.',
    query: `attributes=${USER}:nickName`,
    needs: ['nickName'],
    shown: ['nickName'],
    hidden: ['userName'],
  },
  {
    title: 'attributes reads names in any case.',
    query: 'attributes=NICKNAME',
    needs: ['nickName'],
    shown: ['nickName'],
    hidden: ['userName'],
  },
  {
    title: 'attributes with a name that there is not shows only what is always shown.',
    query: 'attributes=noSuchThing',
    needs: [],
    shown: ['id'],
    hidden: ['userName'],
  },
  {
    title: 'excludedAttributes leaves out what it names and nothing else.',
    query: 'excludedAttributes=nickName',
    needs: ['nickName', 'title'],
    shown: ['userName', 'title'],
    hidden: ['nickName'],
  },
  {
    title: 'excludedAttributes takes several names.',
    query: 'excludedAttributes=nickName,title',
    needs: ['nickName', 'title'],
    shown: ['userName'],
    hidden: ['nickName', 'title'],
  },
  {
    title: 'excludedAttributes takes a sub-attribute.',
    query: 'excludedAttributes=name.familyName',
    needs: ['name.givenName', 'name.familyName'],
    shown: ['name.givenName'],
    hidden: ['name.familyName'],
  },
  {
    title: 'excludedAttributes takes an extension attribute by its URN.',
    query: `excludedAttributes=${DEPARTMENT}`,
    needs: [DEPARTMENT],
    shown: [`${ENTERPRISE}:employeeNumber`],
    hidden: [DEPARTMENT],
  },
  {
    title: 'excludedAttributes cannot leave out id.',
    query: 'excludedAttributes=id',
    needs: [],
    shown: ['id'],
    hidden: [],
  },
];

function demandShown(reply: Reply, { shown, hidden }: Case, resource: Resource): void {
  demand(reply, typeof resource.id === 'string', 'id, which is always shown');
  for (const path of shown) demandValueThere(reply, path, resource);
  for (const path of hidden) demandUnassigned(reply, path, resource);
}

function demandValueThere(reply: Reply, path: string, resource: Resource): void {
  let there = true;
  try {
    demandUnassigned(reply, path, resource);
    there = false;
  } catch {}
  demand(reply, there, `${path} to be shown`);
}

const cite = 'RFC 7644 §3.9';

/** What of a resource is shown (RFC 7644 §3.9, §3.4.2.5). */
export const projection = section<Made>({
  title: 'attributes and excludedAttributes',
  given: (bench) => bench.user(adaFor(bench.server)),
  checks: (): Check<Made>[] => [
    ...cases.map((one) =>
      must<Made>(cite, one.title, async (bench, { path }) => {
        need(bench.server, 'User', ...one.needs);
        const reply = demandStatus(await bench.get(`${path}?${one.query}`), 200);
        demandShown(reply, one, reply.body);
      }),
    ),
    ...cases
      .slice(0, 1)
      .concat(cases.slice(8, 9))
      .map((one) =>
        must<Made>('RFC 7644 §3.4.2.5', `In a list, ${one.title}`, async (bench, { body }) => {
          need(bench.server, 'User', ...one.needs);
          const filter = encodeURIComponent(`userName eq "${body.userName}"`);
          const reply = await bench.get(`/Users?filter=${filter}&${one.query}`);
          const [found] = listed(reply);
          demand(reply, found !== undefined, 'the user');
          demandShown(reply, one, found!);
        }),
      ),
    must<Made>(cite, 'attributes in a POST shows only those of the new resource.', async (bench) => {
      need(bench.server, 'User', 'nickName', 'title');
      const reply = demandStatus(
        await bench.post('/Users?attributes=nickName', bench.userBody(adaFor(bench.server))),
        201,
      );
      demandShown(reply, cases[0]!, reply.body);
    }),
    must<Made>(cite, 'excludedAttributes in a PUT leaves those out of the answer.', async (bench) => {
      need(bench.server, 'User', 'nickName', 'title');
      const { path, body } = await bench.user(adaFor(bench.server));
      const sent = bench.userBody({ ...adaFor(bench.server), userName: body.userName });
      const reply = demandStatus(await bench.put(`${path}?excludedAttributes=nickName`, sent), 200);
      demandShown(reply, cases[8]!, reply.body);
      demandValue(await bench.get(path), 'nickName', 'Countess');
    }),
    should<Made>(cite, 'attributes and excludedAttributes together are refused with 400.', async (bench, { path }) => {
      demandStatus(await bench.get(`${path}?attributes=nickName&excludedAttributes=title`), 400);
    }),
    must<Made>(cite, 'A filter may name what is not shown.', async (bench, { id }) => {
      need(bench.server, 'User', 'emails.value', 'nickName');
      const filter = encodeURIComponent(`emails.value eq "${WORK}" and id eq "${id}"`);
      const reply = await bench.get(`/Users?attributes=nickName&filter=${filter}`);
      demandValue(reply, 'Resources', [{ id, nickName: 'Countess' }]);
    }),
    must<Made>(cite, 'excludedAttributes=members shows a group without its members.', async (bench, made) => {
      const { path, id } = await bench.group([made]);
      const reply = demandStatus(await bench.get(`${path}?excludedAttributes=members`), 200);
      demandValue(reply, 'id', id);
      demandUnassigned(reply, 'members');
    }),
  ],
});
