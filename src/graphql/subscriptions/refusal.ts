import type { GraphQLFormattedError } from 'graphql';

/** Ends a subscription, or keeps it from beginning, with these errors for the client. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]!.message);
    this.errors = errors;
  }
}

/** One error with that code. */
export const refusal = (code: string, message: string): Refusal => new Refusal([{ message, extensions: { code } }]);
