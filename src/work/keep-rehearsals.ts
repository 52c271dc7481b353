import type { Hub } from '../domain/command.ts';
import { tendRehearsals } from '../domain/rehearsal/tend-rehearsals.ts';
import { systemActor } from '../domain/system-actor.ts';
import { repeat } from './repeat.ts';

/** Time between two looks, in ms: longer than sign-in believes what was true. */
const PAUSE_MS = 5_000;

/** Tends rehearsals now and every few seconds; what fails is done at the next look. Returns what ends it. */
export function keepRehearsals(hub: Hub, onFailure: (error: unknown) => void): () => Promise<void> {
  const callIn = (tenantId: string) => ({ actor: systemActor(tenantId), requestId: 'rehearsals' });
  let unused: ReadonlySet<string> = new Set();
  return repeat(
    PAUSE_MS,
    async () => {
      const failures: unknown[] = [];
      unused = await tendRehearsals(hub, callIn, unused, (error) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
    onFailure,
  );
}
