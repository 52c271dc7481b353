/** The languages that people are written to in. */
export type Language = 'en' | 'de';

/** The language for whoever prefers that tag (RFC 5646); English where there is no other (seeds S11). */
export const languageFor = (preferred: unknown): Language =>
  typeof preferred === 'string' && /^de(-|$)/i.test(preferred) ? 'de' : 'en';
