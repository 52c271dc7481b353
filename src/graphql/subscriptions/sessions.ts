import type { Actor } from '../../domain/actor.ts';
import { isUnavailable, type Log } from '../../http/last-resort.ts';
import { type SignIn, signedWith } from '../../http/sign-in.ts';

/** A socket whose client has signed in. */
export type Session = {
  actor: Actor;
  /** What it signed in with, as in an Authorization header. */
  readonly authorization: string;
  end(code: number, reason: string): void;
};

/** Sockets that one key may hold at a time on one process. */
export const MOST_OF_A_KEY = 100;
/** With the time that sign-in believes a key, a revoked one loses its sockets within two seconds. */
const AGAIN_MS = 1_000;

/** The protocol's code for those who may not be here. */
export const FORBIDDEN = 4403;

/** Knows all sessions, and asks every second whether their keys still open anything. */
export function openSessions(signIn: SignIn, log: Log) {
  const sessions = new Set<Session>();
  let timer: NodeJS.Timeout | null = null;

  const again = async (): Promise<void> => {
    for (const [authorization, own] of Map.groupBy(sessions, (session) => session.authorization)) {
      const actor = await signIn(signedWith(authorization));
      for (const session of own) {
        if (actor) session.actor = actor;
        else session.end(FORBIDDEN, 'The key is not valid any more.');
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
