import { parseFilter } from '../src/scim/filter/parse.ts';
import { pageQuestion } from '../src/storage/records/page-statement.ts';
import { askHub } from './ask-hub.ts';
import { machineLine } from './machine.ts';
import { median } from './measure.ts';
import { reportWaits } from './report-waits.ts';
import { setStage } from './stage.ts';

/** What it costs to map an attribute that 100,000 records hold already, and then to look for one of its values. */
const LOOKS = 15;

const stage = await setStage(null);
const { company, client } = stage;
const { urls, token, tenantId, people } = company;
try {
  await client.query(
    `update user_sources set resource = resource || jsonb_build_object('badge', 'B-' || (resource ->> 'externalId')) where tenant_id = $1`,
    [tenantId],
  );
  await client.query('vacuum analyze');
  process.stdout.write(`${await machineLine(client)}\n\n`);
  await reportWaits(`fill a field of ${people.length} people`, { url: urls.hub, token, people }, () =>
    askHub(
      company,
      'mutation { payload: createField(input: { key: "badge", label: "Badge", type: STRING, scimPath: "badge" }) { problems { code message } } }',
    ),
  );
  const { rows } = await client.query('select count(*)::int as filled from custom_values');
  process.stdout.write(`${rows[0].filled} values in the index\n`);
  await client.query('vacuum analyze');
  process.stdout.write(`${await planOf('nickName eq "B-object-077777"')}\n`);
  await look('SCIM: badge eq', lookByScim('badge eq "B-object-077777"'));
  await look('SCIM: userName eq', lookByScim('userName eq "person.077777@bench.example"'));
  await look('GraphQL: badge eq', async () => {
    const { users } = await askHub<{ users: { nodes: object[] } }>(
      company,
      '{ users(where: { field: { key: "badge", value: { eq: "B-object-077777" } } }) { nodes { id } } }',
    );
    return users.nodes.length;
  });
} finally {
  await stage.close();
}

/** How the records are read for a filter by an attribute without a column, of which a mapped field is one. */
async function planOf(filter: string): Promise<string> {
  const { text, values } = pageQuestion([tenantId, company.directoryId], {
    where: { User: parseFilter('User', filter) },
    sort: null,
    start: { offset: 0 },
    limit: 100,
    counted: true,
    withGroups: false,
  });
  const { rows } = await client.query(`explain (analyze, costs off, buffers off) ${text}`, values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

function lookByScim(filter: string): () => Promise<number> {
  return async () => {
    const answer = await fetch(`${urls.hub}/scim/v2/Users?filter=${encodeURIComponent(filter)}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    return ((await answer.json()) as { totalResults: number }).totalResults;
  };
}

async function look(what: string, find: () => Promise<number>): Promise<void> {
  const taken: number[] = [];
  for (let round = 0; round < LOOKS; round++) {
    const start = performance.now();
    const found = await find();
    if (found !== 1) throw new Error(`${what}: found ${found}`);
    taken.push(performance.now() - start);
  }
  process.stdout.write(`${what.padEnd(34)}${median(taken).toFixed(2).padStart(9)} ms\n`);
}
