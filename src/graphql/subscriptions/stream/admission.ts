import type { Actor } from '../../../domain/actor.ts';
import type { Log } from '../../../http/last-resort.ts';
import type { Signed } from '../../../http/sign-in.ts';
import { type Answer, refusal } from '../../answer.ts';
import type { Listening } from '../listening.ts';
import type { Asked } from '../prepare.ts';
import { type Connection, type Mode, openConnection } from './connection.ts';

/** Who holds connections, and how many. */
export type Admission = ReturnType<typeof openAdmission>;

const MOST_CONNECTIONS = 1_000;
const later = { 'retry-after': '5' };

/** Takes connections in, within the bounds of the key and of the process. */
export function openAdmission({ operate, sessions }: Listening, log: Log) {
  const connections = new Set<Connection>();
  let isOver = false;
  return {
    connections: connections as ReadonlySet<Connection>,
    admit(mode: Mode, actor: Actor, { headersDistinct }: Signed): Connection | Answer {
      if (isOver || connections.size >= MOST_CONNECTIONS) return refusal(503, 'UNAVAILABLE', 'Try again later.', later);
      const connection = openConnection(operate, mode);
      const session = { actor, signed: { headersDistinct }, end: connection.endAccess };
      if (!sessions.admit(session)) {
        return refusal(429, 'TOO_MANY_CONNECTIONS', 'This key holds too many connections.', later);
      }
      connection.holder.session = session;
      connections.add(connection);
      void connection.gone.then(() => {
        connections.delete(connection);
        sessions.leave(session);
      });
      return connection;
    },
    begin(connection: Connection, id: string, asked: Asked, requestId: string): void {
      connection.begin(id, asked, requestId).catch((error) => {
        log(`bug subscriptions ${requestId} ${error.stack}`);
        connection.cut();
      });
    },
    close(): void {
      isOver = true;
    },
  };
}
