import { type Answer, refusal } from '../../answer.ts';
import type { Admission } from './admission.ts';
import { type Asking, takesEvents } from './asking.ts';
import { readAsked } from './read-asked.ts';

/** A subscription that is answered on the request which asks for it. */
export const distinctMode =
  (admission: Admission) =>
  async (asking: Asking): Promise<Answer | null> => {
    const { request, response, actor, requestId } = asking;
    if (!takesEvents(request))
      return refusal(406, 'NOT_ACCEPTABLE', 'Accept text/event-stream, or name a reservation.');
    const asked = await readAsked(request);
    if ('status' in asked) return asked;
    const connection = admission.admit('distinct', actor, request);
    if ('status' in connection) return connection;
    connection.open(response);
    admission.begin(connection, '', asked, requestId);
    return null;
  };
