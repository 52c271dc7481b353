import { domainToASCII } from 'node:url';

/** What RFC 5321 §4.1.2 calls an Atom; quoted local parts, comments and address literals are refused. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/;
const LABEL = /^[a-z0-9-]{1,63}$/;
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

/**
 * The address in the one form in which it is mailed, or null where it cannot be: the part before the @ as it is and in
 * ASCII, the domain as in the DNS (RFC 5891). Text that looks like another once it is normalised, such as a full-width
 * @, and characters that cannot be seen are refused, so that no server reads another address than the one that was
 * checked.
 */
export function mailAddress(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > 254) return null;
  const text = given.normalize('NFC');
  if (text.normalize('NFKC') !== text || /\p{Default_Ignorable_Code_Point}/u.test(text)) return null;
  const at = text.indexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || local.length > 64 || !local.split('.').every((atom) => LOCAL.test(atom))) return null;
  const name = text.slice(at + 1);
  const domain = DOMAIN.test(name) ? domainToASCII(name) : '';
  return isHostName(domain) && local.length + domain.length < 254 ? `${local}@${domain}` : null;
}

function isHostName(domain: string): boolean {
  const labels = domain.split('.');
  const isName = (label: string) => LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-');
  // A last label of digits would make it an address of a machine.
  return labels.length > 1 && labels.every(isName) && !/^\d+$/.test(labels.at(-1)!);
}

/** A person's address, or null where there is none that mail can be sent to. */
export const addressOf = ({ values }: { values: Readonly<Record<string, unknown>> }): string | null =>
  mailAddress(values.email);
