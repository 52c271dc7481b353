import type { Command } from '../command.ts';
import { event } from '../event.ts';

/** `directoryId` is a stored id; `why` is part of a sentence; `isLoud`: an event is due, and not only the last time. */
export type RefusedSignIn = { directoryId: string; request: string; why: string; isLoud: boolean };

/** Keeps that somebody who named a directory's key was turned away: its administrator sees why (seeds C2). */
export const noteRefusedSignIn: Command<RefusedSignIn, void> = {
  name: 'noteRefusedSignIn',
  needs: 'directories:write',
  atomicity: 'statement',
  async perform({ tx, origin }, { directoryId, request, why, isLoud }) {
    const told = { request, code: '401', path: ['Authorization'], why };
    const changes = Object.entries(told).map(([key, to]) => ({ key, from: null, to }));
    const refused = event(origin, 'request.refused', 'dir', directoryId, changes);
    await tx.health.refuse(directoryId, why, isLoud ? refused : null);
  },
};
