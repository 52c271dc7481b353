import { randomBytes } from 'node:crypto';
import type { Actor } from '../../../domain/actor.ts';
import type { Connection } from './connection.ts';
import { isSameCaller } from './stream-caller.ts';

/** How long a reservation waits for its connection, in ms. */
const WAITS_MS = 15_000;

/** Connections of this process by their tokens, which are of use to those who were given them and to nobody else. */
export function openReservations(waitsMs = WAITS_MS) {
  const reserved = new Map<string, Connection>();
  return {
    /** The token of that connection, which ends unless it is opened in time. */
    keep(connection: Connection): string {
      const token = randomBytes(24).toString('base64url');
      reserved.set(token, connection);
      void connection.gone.then(() => reserved.delete(token));
      setTimeout(() => connection.isOpen() || connection.end(), waitsMs).unref();
      return token;
    },
    find(token: string, caller: Actor): Connection | null {
      const connection = reserved.get(token);
      const holder = connection?.holder.session?.actor;
      return connection && holder && isSameCaller(holder, caller) ? connection : null;
    },
  };
}
