import pg from 'pg';
import { HubError } from '../domain/errors.ts';

/** What each uniqueness constraint means to a caller: the attribute, and the sentence. */
const duplicates: Record<string, { attribute: string; message: string }> = {
  users_pkey: { attribute: 'id', message: 'id is taken by a person who was here before.' },
  users_user_name_unique: { attribute: 'userName', message: 'userName is taken by another person.' },
  user_sources_user_name_unique: { attribute: 'userName', message: 'userName is taken by another person.' },
  user_sources_external_id_unique: { attribute: 'externalId', message: 'externalId is taken by another person.' },
  expected_links_pkey: { attribute: 'externalId', message: 'externalId is expected to be another person already.' },
  roles_key_unique: { attribute: 'key', message: 'key is taken by another role.' },
  directory_groups_display_name_unique: { attribute: 'displayName', message: 'displayName is taken by another group.' },
  directory_groups_external_id_unique: { attribute: 'externalId', message: 'externalId is taken by another group.' },
};

const UNIQUE_VIOLATION = '23505';

/** Runs a write and says NOT_UNIQUE where the database found a duplicate. */
export async function refusingDuplicates<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== UNIQUE_VIOLATION) throw error;
    const known = duplicates[error.constraint ?? ''];
    if (!known) throw error;
    throw new HubError('NOT_UNIQUE', known.message, { path: [known.attribute] });
  }
}
