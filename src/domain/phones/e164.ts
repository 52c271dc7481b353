import { isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** The number that a text stands for, as `+4915123456789`; null where it stands for none that could be called. */
export const e164Of = (text: string, region: string | null): string | null => read(text, region)?.number ?? null;

/** The region that a country's name means as ISO 3166-1 alpha-2, such as DE; null for any other text. */
export function regionOf(country: unknown): string | null {
  if (typeof country !== 'string') return null;
  const code = country.trim().toUpperCase();
  return isSupportedCountry(code) ? code : null;
}

/** False for numbers whose owner earns by what is sent to them: nobody is to be paid by asking for codes. */
export const takesCodes = (e164: string): boolean => read(e164, null)?.getType() !== 'PREMIUM_RATE';

/** The last digits, for logs: `+49…89`. */
export const masked = (e164: string): string => `${e164.slice(0, 3)}…${e164.slice(-2)}`;

/**
 * As dialled in the region. 00 is how most of the world dials +, and directories write it for people of every region, so
 * a text that means nothing in its own region is read so.
 */
function read(text: string, region: string | null): PhoneNumber | null {
  return parsed(text.trim(), region) ?? abroad(text.trim());
}

const abroad = (text: string): PhoneNumber | null => (text.startsWith('00') ? parsed(`+${text.slice(2)}`, null) : null);

/** Lengths are checked and ranges are not: numbers are given out faster than tables of them are. */
function parsed(text: string, region: string | null): PhoneNumber | null {
  // RFC 7643 §4.1.2 asks for `tel:` URIs, which only the search for a number within a text takes apart.
  const extract = /^tel:/i.test(text);
  const defaultCountry = region !== null && isSupportedCountry(region) ? region : undefined;
  const number = parsePhoneNumberFromString(text, { extract, ...(defaultCountry && { defaultCountry }) });
  return number?.isPossible() ? number : null;
}
