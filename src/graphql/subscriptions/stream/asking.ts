import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '../../../domain/actor.ts';
import { type Answer, refusal } from '../../answer.ts';

/** A request whose caller has signed in. */
export type Asking = { request: IncomingMessage; response: ServerResponse; actor: Actor; requestId: string };

/** Whether the request wants to be answered by events. */
export const takesEvents = ({ headers: { accept = '' } }: IncomingMessage): boolean =>
  accept.split(',').some((type) => type.split(';')[0]!.trim().toLowerCase() === 'text/event-stream');

/** The token of a reservation, in the header or in the address. */
export function tokenOf({ headers, url }: IncomingMessage): string | null {
  const header = headers['x-graphql-event-stream-token'];
  return typeof header === 'string' ? header : parameter(url, 'token');
}

/** A parameter of the query of that address. */
export const parameter = (url: string | undefined, name: string): string | null =>
  new URLSearchParams(url?.split('?')[1]).get(name);

/** An answer in plain text, as the protocol has it. */
export const plainly = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  text,
});

/** A request that does not say what the protocol wants. */
export const malformed = (message: string): Answer => refusal(400, 'BAD_REQUEST', message);
