import type { Editor } from '../../fields/rule.ts';
import type { Actor } from '../actor.ts';
import type { Person } from './person.ts';

/** Finds the stored id of the person whom a reference means; null: nobody is known by it. */
export type FindReferred = (reference: string) => Promise<string | null>;

/**
 * What the caller is to the person: ADMIN for a key on its own behalf, SELF, MANAGER for whom the person reports to
 * directly, null for anyone else. A person who is named as their own manager stays SELF.
 */
export async function relationTo(
  person: Person,
  { person: caller }: Actor,
  find: FindReferred,
): Promise<Editor | null> {
  if (!caller) return 'ADMIN';
  if (caller.id === person.id) return 'SELF';
  const { manager } = person.values;
  return typeof manager === 'string' && (await find(manager)) === caller.id ? 'MANAGER' : null;
}
