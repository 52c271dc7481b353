import { HubError } from './errors.ts';

/** What a caller may do; an API key is given a set of them. */
export const scopes = [
  'users:read',
  'users:read.sensitive',
  'users:write',
  'users:erase',
  'teams:read',
  'teams:write',
  'roles:write',
  'rules:write',
  'directories:read',
  'directories:write',
  'events:read',
  'keys:write',
  'tenants:admin',
] as const;
/**
 * `provision` is what a directory's token holds, `sign-in` what its client has proved, `activate` what an activation link
 * is good for; no key can be given any of them.
 */
export type Scope = (typeof scopes)[number] | 'provision' | 'sign-in' | 'activate';

/** Who asks. Made by sign-in and by nothing else. */
export type Actor = {
  kind: 'directory' | 'key' | 'system';
  tenantId: string;
  /** Wire id of the directory or key. */
  id: string;
  label: string;
  scopes: ReadonlySet<Scope>;
  /** Stored id of the directory that the token belongs to. */
  directoryId: string | null;
  /** The tenant that the directory is of, where it rehearses: `tenantId` is then its shadow. */
  rehearses?: string;
  /** Its directory is between two states and is answered nothing. */
  waits?: true;
  /** The person on whose behalf the key acts; `id` is the stored id. */
  person?: { id: string; userName: string };
};

/** Refuses with NOT_ALLOWED unless the actor holds the scope. */
export function demand(actor: Actor, scope: Scope): void {
  if (actor.scopes.has(scope)) return;
  throw new HubError('NOT_ALLOWED', `This needs the scope ${scope}, which ${actor.label} does not hold.`);
}

/** Refuses with NOT_ALLOWED unless the actor holds one of the scopes. */
export function demandAny(actor: Actor, wanted: readonly Scope[]): void {
  if (wanted.some((scope) => actor.scopes.has(scope))) return;
  throw new HubError('NOT_ALLOWED', `This needs the scope ${wanted.join(' or ')}, which ${actor.label} does not hold.`);
}
