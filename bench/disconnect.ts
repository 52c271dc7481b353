import { uuidOf, wireId } from '../src/domain/ids.ts';
import { askHub } from './ask-hub.ts';
import { machineLine } from './machine.ts';
import { reportWaits } from './report-waits.ts';
import { setStage } from './stage.ts';

/** What it costs to disconnect a directory of 20,000 people whom another one holds too, under other names, and goes on writing. */
const SHARED = 20_000;

const stage = await setStage(null);
const { company, client } = stage;
try {
  const people = company.people.slice(0, SHARED);
  const made = await askHub<{ made: { directory: { id: string } } }>(
    company,
    'mutation { made: createDirectory(input: { name: "HR", preset: ENTRA_STANDARD }) { directory { id } problems { code } } }',
  );
  const { id } = made.made.directory;
  const { token } = await askHub<{ token: { secret: string } }>(
    company,
    `mutation { token: createDirectoryToken(directory: "${id}") { secret problems { code } } }`,
  );
  await share(uuidOf('dir', id)!, people);
  process.stdout.write(`${await machineLine(client)}\n\n`);
  await reportWaits(`hand over ${SHARED} people`, { url: company.urls.hub, token: token.secret, people }, () =>
    askHub(
      company,
      `mutation { payload: disconnectDirectory(id: "${wireId('dir', company.directoryId)}", plan: DELETE) { problems { code message } } }`,
    ),
  );
} finally {
  await stage.close();
}

/** Lets another directory hold these people as well, under other names, and nobody else be there. */
async function share(directoryId: string, people: readonly string[]): Promise<void> {
  const { tenantId } = company;
  await client.query('delete from users where tenant_id = $1 and id <> all($2::uuid[])', [tenantId, people]);
  await client.query(
    `insert into user_sources select (jsonb_populate_record(s, jsonb_build_object('source_id', $2::uuid, 'directory_id', $2::uuid,
       'user_name', 'hr-' || s.user_name, 'user_name_key', 'hr-' || s.user_name_key, 'linked_at', now()))).*
     from user_sources s where s.tenant_id = $1`,
    [tenantId, directoryId],
  );
  await client.query('vacuum analyze');
}
