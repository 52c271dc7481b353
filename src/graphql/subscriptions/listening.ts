import type { GraphQLSchema } from 'graphql';
import { actAs } from '../../domain/acting.ts';
import type { Actor } from '../../domain/actor.ts';
import { HubError } from '../../domain/errors.ts';
import { personNamed, type Signed, type SignIn } from '../../http/sign-in.ts';
import type { StreamParts } from './open-stream.ts';
import { operator } from './operations.ts';
import { preparer } from './prepare.ts';
import { openSessions } from './sessions.ts';

export type ListeningParts = StreamParts & { schema: GraphQLSchema; signIn: SignIn };

/** What both protocols share, so that their bounds are bounds of the process. */
export type Listening = ReturnType<typeof openListening>;

/** Opens what WebSocket and Server-Sent Events serve subscriptions with. */
export function openListening({ schema, signIn, ...parts }: ListeningParts) {
  const prepare = preparer(schema);
  const whoIs = async (signed: Signed): Promise<Actor | null> => {
    const key = await signIn(signed);
    const named = personNamed(signed);
    if (!key || named === null) return key;
    return actAs(parts.readers.users, key, named).catch(nobodyIfRefused);
  };
  return { prepare, operate: operator({ ...parts, prepare }), sessions: openSessions(whoIs, parts.log) };
}

function nobodyIfRefused(error: unknown): null {
  if (error instanceof HubError) return null;
  throw error;
}
