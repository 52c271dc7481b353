import type { Command } from '../../domain/command.ts';
import { HubError } from '../../domain/errors.ts';
import type { RequestContext } from '../request-context.ts';
import { runIn } from '../run-in.ts';
import { problemsOf } from './problem-of.ts';

/** What every payload carries. */
export type Outcome = { problems: object[] };

/** Runs a command: what it returns becomes the payload, a refusal becomes its problems. */
export const attempt = <Input, Output, Payload extends object>(
  context: RequestContext,
  command: Command<Input, Output>,
  input: Input,
  payload: (output: Output) => Payload,
): Promise<(Payload & Outcome) | Outcome> =>
  attemptTo(context, async () => payload(await runIn(context, command, input)));

/** As `attempt`, for work that is more than one command. */
export async function attemptTo<Payload extends object>(
  context: RequestContext,
  work: () => Promise<Payload>,
): Promise<(Payload & Outcome) | Outcome> {
  try {
    return { ...(await work()), problems: [] };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    context.forget();
    return { problems: problemsOf(error, await context.policy()) };
  } finally {
    context.forget();
  }
}
