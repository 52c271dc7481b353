import { randomUUID } from 'node:crypto';
import { filterQuery } from './filter-query.ts';
import { ask, type Session } from './session.ts';

/** Asks for a user, and for a group, that cannot exist; Entra opens every cycle like this (entra.md A1, A2, A3). */
export async function probe(session: Session, withGroups: boolean): Promise<void> {
  const paths = [`/Users?${filterQuery(session.matchOn[0]!, randomUUID())}`];
  if (withGroups) paths.push(`/Groups?excludedAttributes=members&${filterQuery('displayName', randomUUID())}`);
  for (const path of paths) {
    session.tally.count('probes');
    await ask(session, { method: 'GET', path, expected: 'probe' });
  }
}
