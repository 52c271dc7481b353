import type { Actor } from '../actor.ts';
import { setStatus } from '../admission/settle-standing.ts';
import type { Command } from '../command.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import type { Person } from '../users/person.ts';
import { type InvitationState, stateOf } from './invitation.ts';
import { proves, readToken } from './link-token.ts';
import type { OpenedLink } from './open-link.ts';

/** Whoever follows a link: the person it was made for, and only to activate them. */
export const follower = ({ tenantId, invitation }: OpenedLink): Actor => ({
  kind: 'system',
  tenantId,
  id: wireId('usr', invitation.userId),
  label: 'an activation link',
  scopes: new Set(['activate']),
  directoryId: null,
});

/** Makes an INVITED person ACTIVE by the token of their link, which then is used up: of many who try at once, one does. */
export const activateInvitation: Command<{ token: string }, Person> = {
  name: 'activateInvitation',
  needs: 'activate',
  atomicity: 'transaction',
  async perform(context, { token }) {
    const { tx, actor, origin, policy, seal } = context;
    const read = readToken(token);
    const invitation = read.tenantId === actor.tenantId ? await tx.invitations.lock(read.id) : null;
    if (!proves(read, seal, invitation) || !invitation) throw refused('UNKNOWN');
    const person = await tx.users.find(invitation.userId);
    if (!person) throw refused('ENDED');
    const state = stateOf(invitation, { status: person.status, email: person.values.email });
    if (state !== 'OPEN') throw refused(state);
    if (!(await tx.invitations.use(invitation.id))) throw refused('EXPIRED');
    const changes = [{ key: 'status', from: person.status, to: 'ACTIVE' }];
    const active: Person = { ...person, updatedAt: origin.at };
    setStatus(context, active, 'ACTIVE');
    await tx.users.save(active, null, event(origin, 'user.activated', 'usr', person.id, changes), policy);
    return { ...active, version: person.version + 1 };
  },
};

const refused = (state: InvitationState | 'UNKNOWN') =>
  new HubError('NOT_ALLOWED', `This link cannot be used: it is ${state}.`, { path: ['token'] });
