import { e164Of } from './e164.ts';
import type { PhoneField } from './phone-field.ts';

/** That a person was reached by a number, and what has become of the field since. */
export type Verification = {
  userId: string;
  field: PhoneField;
  /** The number that was verified. */
  e164: string;
  /** Every text that the field held from then on, the one verified among them; '' for none. */
  texts: readonly string[];
  verifiedAt: string;
};

/** So many spellings of one number are none: what is kept of them has an end. */
const MOST_TEXTS = 50;

/**
 * True while the number is the one that was verified: it may be spelt otherwise, but never have been another one
 * meanwhile (seeds S24).
 */
export function stands({ e164, texts }: Pick<Verification, 'e164' | 'texts'>, text: string, region: string | null) {
  if (texts.length > MOST_TEXTS) return false;
  return e164Of(text, region) === e164 && texts.every((held) => held === text || e164Of(held, region) === e164);
}
