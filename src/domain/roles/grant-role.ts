import type { Command } from '../command.ts';
import { event } from '../event.ts';
import { getPerson } from '../users/find-person.ts';
import type { Person } from '../users/person.ts';
import { roleChange } from './change-roles.ts';
import { demandRightTo, getRole } from './get-role.ts';
import { keepingAnOwner } from './last-owner.ts';
import { OWNER } from './role.ts';

/** Who and what, as wire ids. */
export type Grant = { user: string; role: string };

/** Gives a person a role, whatever directories say; nothing happens when they have been given it already. */
export const grantRole: Command<Grant, Person> = {
  name: 'grantRole',
  needs: 'roles:write',
  atomicity: 'transaction',
  async perform(context, input) {
    const role = await getRole(context, input.role, 'role');
    demandRightTo(context, role);
    const person = await getPerson(context, input.user);
    const granted = event(context.origin, 'user.role.granted', 'usr', person.id, [roleChange(role, 'given')]);
    await context.tx.roles.grant(person, role, granted);
    return person;
  },
};

/** Takes back what was given directly; what rules give stays. Refused for the last active owner. */
export const revokeRole: Command<Grant, Person> = {
  name: 'revokeRole',
  needs: 'roles:write',
  atomicity: 'transaction',
  async perform(context, input) {
    const role = await getRole(context, input.role, 'role');
    demandRightTo(context, role);
    const revoke = async () => {
      const person = await getPerson(context, input.user);
      const revoked = event(context.origin, 'user.role.revoked', 'usr', person.id, [roleChange(role, null)]);
      await context.tx.roles.revoke(person, role, revoked);
      return person;
    };
    return role.key === OWNER ? keepingAnOwner(context, revoke) : revoke();
  },
};
