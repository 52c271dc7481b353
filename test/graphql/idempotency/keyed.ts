import type { Hub } from '../../support/hub.ts';
import { post } from '../ask.ts';

/** A mutation that makes one person. */
export const CREATE = `mutation ($name: String!) {
  createUser(input: { userName: $name }) { user { id userName } problems { code message path } } }`;

/** An answer under a key. */
export type Keyed = {
  status: number;
  text: string;
  replayed: string | null;
  headers: Headers;
  code: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  data: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  errors: any[] | undefined;
};

/** Asks under that Idempotency-Key. */
export async function askKeyed(
  hub: Pick<Hub, 'url'>,
  apiKey: string,
  key: string,
  query: string,
  variables: object = {},
  more: Record<string, string> = {},
): Promise<Keyed> {
  const headers = { 'idempotency-key': key, ...more };
  const response = await post(hub, apiKey, JSON.stringify({ query, variables }), headers);
  const text = await response.text();
  const { data, errors } = JSON.parse(text);
  const replayed = response.headers.get('idempotency-replayed');
  const code = errors?.[0]?.extensions?.code;
  return { status: response.status, text, replayed, headers: response.headers, code, data, errors };
}
