import { givesSecret, namesSecret, withoutCredentials } from './hidden.ts';

const LONGEST = 2_048;

/** An address as the log keeps it: whole, but for parameters and segments that name a secret. */
export function redactedPath(address: string): string {
  const [path = '', ...rest] = address.split('?');
  const segments = path.split('/').map((segment) => (givesSecret(decoded(segment)) ? '[secret]' : segment));
  const query = rest.join('?');
  const shown =
    query === '' ? segments.join('/') : `${segments.join('/')}?${query.split('&').map(parameter).join('&')}`;
  return withoutCredentials(shown).slice(0, LONGEST);
}

function parameter(text: string): string {
  if (!namesSecret(decoded(text))) return text;
  const [name = ''] = text.split('=', 1);
  return /^\w{1,40}$/.test(name) ? `${name}=[secret]` : '[secret]';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
