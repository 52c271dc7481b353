import { join } from 'node:path';
import pg from 'pg';
import { wireId } from '../src/domain/ids.ts';
import { DEFAULT_TENANT } from '../src/domain/tenant.ts';
import type { Company } from './company.ts';
import { type DiskCluster, startDiskCluster } from './disk-cluster.ts';
import { freePort } from './free-port.ts';
import { openDirectory, secrets } from './open-directory.ts';
import { keyOfNumber, userNameOf } from './person.ts';
import { scim } from './scim-client.ts';
import { seedGroups } from './seed-groups.ts';
import { seedPeople } from './seed-people.ts';
import { type Service, startService } from './service.ts';

/** Both servers on one seeded database, and the superuser's connection to it. */
export type Stage = { company: Company; databaseUrl: string; client: pg.Client; close(): Promise<void> };

const PEOPLE = 100_000;

/** Starts PostgreSQL, the hub and the floor, and makes the company. With `profile`, both write a CPU profile there. */
export async function setStage(profile: string | null): Promise<Stage> {
  const open: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of open.reverse()) await end();
  };
  try {
    const cluster = await startDiskCluster();
    open.push(cluster.remove);
    const directory = await openDirectory(cluster);
    const hub = await startHub(cluster, profile);
    open.push(hub.stop);
    const floor = await startFloor(cluster, directory.directoryId, profile);
    open.push(floor.stop);
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    open.push(() => client.end());
    const company = await makeCompany(client, { hub: hub.url, floor: floor.url }, directory);
    return { company, databaseUrl: cluster.url, client, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const profiling = (folder: string | null, name: string): string[] =>
  folder ? ['--cpu-prof', `--cpu-prof-dir=${join(folder, name)}`] : [];

async function startHub({ url, folder }: DiskCluster, profile: string | null): Promise<Service> {
  return startService(
    [...profiling(profile, 'hub'), '--max-semi-space-size=64', 'dist/main.js'],
    await freePort(),
    '/readyz',
    {
      HOST: '127.0.0.1',
      DATABASE_URL: url,
      ROLLCALL_ADMIN_KEY: secrets.adminKey,
      ROLLCALL_SECRET: secrets.secret,
      ROLLCALL_DATA_DIR: join(folder, 'hub'),
      // The cost is counted and drawn as anywhere, from a bucket that no load empties.
      ROLLCALL_POINTS_PER_SECOND: '1000000000',
    },
  );
}

async function startFloor({ url }: DiskCluster, directoryId: string, profile: string | null): Promise<Service> {
  const env = { DATABASE_URL: url, TENANT: DEFAULT_TENANT, DIRECTORY: directoryId };
  return startService([...profiling(profile, 'floor'), 'bench/floor.ts'], await freePort(), '/ready', env);
}

async function makeCompany(
  client: pg.Client,
  urls: Company['urls'],
  { directoryId, token }: { directoryId: string; token: string },
): Promise<Company> {
  const target = { url: urls.hub, token, tenantId: DEFAULT_TENANT };
  // Rows are copied whole, and whom they refer to is there.
  await client.query('set session_replication_role = replica');
  const people = await seedPeople(client, target, PEOPLE);
  const groups = await seedGroups(client, target, PEOPLE);
  await client.query('reset session_replication_role');
  await client.query('vacuum analyze');
  for (const number of [0, 777, PEOPLE - 1]) await demandReadable(target, people[number]!, number);
  return { urls, tenantId: DEFAULT_TENANT, directoryId, token, adminKey: secrets.adminKey, people, groups };
}

/** The hub reads a copied person as one that it made. */
async function demandReadable({ url, token }: { url: string; token: string }, id: string, number: number) {
  const person = await scim<{ userName: string }>(url, token, `/Users/${wireId('usr', id)}`);
  const expected = userNameOf(keyOfNumber(number));
  if (person.userName !== expected) throw new Error(`The seed made ${person.userName} where ${expected} should be.`);
}
