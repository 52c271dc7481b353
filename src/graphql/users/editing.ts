import type { Editing } from '../../domain/users/may-edit.ts';
import type { Person } from '../../domain/users/person.ts';
import { relationTo } from '../../domain/users/relation.ts';
import type { RequestContext } from '../request-context.ts';
import { loadReferred } from './load-users.ts';

const ID_ALONE: ReadonlySet<string> = new Set();

/** The caller as one who would edit that person; for a list of people, their managers are asked for at once. */
export async function editingOf(context: RequestContext, person: Person): Promise<Editing> {
  const { actor } = context;
  const find = async (text: string) => (await loadReferred(context, text, ID_ALONE))?.id ?? null;
  return { actor, relation: await relationTo(person, actor, find) };
}
