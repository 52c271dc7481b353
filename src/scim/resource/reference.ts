import type { Json } from '../../domain/json.ts';

/** The id at the end of a resource's address, absolute or relative; null when it is no address (RFC 7643 §2.3.7). */
export function idInAddress(address: Json | undefined): string | null {
  if (typeof address !== 'string') return null;
  const id = address.slice(address.lastIndexOf('/') + 1);
  return id === '' || id === address ? null : id;
}
