import { ACT_AS } from '../../domain/acting.ts';
import type { Actor } from '../../domain/actor.ts';
import { isUnavailable, type Log } from '../../http/last-resort.ts';
import type { Signed } from '../../http/sign-in.ts';

/** A connection whose client has signed in. */
export type Session = {
  actor: Actor;
  /** The headers that it signed in with. */
  readonly signed: Signed;
  /** Called when they open nothing any more. */
  end(reason: string): void;
};

/** Connections of either protocol that one key may hold at a time on one process. */
export const MOST_OF_A_KEY = 100;
/** With the time that sign-in believes a key, a revoked one loses its connections within two seconds. */
const AGAIN_MS = 1_000;

/** Knows all sessions, and asks every second whether those who signed in may still be here. */
export function openSessions(whoIs: (signed: Signed) => Promise<Actor | null>, log: Log) {
  const sessions = new Set<Session>();
  let timer: NodeJS.Timeout | null = null;

  const again = async (): Promise<void> => {
    for (const own of Map.groupBy(sessions, nameOf).values()) {
      const actor = await whoIs(own[0]!.signed);
      for (const session of own) {
        if (actor) session.actor = actor;
        else session.end('The key is not valid any more.');
      }
    }
  };
  const arm = (): void => {
    if (timer || sessions.size === 0) return;
    timer = setTimeout(() => {
      again()
        .catch((error) => isUnavailable(error) || log(`bug subscriptions ${error.stack}`))
        .finally(() => {
          timer = null;
          arm();
        });
    }, AGAIN_MS).unref();
  };
  const heldBy = ({ id, tenantId }: Actor): number => {
    let count = 0;
    for (const { actor } of sessions) if (actor.id === id && actor.tenantId === tenantId) count++;
    return count;
  };
  return {
    /** False, and not taken in, when the key holds too many. */
    admit(session: Session): boolean {
      if (heldBy(session.actor) >= MOST_OF_A_KEY) return false;
      sessions.add(session);
      arm();
      return true;
    },
    leave: (session: Session): void => void sessions.delete(session),
    stop(): void {
      if (timer) clearTimeout(timer);
      sessions.clear();
    },
  };
}

/** The same for all who signed in alike. */
const nameOf = ({ signed: { headersDistinct } }: Session): string =>
  JSON.stringify([headersDistinct.authorization, headersDistinct[ACT_AS.toLowerCase()]]);
