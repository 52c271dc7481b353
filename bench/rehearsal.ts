import { loadavg } from 'node:os';
import { wireId } from '../src/domain/ids.ts';
import { machineLine } from './machine.ts';
import { setStage } from './stage.ts';

/** What a rehearsal costs a company of 100,000 people: to prepare it, to accept 5,000 changes of it. Exit code 1 above a limit. */
const MOST_PREPARE_S = 120;
const MOST_ACCEPT_S = 60;
const CHANGES = 5_000;
const AT_ONCE = 8;

const say = (text: string) => process.stdout.write(`${text}\n`);

say('Starting PostgreSQL, the hub and the floor; making 100,000 people …');
const stage = await setStage(null);
const { company, client } = stage;
try {
  say(`${await machineLine(client)}, load average ${loadavg()[0]!.toFixed(1)}\n`);
  const id = wireId('dir', company.directoryId);
  limit(
    'prepare',
    await timed(`mutation { payload: setRehearsal(directory: "${id}", on: true) { problems { message } } }`),
    MOST_PREPARE_S,
  );
  await new Promise((done) => setTimeout(done, 1_500));
  const begun = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < CHANGES) await change(next++);
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  say(`${'rehearsed changes'.padEnd(20)}${(CHANGES / seconds).toFixed(0).padStart(9)} a second`);
  limit(
    'accept 5,000',
    await timed(`mutation { payload: setRehearsal(directory: "${id}", on: false) { problems { message } } }`),
    MOST_ACCEPT_S,
  );
} finally {
  await stage.close();
}

function limit(what: string, seconds: number, most: number): void {
  say(
    `${what.padEnd(20)}${seconds.toFixed(2).padStart(9)} s   at most ${String(most).padStart(3)}  ${seconds > most ? 'ABOVE' : 'ok'}`,
  );
  if (seconds > most) process.exitCode = 1;
}

async function change(number: number): Promise<void> {
  const id = wireId('usr', company.people[(number * 7_919) % company.people.length]!);
  const Operations = [{ op: 'replace', path: 'title', value: `Rehearsed ${number}` }];
  const response = await fetch(`${company.urls.hub}/scim/v2/Users/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${company.token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ Operations }),
  });
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
}

async function timed(query: string): Promise<number> {
  const begun = performance.now();
  const response = await fetch(`${company.urls.hub}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${company.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: { payload: { problems: object[] } }; errors?: object[] };
  if (errors || data.payload.problems.length > 0) throw new Error(JSON.stringify(errors ?? data.payload.problems));
  return (performance.now() - begun) / 1_000;
}
