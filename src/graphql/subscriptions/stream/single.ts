import { type Answer, refusal } from '../../answer.ts';
import type { Listening } from '../listening.ts';
import { MOST_STREAMS } from '../operations.ts';
import { Refusal } from '../refusal.ts';
import type { Admission } from './admission.ts';
import { type Asking, malformed, parameter, plainly, takesEvents } from './asking.ts';
import type { Connection } from './connection.ts';
import { type AskedByPost, readAsked } from './read-asked.ts';
import { openReservations } from './reservations.ts';

/** One connection, reserved first, that carries the subscriptions of several requests. */
export function singleMode(admission: Admission, prepare: Listening['prepare']) {
  const reservations = openReservations();

  const open = ({ request, response }: Asking, connection: Connection): Answer | null => {
    if (!takesEvents(request)) return refusal(406, 'NOT_ACCEPTABLE', 'Accept text/event-stream.');
    if (connection.isOpen()) return refusal(409, 'CONFLICT', 'This reservation has its connection already.');
    connection.open(response);
    return null;
  };
  const begin = async ({ request, requestId }: Asking, connection: Connection): Promise<Answer> => {
    const asked = await readAsked(request);
    if ('status' in asked) return asked;
    const why = whyNot(asked, connection) ?? invalid(asked);
    if (why) return why;
    admission.begin(connection, asked.operationId!, asked, requestId);
    return plainly(202, '');
  };
  const invalid = (asked: AskedByPost): Answer | null => {
    try {
      prepare(asked);
      return null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: 400, headers: {}, text: JSON.stringify({ errors: error.errors }) };
    }
  };
  const stop = ({ request }: Asking, connection: Connection): Answer => {
    const id = parameter(request.url, 'operationId');
    if (id === null) return malformed('Name the operation by the parameter operationId.');
    connection.stop(id);
    return plainly(200, '');
  };
  return {
    reserve({ request, actor }: Asking): Answer {
      const connection = admission.admit('single', actor, request);
      return 'status' in connection ? connection : plainly(201, reservations.keep(connection));
    },
    async go(asking: Asking, token: string): Promise<Answer | null> {
      const connection = reservations.find(token, asking.actor);
      if (!connection) return refusal(404, 'NOT_FOUND', 'There is no such reservation of yours here; make one by PUT.');
      const { method } = asking.request;
      if (method === 'GET') return open(asking, connection);
      return method === 'POST' ? begin(asking, connection) : stop(asking, connection);
    },
  };
}

function whyNot({ operationId }: AskedByPost, { operations }: Connection): Answer | null {
  if (operationId === null) return malformed('Name the operation by extensions.operationId.');
  if (operations.has(operationId)) return refusal(409, 'CONFLICT', 'This operationId is in use.');
  return operations.size < MOST_STREAMS ? null : malformed(`A connection holds ${MOST_STREAMS} subscriptions.`);
}
