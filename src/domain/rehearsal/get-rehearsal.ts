import type { Context } from '../command.ts';
import type { Directory } from '../directories/directory-store.ts';
import { HubError } from '../errors.ts';
import type { Rehearsal } from './rehearsal.ts';

/** The rehearsal of that directory, kept from others; NOT_ALLOWED when there is none. */
export async function getRehearsal({ tx }: Context, directory: Directory): Promise<Rehearsal> {
  const rehearsal = await tx.rehearsals.lock(directory.id);
  if (!rehearsal) throw refused(`${directory.name} is not in rehearsal.`);
  return rehearsal;
}

/** The refusal of what cannot be done to that directory now. */
export const refused = (message: string) => new HubError('NOT_ALLOWED', message, { path: ['directory'] });
