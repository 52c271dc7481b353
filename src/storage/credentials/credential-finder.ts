import type { CredentialFinder, FoundCredential } from '../../domain/credentials/credential-finder.ts';
import type { RehearsalPhase } from '../../domain/rehearsal/rehearsal.ts';
import { type Database, NO_TENANT, type Statement } from '../database.ts';
import { credentialColumns } from './credential-store.ts';

const name: Statement = { name: 'name-credential', text: `select set_config('app.key_id', $1, true)` };

const find: Statement = {
  name: 'find-credential-by-key',
  text: `select tenant_id as "tenantId", now() as now, ${credentialColumns} from credentials where key_id = $1`,
};

const state: Statement = {
  name: 'directory-state',
  text: `
select d.state, r.shadow_id as "shadowId", r.phase from directories d
left join rehearsals r on r.tenant_id = $1 and r.directory_id = d.id where d.tenant_id = $1 and d.id = $2`,
};

const touch: Statement = {
  name: 'touch-credential',
  text: `
update credentials set last_used_at = now()
where tenant_id = $1 and id = $2 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
};

type DirectoryRow = { state: string; shadowId: string; phase: RehearsalPhase | null };

/** The wall lets exactly the named row through; the name ends with the transaction. */
export const credentialFinder = (database: Database): CredentialFinder => ({
  async find(keyId) {
    const found = await database.transaction(NO_TENANT, async (session) => {
      await session.run(name, [keyId]);
      return (await session.run<FoundCredential>(find, [keyId]))[0];
    });
    if (!found) return null;
    const { tenantId, directoryId } = found;
    if (!directoryId) return { ...found, directoryState: null, rehearsal: null };
    const [directory] = await database.session(tenantId, (session) =>
      session.run<DirectoryRow>(state, [tenantId, directoryId]),
    );
    if (!directory) return { ...found, directoryState: null, rehearsal: null };
    const { state: directoryState, shadowId, phase } = directory;
    return { ...found, directoryState, rehearsal: phase && { shadowId, phase } };
  },
  touch: (tenantId, id) =>
    database.session(tenantId, async (session) => void (await session.run(touch, [tenantId, id]))),
});
