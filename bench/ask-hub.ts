import type { Company } from './company.ts';

/** Asks the hub as an admin; an error ends the bench. */
export async function askHub<Data>({ urls, adminKey }: Company, query: string): Promise<Data> {
  const answer = await fetch(`${urls.hub}/graphql`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await answer.json()) as { data: Data; errors?: object[] };
  const problems = Object.values(data ?? {}).flatMap((payload) => (payload as { problems?: object[] }).problems ?? []);
  if (errors || problems.length > 0) throw new Error(JSON.stringify(errors ?? problems));
  return data;
}
