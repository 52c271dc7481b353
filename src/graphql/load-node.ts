import { eventPlace } from '../domain/events/event-id.ts';
import { type IdKind, kindOf, uuidOf } from '../domain/ids.ts';
import { loadClientSecret, loadDirectory, loadGroup, loadToken } from './directories/load-directories.ts';
import { loadEvent } from './events/load-events.ts';
import { loadField } from './fields/load-field.ts';
import { loadNotice } from './notices/load-notices.ts';
import type { RequestContext } from './request-context.ts';
import { loadRequest, loadRun } from './requests/load-requests.ts';
import { loadRole } from './roles/load-roles.ts';
import { loadRoleRule } from './roles/role-queries.ts';
import { loadTeam } from './teams/load-teams.ts';
import { loadUser } from './users/load-users.ts';
import { loadDelivery, loadWebhook } from './webhooks/load-webhooks.ts';

type Names = ReadonlySet<string>;
type Load = (context: RequestContext, uuid: string, selected: Names) => Promise<object | null>;

const loaders: Partial<Record<IdKind, { type: string; load: Load }>> = {
  usr: { type: 'User', load: loadUser },
  team: { type: 'Team', load: loadTeam },
  dir: { type: 'Directory', load: loadDirectory },
  grp: { type: 'DirectoryGroup', load: loadGroup },
  key: { type: 'DirectoryToken', load: loadToken },
  sec: { type: 'ClientSecret', load: loadClientSecret },
  role: { type: 'Role', load: loadRole },
  rule: { type: 'RoleRule', load: loadRoleRule },
  req: { type: 'ScimRequest', load: loadRequest },
  run: { type: 'SyncRun', load: loadRun },
  ntc: { type: 'Notice', load: loadNotice },
  hook: { type: 'Webhook', load: loadWebhook },
  dlv: { type: 'WebhookDelivery', load: loadDelivery },
};

/** Whatever has that id, with its type; null when there is nothing that the caller may see. */
export async function loadNode(context: RequestContext, id: string, selected: Names): Promise<object | null> {
  const kind = kindOf(id);
  if (kind === 'fld') return loadField(context, id);
  if (kind === 'evt') {
    const place = eventPlace(id);
    return place && typed('Event', await loadEvent(context, place));
  }
  const known = kind && Object.hasOwn(loaders, kind) ? loaders[kind as IdKind]! : null;
  const uuid = known && uuidOf(kind as IdKind, id);
  return uuid ? typed(known!.type, await known!.load(context, uuid, selected)) : null;
}

const typed = (__typename: string, row: object | null): object | null => row && { __typename, ...row };
