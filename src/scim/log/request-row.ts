import { newId, uuidOf } from '../../domain/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import type { LoggedRequest, Subject } from '../../domain/requests/request-log.ts';
import type { AnsweredRequest } from './log-requests.ts';
import { redactedBody } from './redact.ts';
import { redactedPath } from './redact-path.ts';

/** What is kept of a request. Costs more than taking notes of it did, and is done when nobody waits. */
export function rowOf(answered: AnsweredRequest): LoggedRequest {
  const { directoryId, requestId, method, status, durationMs, scimType, notes } = answered;
  const isRead = status < 400 && (method === 'GET' || method === 'HEAD' || /\/\.search$/i.test(pathOf(answered)));
  const body = isRead ? listOf(answered) : parsed(answered.body);
  return {
    id: newId(),
    directoryId,
    at: new Date(answered.at).toISOString(),
    requestId,
    method: method.slice(0, 20),
    path: redactedPath(answered.address),
    status,
    durationMs: Math.round(durationMs * 100) / 100,
    subject: subjectOf(answered, isRead ? body : undefined),
    requestBody: redactedBody(notes.sent),
    responseBody: redactedBody(body),
    scimType,
    done: notes.done,
  };
}

/** What was read is what is stored: of a list, its size and ids are kept, of one resource nothing. */
function listOf({ body }: AnsweredRequest): JsonObject | undefined {
  if (typeof body !== 'string' || !body.includes('"totalResults"')) return undefined;
  const list = parsed(body);
  if (!isJsonObject(list) || !Array.isArray(list.Resources)) return undefined;
  return { ...list, Resources: list.Resources.map((one) => (isJsonObject(one) ? (one.id ?? null) : null)) };
}

function parsed(body: unknown): Json | undefined {
  if (typeof body !== 'string' || body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const pathOf = ({ address }: AnsweredRequest): string => address.split('?', 1)[0]!;

/** The resource that the address names, that was made, or the one that a filter found. */
function subjectOf(answered: AnsweredRequest, list: Json | undefined): Subject | null {
  const named = subjectIn(answered.location ?? pathOf(answered));
  if (named || !isJsonObject(list) || list.totalResults !== 1 || !/[?&]filter=/i.test(answered.address)) return named;
  const [id] = list.Resources as Json[];
  return subjectOfId('usr', id) ?? subjectOfId('grp', id);
}

function subjectIn(address: string): Subject | null {
  const [, type, id] = /\/(Users|Groups)\/([^/?]+)$/i.exec(address) ?? [];
  return type === undefined ? null : subjectOfId(type.toLowerCase() === 'users' ? 'usr' : 'grp', id);
}

function subjectOfId(kind: Subject['kind'], id: unknown): Subject | null {
  const uuid = uuidOf(kind, id);
  return uuid === null ? null : { kind, id: uuid };
}
