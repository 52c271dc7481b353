import { uuidOf } from '../../domain/ids.ts';

/** A logged address without what may be personal: values of the query, and segments that are neither a word nor an id. */
export function plainPath(path: string): string {
  const [place = '', query] = path.split('?', 2);
  const shown = place
    .split('/')
    .map((part) => (isPlain(part) ? part : '…'))
    .join('/');
  return query === undefined ? shown : `${shown}?${query.split('&').map(withoutValue).join('&')}`;
}

const WORDS = new Set(['', 'scim', 'v2', 'users', 'groups', 'bulk', 'me', '.search']);

const isPlain = (part: string): boolean =>
  WORDS.has(part.toLowerCase()) || uuidOf('usr', part) !== null || uuidOf('grp', part) !== null;

const PARAMETER = /^(?:filter|startIndex|count|sortBy|sortOrder|attributes|excludedAttributes|cursor)$/i;

function withoutValue(parameter: string): string {
  const [name = ''] = parameter.split('=', 1);
  return PARAMETER.test(name) ? `${name}=…` : '…';
}
