import type { FederationFinder, FoundFederation } from '../../domain/credentials/federation-finder.ts';
import type { Federation } from '../../domain/credentials/federation-store.ts';
import { type Database, NO_TENANT, type Statement } from '../database.ts';
import { federationColumns } from './federation-store.ts';

const name: Statement = { name: 'name-trust', text: `select set_config('app.trust', $1, true)` };

const ofDirectory: Statement = {
  name: 'federation-of-directory',
  text: `select tenant_id as "ownerId", ${federationColumns} from directory_federations where directory_id = $1::uuid`,
};

const ofTrust: Statement = {
  name: 'federation-of-trust',
  text: `select tenant_id as "ownerId", ${federationColumns} from directory_federations where trust_key = $1 limit 2`,
};

const directory: Statement = {
  name: 'directory-of-federation',
  text: 'select name as "directoryName", state as "directoryState" from directories where tenant_id = $1 and id = $2',
};

type Owned = Federation & { ownerId: string };

/** The wall lets exactly the named trust through; the name ends with the transaction. */
export const federationFinder = (database: Database): FederationFinder => {
  const find = async (statement: Statement, wanted: string): Promise<FoundFederation | null> => {
    const [found, another] = await database.transaction(NO_TENANT, async (session) => {
      await session.run(name, [wanted]);
      return session.run<Owned>(statement, [wanted]);
    });
    if (!found || another) return null;
    const [owner] = await database.session(found.ownerId, (session) =>
      session.run<Pick<FoundFederation, 'directoryName' | 'directoryState'>>(directory, [
        found.ownerId,
        found.directoryId,
      ]),
    );
    return owner ? { ...found, ...owner } : null;
  };
  return {
    ofDirectory: (directoryId) => find(ofDirectory, directoryId),
    ofTrust: (trustKey) => find(ofTrust, trustKey),
  };
};
