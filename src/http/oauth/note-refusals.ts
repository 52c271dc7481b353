import { type Hub, noteRefusal, run } from '../../domain/command.ts';
import { noteRefusedSignIn } from '../../domain/health/note-refused-sign-in.ts';
import { systemActor } from '../../domain/system-actor.ts';
import type { OauthFault } from './faults.ts';
import { clientActor } from './proven-client.ts';

const PAUSE_MS = 60_000;
const REMEMBERED = 1_000;

/**
 * Leaves an event for the directory that a refused client said it was: at most one a minute for each reason, since who
 * is refused need not be anyone and could fill the log.
 */
export function refusalNotes(hub: Hub): (fault: OauthFault, requestId: string) => Promise<void> {
  const silentUntil = new Map<string, number>();
  return async ({ code, path, claimed }, requestId) => {
    if (!claimed) return;
    const key = [claimed.directoryId, code, ...path].join(' ');
    if ((silentUntil.get(key) ?? 0) > Date.now()) return;
    if (silentUntil.size >= REMEMBERED) silentUntil.clear();
    silentUntil.set(key, Date.now() + PAUSE_MS);
    const call = { actor: clientActor(claimed), requestId };
    await noteRefusal(hub, call, { what: 'POST /oauth/token', code, path });
    if (code !== 'invalid_client') return;
    const { directoryId, tenantId } = claimed;
    const why = `the client did not prove itself by its ${path[0]}`;
    const refused = { directoryId, request: 'POST /oauth/token', why, isLoud: false };
    await run(hub, { actor: systemActor(tenantId), requestId }, noteRefusedSignIn, refused);
  };
}
