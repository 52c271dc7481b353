import { newId, uuidOf } from '../../domain/ids.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import type { LoggedRequest, Subject } from '../../domain/requests/request-log.ts';
import type { AnsweredRequest } from './log-requests.ts';
import { redactedBody } from './redact.ts';
import { redactedPath } from './redact-path.ts';

/** What is kept of a request. Costs more than taking notes of it did, and is done when nobody waits. */
export function rowOf(answered: AnsweredRequest): LoggedRequest {
  const { directoryId, requestId, method, status, durationMs, scimType, notes } = answered;
  const body = answerOf(answered);
  return {
    id: newId(),
    directoryId,
    at: new Date(answered.at).toISOString(),
    requestId,
    method: method.slice(0, 20),
    path: redactedPath(answered.address, notes.sensitive),
    status,
    durationMs: Math.round(durationMs * 100) / 100,
    subject: subjectOf(answered, body),
    requestBody: redactedBody(notes.sent, notes.sensitive),
    responseBody: redactedBody(body, notes.sensitive),
    scimType,
    done: notes.done,
    rehearsedIn: answered.rehearsedIn,
  };
}

/** Of a list the size and the ids are kept: what was read is what is stored. */
function answerOf({ body }: AnsweredRequest): Json | undefined {
  const message: Json | undefined = body === null ? undefined : JSON.parse(body);
  if (!isJsonObject(message) || !Array.isArray(message.Resources)) return message;
  return { ...message, Resources: message.Resources.map((one) => (isJsonObject(one) ? (one.id ?? null) : null)) };
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
