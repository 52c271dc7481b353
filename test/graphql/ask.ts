import type { Hub } from '../support/hub.ts';

/** What the room answered. */
export type Answered = {
  status: number;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  data: any;
  errors: { message: string; path?: string[]; extensions: { code: string; argument?: string[] } }[] | undefined;
};

export type Ask = (query: string, variables?: object) => Promise<Answered>;

/** Asks the hub's GraphQL with that key, on behalf of that person if one is given. */
export const askAs =
  (hub: Pick<Hub, 'url'>, key: string, person?: string): Ask =>
  async (query, variables) => {
    const headers: Record<string, string> = person === undefined ? {} : { 'x-rollcall-act-as': person };
    const response = await post(hub, key, JSON.stringify({ query, variables }), headers);
    const text = await response.text();
    const { data, errors } = JSON.parse(text);
    return { status: response.status, text, data, errors };
  };

/** The body of an answer, of whatever shape. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
export const bodyOf = async (response: Response): Promise<any> => response.json();

/** Posts a body as it is. */
export const post = (hub: Pick<Hub, 'url'>, key: string | null, body: string, headers: Record<string, string> = {}) =>
  fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    body,
  });
