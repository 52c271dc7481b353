import { isUnavailable } from '../../http/last-resort.ts';
import type { Exchange } from '../exchange.ts';

/** What the way of a request leaves behind for the log. */
export type RequestNotes = {
  /** The parsed body; undefined while none was read. */
  sent: unknown;
  /** As `Call.done`. */
  done: (string | null)[];
  /** Names, in lower case, of attributes that the log must mask. */
  sensitive: ReadonlySet<string>;
};

/** A request that has its answer, before anything is made of it. */
export type AnsweredRequest = {
  tenantId: string;
  /** The tenant that its events are of, where nothing was applied. */
  rehearsedIn: string | null;
  directoryId: string;
  /** When it came, in ms since 1970. */
  at: number;
  requestId: string;
  method: string;
  /** Path and query as they came. */
  address: string;
  status: number;
  durationMs: number;
  scimType: string | null;
  /** The body of the answer, as it was sent, when it is a message; null when it is a resource. */
  body: string | null;
  /** Where the answer says that something was made. */
  location: string | null;
  notes: RequestNotes;
  /** About how much memory the bodies take. */
  bytes: number;
};

/** Takes notes of a request; must neither wait nor fail. */
export type Note = (answered: AnsweredRequest) => void;

/** Notes every request of what follows. On the way only references are taken: no body is written or looked into. */
export const logRequests = (note: Note) => async (exchange: Exchange, next: () => Promise<void>) => {
  const at = Date.now();
  const start = performance.now();
  const notes: RequestNotes = { sent: undefined, done: [], sensitive: new Set() };
  exchange.state.notes = notes;
  let status = 500;
  try {
    await next();
    status = exchange.status;
  } catch (error) {
    if (isUnavailable(error)) status = 503;
    throw error;
  } finally {
    const { state, method, url: address, body, response } = exchange;
    note({
      tenantId: state.actor.rehearses ?? state.actor.tenantId,
      rehearsedIn: state.actor.rehearses === undefined ? null : state.actor.tenantId,
      directoryId: state.actor.directoryId!,
      at,
      requestId: state.requestId,
      method,
      address,
      status,
      durationMs: performance.now() - start,
      scimType: status < 400 ? null : scimTypeIn(body),
      body: isMessage(body) ? body : null,
      location: status === 201 ? response.get('Location') : null,
      notes,
      bytes: sizeOf(exchange),
    });
  }
};

/** True for lists, refusals and the like (RFC 7644 §8.2), and not for resources. */
const isMessage = (body: unknown): body is string =>
  typeof body === 'string' && body.startsWith('{"schemas":["urn:ietf:params:scim:api:messages:');

/** The keyword of a refusal: always one of our own. */
const scimTypeIn = (body: unknown): string | null =>
  typeof body === 'string' ? (/"scimType":"(\w{1,30})"/.exec(body)?.[1] ?? null) : null;

/** A body of unknown length may be as large as any. */
const LARGEST_BYTES = 1024 * 1024;

function sizeOf({ req, body, state }: Exchange): number {
  const sent = state.notes.sent === undefined ? 0 : Number(req.headers['content-length'] ?? LARGEST_BYTES);
  return sent + (isMessage(body) ? body.length : 0);
}
