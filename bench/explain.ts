import pg from 'pg';
import { connectionOptions } from '../src/storage/database.ts';
import { APP_ROLE } from '../src/storage/roles.ts';
import { type HotStatement, hotStatements } from './hot-statements.ts';
import { setStage } from './stage.ts';

/** Prints the plan of each hot statement as the hub gets it; fails where one reads a whole table that grows. */
const GROWING = /Seq Scan on (users|user_sources|group_members|events)\b/;
/** From the sixth run on, PostgreSQL may settle for one plan for all values. */
const RUNS_BEFORE = 6;

const stage = await setStage(null);
const client = new pg.Client({ connectionString: stage.databaseUrl, options: connectionOptions(APP_ROLE) });
try {
  await client.connect();
  await client.query(`select set_config('app.tenant', $1, false)`, [stage.company.tenantId]);
  for (const statement of await hotStatements(stage.company)) {
    const plan = await explain(statement);
    process.stdout.write(`\n── ${statement.name}\n${plan}\n`);
    if (!GROWING.test(plan)) continue;
    process.stdout.write('FAILED: this reads a whole table.\n');
    process.exitCode = 1;
  }
} finally {
  await client.end();
  await stage.close();
}

/** The plan and its cost; what the statement writes is rolled back. */
async function explain({ text, values }: HotStatement): Promise<string> {
  const list = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
  await client.query(`prepare hot as ${text}`);
  await client.query('begin');
  for (let run = 0; run < RUNS_BEFORE; run++) {
    await client.query(`savepoint before`);
    await client.query(`execute hot${list}`);
    await client.query(`rollback to savepoint before`);
  }
  const { rows } = await client.query(`explain (analyze, buffers) execute hot${list}`);
  await client.query('rollback');
  await client.query('deallocate hot');
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

function literal(value: unknown): string {
  return pg.escapeLiteral(Array.isArray(value) ? `{${value.join(',')}}` : String(value));
}
