import type { TestDirectory } from './hub.ts';

/** An answer of the hub; `body` is parsed when there is one. */
export type Answer = { status: number; body: Record<string, never> & { [key: string]: unknown }; headers: Headers };

/** Speaks SCIM as one directory. */
export function scimClient({ scim, token }: TestDirectory) {
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${scim}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers };
  };
  const idOf = async (answer: Promise<Answer>): Promise<string> => String((await answer).body.id);
  return {
    send,
    get: (path: string) => send('GET', path),
    find: (endpoint: string, filter: string) => send('GET', `${endpoint}?filter=${encodeURIComponent(filter)}`),
    post: (path: string, body: unknown) => send('POST', path, body),
    put: (path: string, body: unknown) => send('PUT', path, body),
    patch: (path: string, ...Operations: unknown[]) => send('PATCH', path, { Operations }),
    delete: (path: string) => send('DELETE', path),
    /** Ids of new people with these names. */
    people: (...names: string[]) => Promise.all(names.map((userName) => idOf(send('POST', '/Users', { userName })))),
    group: (displayName: string, members: string[] = []) =>
      idOf(send('POST', '/Groups', { displayName, members: members.map((value) => ({ value })) })),
    members: async (group: string): Promise<string[]> => {
      const { body } = await send('GET', `/Groups/${group}`);
      return (body.members as unknown as { value: string }[]).map(({ value }) => value);
    },
  };
}
