import { givesSecret, namesSecret, withoutCredentials } from './hidden.ts';

const LONGEST = 2_048;

/** An address as the log keeps it: whole, but for parameters and segments that name a secret. */
export function redactedPath(address: string, sensitive: ReadonlySet<string> = new Set()): string {
  const [path = '', ...rest] = address.split('?');
  const segments = path.split('/').map((segment) => (givesSecret(decoded(segment)) ? '[secret]' : segment));
  const query = rest.join('?');
  const shown = query === '' ? segments.join('/') : `${segments.join('/')}?${shownQuery(query, sensitive)}`;
  return withoutCredentials(shown).slice(0, LONGEST);
}

/** What follows a secret may be the rest of it, where an ampersand was not encoded. */
const SURELY_OTHER = /^(?:startIndex|count|attributes|excludedAttributes|sortBy|sortOrder)=/i;

/** A filter that may compare a sensitive attribute with a value. */
function asksSensitive(text: string, sensitive: ReadonlySet<string>): boolean {
  if (sensitive.size === 0 || !/^filter=/i.test(text)) return false;
  const filter = decoded(text).toLowerCase();
  return [...sensitive].some((name) => filter.includes(name));
}

function shownQuery(query: string, sensitive: ReadonlySet<string>): string {
  let isAfterSecret = false;
  const parts = query.split('&').map((text) => {
    if (asksSensitive(text, sensitive)) {
      isAfterSecret = true;
      return 'filter=[masked]';
    }
    if (!namesSecret(decoded(text))) return isAfterSecret && !SURELY_OTHER.test(text) ? '[secret]' : text;
    isAfterSecret = true;
    const [name = ''] = text.split('=', 1);
    return /^\w{1,40}$/.test(name) ? `${name}=[secret]` : '[secret]';
  });
  return parts.join('&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
