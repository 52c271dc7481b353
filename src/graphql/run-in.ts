import { type Command, run } from '../domain/command.ts';
import type { RequestContext } from './request-context.ts';

/** Runs a command as the caller of this request. */
export const runIn = <Input, Output>(context: RequestContext, command: Command<Input, Output>, input: Input) =>
  run(context.hub, context.call, command, input);
