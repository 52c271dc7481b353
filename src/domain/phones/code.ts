import { randomInt } from 'node:crypto';
import type { Seal } from '../credentials/secret.ts';

/** A new code: six digits, each number as likely as any other. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** What is kept of a code: bound to the request it was made for, so that it opens no other. */
export const digestOf = (seal: Seal, id: string, code: string): Buffer => seal(`phone code ${id} ${code.trim()}`);

/** The message that brings a code, in the language of the person: German, else English. */
export const wordsOf = (code: string, language: string | null): string =>
  /^de\b/i.test(language ?? '')
    ? `${code} ist Ihr Code. Er gilt 10 Minuten. Geben Sie ihn niemandem weiter.`
    : `${code} is your code. It is valid for 10 minutes. Do not share it with anyone.`;
