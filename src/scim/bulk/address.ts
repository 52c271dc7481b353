import { ScimFault } from '../faults.ts';
import type { ResourceType } from '../schema/urns.ts';

/** What an operation of a bulk is about: the resources of a kind, or one of them. */
export type Address = { readonly resourceType: ResourceType; readonly id: string | null };

const SHAPE = /^\/?(users|groups)(?:\/([^/?#]+))?\/?$/i;

/** Reads the path of an operation, with or without the address of the server before it; null when it leads nowhere. */
export function addressIn(path: string, baseUrl: string): Address | null {
  const match = SHAPE.exec(path.startsWith(baseUrl) ? path.slice(baseUrl.length) : path);
  if (!match) return null;
  return { resourceType: match[1]!.toLowerCase() === 'users' ? 'User' : 'Group', id: match[2] ?? null };
}

/** As `addressIn`; refused when it leads nowhere. */
export function getAddress(path: string, baseUrl: string): Address {
  const address = addressIn(path, baseUrl);
  if (address) return address;
  throw new ScimFault(
    404,
    null,
    'The path of an operation is /Users or /Groups, and the id of a resource there.',
    'path',
  );
}
