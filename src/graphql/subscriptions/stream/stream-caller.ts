import type { IncomingMessage } from 'node:http';
import type { Actor } from '../../../domain/actor.ts';
import { HubError } from '../../../domain/errors.ts';
import { personNamed } from '../../../http/sign-in.ts';
import { type Answer, refusal } from '../../answer.ts';
import { bearer, callFor, type GraphqlParts } from '../../room.ts';

type Parts = Pick<GraphqlParts, 'hub' | 'readers' | 'signIn'>;

/** Who asks for a stream, or why they are refused: signed in as for queries. */
export async function streamCaller(parts: Parts, request: IncomingMessage, requestId: string): Promise<Actor | Answer> {
  const actor = await parts.signIn(request);
  // A directory's token opens SCIM and nothing else.
  if (!actor || actor.kind === 'directory') return refusal(401, 'UNAUTHENTICATED', 'Sign in with an API key.', bearer);
  const named = personNamed(request);
  if (named === null) return actor;
  const call = await callFor(parts, actor, requestId, named, `${request.method} /graphql/stream`);
  return call instanceof HubError ? refusal(403, call.code, call.message) : call.actor;
}

/** Whether both are the same key, on behalf of the same person or of none. */
export const isSameCaller = (one: Actor, other: Actor): boolean =>
  one.tenantId === other.tenantId && one.id === other.id && one.person?.id === other.person?.id;
