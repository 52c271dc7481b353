import { timingSafeEqual } from 'node:crypto';
import { type Hub, run } from '../domain/command.ts';
import { type CredentialFinder, type FoundCredential, whyEnded } from '../domain/credentials/credential-finder.ts';
import { claimedKeyOf } from '../domain/credentials/secret.ts';
import { noteRefusedSignIn } from '../domain/health/note-refused-sign-in.ts';
import { systemActor } from '../domain/system-actor.ts';
import { bearerOf, type Signed } from './sign-in.ts';

/** A key is looked up at most so often, in ms: who is refused need not be anyone. */
const PAUSE_MS = 1_000;
/** An event for each directory and reason at most so often, in ms. */
const EVENT_PAUSE_MS = 60_000;
const REMEMBERED = 1_000;

/** Takes note of a request that was turned away; never waits and never fails. */
export type NoteStranger = (request: Signed, requestId: string, what: string) => void;

/** Leaves word with the directory whose key a refused token begins with; nothing of the token itself. */
export function strangerNotes(hub: Hub, finder: CredentialFinder): NoteStranger {
  const mayLookUp = atMostEvery(PAUSE_MS);
  const mayTell = atMostEvery(EVENT_PAUSE_MS);
  const note = async (secret: string, keyId: string, requestId: string, request: string): Promise<void> => {
    const found = await finder.find(keyId);
    if (!found?.directoryId || found.directoryState === 'DISCONNECTED') return;
    const { tenantId, directoryId } = found;
    const why = timingSafeEqual(hub.seal(secret), found.digest) ? whyRefused(found) : WRONG;
    const isLoud = mayTell(`${directoryId} ${why}`);
    const call = { actor: systemActor(tenantId), requestId };
    await run(hub, call, noteRefusedSignIn, { directoryId, request, why, isLoud });
  };
  return (request, requestId, what) => {
    const secret = bearerOf(request);
    const keyId = secret && claimedKeyOf(secret);
    if (!keyId || !mayLookUp(keyId)) return;
    // Where it fails, the next one that is turned away says it again.
    void note(secret, keyId, requestId, what).catch(() => {});
  };
}

const WRONG = 'the token is wrong';

const whyRefused = (found: FoundCredential): string =>
  found.kind === 'CLIENT_SECRET' ? 'a client secret is no token' : (whyEnded(found) ?? WRONG);

function atMostEvery(pauseMs: number): (key: string) => boolean {
  const silentUntil = new Map<string, number>();
  return (key) => {
    if ((silentUntil.get(key) ?? 0) > Date.now()) return false;
    if (silentUntil.size >= REMEMBERED) silentUntil.clear();
    silentUntil.set(key, Date.now() + pauseMs);
    return true;
  };
}
