import type { Command } from '../command.ts';
import { demandName } from '../directories/create-directory.ts';
import { HubError, invalid } from '../errors.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import { demandDescription } from '../teams/create-team.ts';
import { getRole } from './get-role.ts';
import { builtInRoles, type Role } from './role.ts';

const KEY = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

export type NewRole = { key: string; name: string; description?: string | null };

/** Makes a role. Refused with NOT_UNIQUE when another has the key, whatever its case. */
export const createRole: Command<NewRole, Role> = {
  name: 'createRole',
  needs: 'roles:write',
  atomicity: 'statement',
  async perform({ tx, origin }, { key, name, description }) {
    if (!KEY.test(key))
      throw invalid(
        ['key'],
        'key begins with a letter and holds up to 64 letters, digits, dots, dashes and underscores.',
      );
    demandName(name, 'name');
    if (description) demandDescription(description);
    const role: Role = { id: newId(), key, name, description: description ?? null };
    const changes = (['key', 'name', 'description'] as const).map((one) => ({ key: one, from: null, to: role[one] }));
    await tx.roles.insert(role, event(origin, 'role.created', 'role', role.id, changes));
    return role;
  },
};

export type RoleEdit = { id: string; name?: string | null; description?: string | null };

/** Renames or describes a role; its key and id stay. */
export const updateRole: Command<RoleEdit, Role> = {
  name: 'updateRole',
  needs: 'roles:write',
  atomicity: 'statement',
  async perform(context, edit) {
    const role = await getRole(context, edit.id);
    if (edit.name !== undefined) demandName(edit.name ?? '', 'name');
    if (edit.description) demandDescription(edit.description);
    const description = edit.description === undefined ? role.description : edit.description;
    const changed = { ...role, name: edit.name ?? role.name, description };
    const changes = (['name', 'description'] as const)
      .map((key) => ({ key, from: role[key], to: changed[key] }))
      .filter(({ from, to }) => from !== to);
    if (changes.length > 0)
      await context.tx.roles.save(changed, event(context.origin, 'role.updated', 'role', role.id, changes));
    return changed;
  },
};

/** Removes a role, and takes it from whoever was given it. Refused for built-in roles, and while a rule names it. */
export const deleteRole: Command<{ id: string }, void> = {
  name: 'deleteRole',
  needs: 'roles:write',
  atomicity: 'transaction',
  async perform(context, { id }) {
    const { tx, origin } = context;
    const role = await getRole(context, id);
    if (builtInRoles.some(({ key }) => key === role.key)) throw refused(`${role.key} is built in and stays.`);
    const { subjectId: _, ...revoked } = event(origin, 'user.role.revoked', 'usr', '', [roleChange(role, null)]);
    const deleted = event(origin, 'role.deleted', 'role', role.id, [{ key: 'key', from: role.key, to: null }]);
    if (!(await tx.roles.remove(role, deleted, revoked)))
      throw refused(`A rule gives ${role.key}; change the rules first.`);
  },
};

const refused = (message: string) => new HubError('NOT_ALLOWED', message, { path: ['id'] });

/** What the event of a grant, or of its end, says. */
export const roleChange = ({ key }: Role, to: 'given' | null) =>
  to
    ? { key: 'role', from: null, to: key, attribute: true as const }
    : { key: 'role', from: key, to: null, attribute: true as const };
