import type { Reply } from './transport.ts';

/** What Entra expects of an answer; `probe` is a list that must be empty. */
export type Expected = 'probe' | 'list' | 'resource' | 'created' | 'patched' | 'deleted';

/** Why Entra would not accept an answer. `code` is the one its provisioning log shows; `quarantine` stops the job at once. */
export interface Verdict {
  code: string;
  why: string;
  quarantine: boolean;
}

const INCOMPATIBLE = 'SystemForCrossDomainIdentityManagementServiceIncompatible';

const CODES: Record<number, string> = {
  0: 'WebExceptionProtocolError',
  400: 'SystemForCrossDomainIdentityManagementBadRequest',
  401: 'Unauthorized',
  403: 'InsufficientRights',
  405: 'MethodNotAllowed',
  409: 'EntryConflict',
  422: 'UnprocessableEntity',
  429: 'TooManyRequests',
  501: 'NotImplemented',
};

const GOOD: Record<Expected, number[]> = {
  probe: [200],
  list: [200],
  resource: [200],
  created: [201],
  patched: [200, 204],
  // A thing that is gone already is as good as deleted (entra.md B34).
  deleted: [200, 204, 404],
};

/** Judges an answer as entra.md G does; undefined means that Entra is content. `id` is the linked id that was asked for. */
export function judge(
  { expected, path, id }: { expected: Expected; path: string; id?: string },
  { status, text, json }: Reply,
): Verdict | undefined {
  const filter = expected === 'probe' || expected === 'list';
  const refuse = (code: string, why: string, quarantine = false): Verdict => ({
    code,
    why,
    quarantine: quarantine || expected === 'probe',
  });
  if (status === 401 || status === 403) return refuse(CODES[status]!, `HTTP ${status}`, true);
  if (!GOOD[expected].includes(status)) {
    if (status === 404 && filter) return refuse(INCOMPATIBLE, 'HTTP 404 to a filter rather than 200', true);
    if (status === 404 && expected !== 'created') return refuse('InvalidAnchor', 'HTTP 404 for a linked id');
    if (status === 0) return refuse(/no answer within/.test(text) ? 'Timeout' : CODES[0]!, text);
    const code = CODES[status] ?? (status >= 500 ? 'InternalServerError' : INCOMPATIBLE);
    return refuse(code, `HTTP ${status} rather than ${GOOD[expected].join(' or ')}`);
  }
  if (expected === 'deleted' || status === 204) return undefined;
  if (typeof json !== 'object' || json === null) return refuse(INCOMPATIBLE, 'the body is not a JSON object');
  if (path.includes('excludedAttributes=members') && [json, ...(listed(json) ?? [])].some(showsMembers)) {
    return refuse(INCOMPATIBLE, 'members came back although excluded; Entra would go on to replace them one by one');
  }
  if (filter) {
    const found = listed(json);
    if (!found) return refuse(INCOMPATIBLE, 'the body is not a ListResponse');
    if (expected === 'probe' && found.length > 0)
      return refuse(INCOMPATIBLE, 'a filter for a random GUID found something');
    if (found.length > 1) return refuse('DuplicateTargetEntries', 'more than one object matches');
    return undefined;
  }
  const given = (json as { id?: unknown }).id;
  if (expected === 'patched') return undefined;
  if (typeof given !== 'string' || given === '') return refuse(INCOMPATIBLE, 'the resource has no id');
  if (id !== undefined && given !== id)
    return refuse(INCOMPATIBLE, 'the resource has another id than the one asked for');
  return undefined;
}

/** The resources of a ListResponse; undefined when the body is none. */
export function listed(json: unknown): Record<string, unknown>[] | undefined {
  const body = json as { schemas?: unknown; totalResults?: unknown; Resources?: unknown };
  if (!Array.isArray(body?.schemas) || typeof body.totalResults !== 'number') return undefined;
  if (!String(body.schemas).includes('ListResponse')) return undefined;
  if (Array.isArray(body.Resources)) return body.Resources;
  return body.totalResults === 0 ? [] : undefined;
}

// Entra then takes the list for an attribute with one value, and the group ends with one member (entra.md C4).
function showsMembers(resource: unknown): boolean {
  const { members } = resource as { members?: unknown };
  return Array.isArray(members) && members.length > 0;
}
