import { invalidFilter, shown } from '../faults.ts';

/** A value as it stands in a filter; `text` is what a bare word or a number was written as. */
export type Token =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string };

const MAX_LENGTH = 4096;
const SPACE = new Set([' ', '\t', '\n', '\r']);
const ENDS_WORD = new Set([...SPACE, '(', ')', '[', ']', '"']);

/** Reads a filter piece by piece; every step moves forward, so that reading is linear in its length. */
export class Lexer {
  readonly #text: string;
  #at: number;

  constructor(text: string, at = 0) {
    if (text.length > MAX_LENGTH) throw invalidFilter(`A filter has at most ${MAX_LENGTH} characters.`);
    if (text.includes('\0') || !text.isWellFormed())
      throw invalidFilter('The filter holds characters that are no text.');
    this.#text = text;
    this.#at = at;
  }

  /** Where reading has come to. */
  get position(): number {
    return this.#at;
  }

  skipSpace(): void {
    while (this.#at < this.#text.length && SPACE.has(this.#text[this.#at]!)) this.#at++;
  }

  /** The next character that is no space, or an empty text at the end. */
  peek(): string {
    this.skipSpace();
    return this.#text[this.#at] ?? '';
  }

  /** Takes that character if it comes next; `touching`: without a space before it. */
  take(char: string, touching = false): boolean {
    if (!touching) this.skipSpace();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  /** The text up to the next space, parenthesis, bracket or quote; empty when one of these comes next. */
  word(): string {
    this.skipSpace();
    const start = this.#at;
    while (this.#at < this.#text.length && !ENDS_WORD.has(this.#text[this.#at]!)) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** The next word in lower case, without taking it. */
  peekWord(): string {
    const start = this.#at;
    const word = this.word().toLowerCase();
    this.#at = start;
    return word;
  }

  /** A quoted JSON string, or a bare word (entra.md A10). */
  value(): Token {
    if (this.peek() === '"') return { kind: 'string', text: this.#quoted() };
    const text = this.word();
    if (text === '') throw this.fault('a value is missing');
    return { kind: 'word', text };
  }

  /** The refusal at this place. */
  fault(why: string): Error {
    const near = this.#text.slice(this.#at, this.#at + 20);
    return invalidFilter(`The filter does not parse: ${why} ${near ? `before ${shown(near)}` : 'at its end'}.`);
  }

  #quoted(): string {
    const start = this.#at++;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"')
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    if (this.#at >= this.#text.length) throw this.fault('a quote is not closed');
    const literal = this.#text.slice(start, ++this.#at);
    const text = parseText(literal);
    if (text === null) throw this.fault('a quoted text is not valid JSON');
    // Escapes can make what the text itself may not hold.
    if (text.includes('\0') || !text.isWellFormed()) throw this.fault('a value holds characters that are no text');
    return text;
  }
}

function parseText(literal: string): string | null {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
