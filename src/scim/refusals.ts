import { type Call, type Hub, isNoted, noteRefusal } from '../domain/command.ts';
import { HubError, NotNow } from '../domain/errors.ts';
import { BodyError, bodyStatus } from '../http/body.ts';
import { answer, callOf, type Exchange } from './exchange.ts';
import { faultBody, faultOf, ScimFault } from './faults.ts';
import { withoutCredentials } from './log/hidden.ts';

/** Answers every refusal of what follows as a SCIM error, and sees that each has its event. */
export const answerRefusals = (hub: Hub) => async (exchange: Exchange, next: () => Promise<void>) => {
  try {
    await next();
  } catch (error) {
    const fault = refusalOf(error);
    if (!fault) throw error;
    await noteFault({ hub, call: callOf(exchange) }, `${exchange.method} ${exchange.path}`, fault, error);
    // What is left of a body that is too large is not read.
    if (fault.status === 413) exchange.set('Connection', 'close');
    if (error instanceof NotNow) exchange.set('Retry-After', '2');
    answer(exchange, fault.status, faultBody(fault));
  }
};

/** The refusal in SCIM's words; null for an error that is none. */
export function refusalOf(error: unknown): ScimFault | null {
  if (error instanceof ScimFault) return error;
  if (error instanceof BodyError) {
    const status = bodyStatus[error.problem];
    return new ScimFault(status, status === 400 ? 'invalidSyntax' : null, error.message);
  }
  if (error instanceof NotNow) return new ScimFault(503, null, error.message);
  if (!(error instanceof HubError)) return null;
  // A filter that storage cannot answer exactly was well formed, and is refused all the same (entra.md B5).
  const isFilter = error.details.path?.[0] === 'filter';
  return isFilter ? new ScimFault(400, 'invalidFilter', error.message, 'filter') : faultOf(error);
}

/** Records the refusal, unless the command that refused has done so. */
export async function noteFault(
  { hub, call }: { hub: Hub; call: Call },
  what: string,
  { status, scimType, attribute }: ScimFault,
  error: unknown,
): Promise<void> {
  if (isNoted(error as object)) return;
  const shown = withoutCredentials(what).slice(0, 200);
  await noteRefusal(hub, call, { what: shown, code: scimType ?? String(status), path: attribute ? [attribute] : null });
}
