import type { Actor } from '../actor.ts';
import { type Call, type Command, type Hub, run } from '../command.ts';
import { getDirectory } from '../directories/get-connected.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { applyDifferences, type Skipped } from './apply-differences.ts';
import { settleWrites } from './fill-shadow.ts';
import { getRehearsal, refused } from './get-rehearsal.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Lets the directory write again, as soon as what it would have done is done. Returns its stored id. */
export const acceptRehearsal: Command<{ directory: string }, string> = {
  name: 'setRehearsal',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, input) {
    const { tx, origin, policy } = context;
    const directory = await getDirectory(tx, input.directory);
    const rehearsal = await getRehearsal(context, directory);
    if (rehearsal.phase === 'ACCEPTING') return directory.id;
    if (rehearsal.phase === 'COPYING') throw refused(`The rehearsal of ${directory.name} is being prepared.`);
    const changes = [{ key: 'state', from: 'REHEARSAL', to: 'ACTIVE' }];
    const accepted = event(origin, 'directory.rehearsal.accepted', 'dir', directory.id, changes);
    await tx.rehearsals.accept(rehearsal, policy, accepted);
    return directory.id;
  },
};

/**
 * Does in the tenant what the directory did in the shadow, record by record, as the directory and by its own commands. How
 * far it is follows from what still differs, so that an interrupted one goes on where it was.
 */
export async function applyRehearsal(hub: Hub, call: Call, rehearsal: Rehearsal): Promise<void> {
  const { directoryId, shadowId } = rehearsal;
  const inShadow = { ...call, actor: { ...call.actor, tenantId: shadowId } };
  await hub.storage.policy(shadowId, true);
  await run(hub, inShadow, freeze, { directoryId });
  await run(hub, inShadow, settleWrites, undefined);
  const asDirectory = { ...call, actor: voiceOf(call.actor.tenantId, directoryId), cause: wireId('tnt', shadowId) };
  const skipped = await applyDifferences(hub, { reader: call, inShadow, asDirectory, rehearsal });
  await run(hub, call, finish, { rehearsal, skipped });
}

/** The directory itself, as it would have signed in. */
const voiceOf = (tenantId: string, directoryId: string): Actor => ({
  kind: 'directory',
  tenantId,
  id: wireId('dir', directoryId),
  label: 'the rehearsal',
  scopes: new Set(['provision'] as const),
  directoryId,
});

const freeze: Command<{ directoryId: string }, void> = {
  name: 'freezeShadow',
  needs: 'directories:write',
  atomicity: 'transaction',
  perform: ({ tx, policy }, { directoryId }) => tx.rehearsals.freeze(directoryId, policy),
};

const finish: Command<{ rehearsal: Rehearsal; skipped: Skipped[] }, void> = {
  name: 'finishRehearsal',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, origin, policy }, { rehearsal, skipped }) {
    const told = skipped.map(({ kind, id, code, path, message }) =>
      event(
        { ...origin, cause: wireId('tnt', rehearsal.shadowId) },
        'directory.rehearsal.skipped',
        kind,
        id,
        Object.entries({ code, path, message }).map(([key, to]) => ({ key, from: null, to })),
      ),
    );
    const changes = [{ key: 'skipped', from: null, to: skipped.length }];
    const finished = event(origin, 'directory.rehearsal.finished', 'dir', rehearsal.directoryId, changes);
    await tx.rehearsals.end(rehearsal, null, policy, [...told, finished]);
  },
};
