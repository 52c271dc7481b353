import pg from 'pg';
import { openDatabase } from '../src/storage/open.ts';
import { startDiskCluster } from './disk-cluster.ts';
import { median } from './measure.ts';

/**
 * What it costs writers to be listened to: commits of one event each from 16 connections, with nobody listening, with a
 * look every 200 ms as the hub does it, and with a NOTIFY in each transaction; first with commits that wait for the disk,
 * as the hub's do, then with commits that do not.
 */
const WRITERS = 16;
const ROUNDS = 5;
const ROUND_MS = 2_000;
const TENANT = '00000000-0000-7000-8000-000000000001';

const insert = `
insert into events (tenant_id, at, name, actor, subject_kind, subject_id, changes)
values ('${TENANT}', now(), 'user.updated', 'key', 'usr', gen_random_uuid(), '[]')`;
const ways = ['nobody listens', 'a look every 200 ms', 'NOTIFY'] as const;
type Way = (typeof ways)[number];

const cluster = await startDiskCluster();
const clients: pg.Client[] = [];
const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  clients.push(client);
  return client;
};
try {
  const { database } = await openDatabase(cluster.url);
  await database.close();
  const setup = await connect();
  await setup.query(`insert into tenants (id, name) values ('${TENANT}', 'Bench') on conflict do nothing`);
  const writers = await Promise.all(Array.from({ length: WRITERS }, connect));
  const listener = await connect();
  for (const durable of ['on', 'off']) {
    for (const writer of writers) await writer.query(`set synchronous_commit = ${durable}`);
    const taken = new Map<Way, number[]>(ways.map((way) => [way, []]));
    for (let round = -1; round < ROUNDS; round++) {
      for (const way of ways) {
        const rate = await measure(way, writers, listener);
        if (round >= 0) taken.get(way)!.push(rate);
      }
    }
    const base = median(taken.get('nobody listens')!);
    process.stdout.write(`synchronous_commit ${durable}\n`);
    for (const [way, rates] of taken) {
      const rate = median(rates);
      process.stdout.write(
        `  ${way.padEnd(24)}${rate.toFixed(0).padStart(8)} commits/s${(rate / base).toFixed(2).padStart(8)}\n`,
      );
    }
  }
} finally {
  await Promise.all(clients.map((client) => client.end()));
  await cluster.remove();
}

/** How many commits a second come through in that way. */
async function measure(way: Way, writers: pg.Client[], listener: pg.Client): Promise<number> {
  await listener.query(way === 'NOTIFY' ? 'listen events' : 'unlisten events');
  const text = way === 'NOTIFY' ? `begin; ${insert}; notify events; commit` : `begin; ${insert}; commit`;
  let isOver = false;
  let commits = 0;
  const looking = way === 'a look every 200 ms' ? look(listener, () => isOver) : null;
  const start = performance.now();
  const writing = writers.map(async (writer) => {
    for (; !isOver; commits++) await writer.query(text);
  });
  await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  isOver = true;
  await Promise.all([...writing, looking]);
  return commits / ((performance.now() - start) / 1_000);
}

async function look(client: pg.Client, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await client.query('select pg_snapshot_xmin(pg_current_snapshot())::text');
    await client.query(`
select xact, seq from events where tenant_id = '${TENANT}' and xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
order by xact desc, seq desc limit 1`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
