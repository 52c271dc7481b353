import type { Person } from '../../domain/users/person.ts';
import type { LinkRow, UserRow } from '../../domain/users/user-reader.ts';
import { inOrder } from '../page/many.ts';
import type { RequestContext } from '../request-context.ts';
import { type Columns, columnsFor } from './columns.ts';

/** The person of that stored id with what the selection needs; null for one whom the caller may not see. */
export function loadUser(context: RequestContext, id: string, selected: ReadonlySet<string>): Promise<UserRow | null> {
  const columns = columnsFor(selected, context);
  return usersById(context, columns).load(id);
}

const usersById = (context: RequestContext, { list, name }: Columns) =>
  context.loader<string, UserRow | null>(`user ${name}`, async (ids) =>
    inOrder(ids, await context.reads.users.byIds(ids, list, context.sight), (row) => row.id),
  );

/** The person whom a stored reference means. */
export function loadReferred(context: RequestContext, text: string, selected: ReadonlySet<string>) {
  const { list, name } = columnsFor(selected, context);
  return context
    .loader<string, UserRow | null>(`referred ${name}`, (texts) =>
      context.reads.users.referred(texts, list, context.sightByName),
    )
    .load(text);
}

/** Live ties of that person to directories. */
export const loadLinks = (context: RequestContext, id: string): Promise<LinkRow[]> =>
  context
    .loader<string, LinkRow[]>('links', async (ids) => {
      const byUser = new Map(ids.map((id) => [id, [] as LinkRow[]]));
      for (const link of await context.reads.users.links(ids)) byUser.get(link.userId)!.push(link);
      return [...byUser.values()];
    })
    .load(id);

/** The person with everything that any source says of them. */
export const loadPerson = (context: RequestContext, id: string): Promise<Person | null> =>
  context
    .loader<string, Person | null>('person', async (ids) =>
      inOrder(ids, await context.reads.users.people(ids, context.sight), (person) => person.id),
    )
    .load(id);
