import { Lexer } from '../../../src/scim/filter/lexer.ts';

const methods = ['skipSpace', 'peek', 'take', 'word', 'peekWord', 'value'] as const;

/**
 * How much was read while `act` ran: one for each call of the lexer and one for each character it passed, those it looked
 * at and gave back included. All other work of parsing is done once for what one call gave, and in proportion to it.
 */
export function workOf(act: () => void): number {
  let work = 0;
  const prototype = Lexer.prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
  const originals = methods.map((method) => [method, prototype[method]!] as const);
  for (const [method, original] of originals) {
    prototype[method] = function (this: Lexer, ...given: unknown[]) {
      const before = this.position;
      try {
        return original.apply(this, given);
      } finally {
        work += 1 + this.position - before;
      }
    };
  }
  try {
    act();
  } finally {
    for (const [method, original] of originals) prototype[method] = original;
  }
  return work;
}
