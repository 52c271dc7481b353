import type { JsonObject } from '../../domain/json.ts';
import { faultBody, type ScimFault } from '../faults.ts';
import { locationOf } from '../resource/render.ts';
import { addressIn } from './address.ts';
import type { BulkOperation } from './bulk-request.ts';
import type { Done } from './perform.ts';

/** What came of one operation (RFC 7644 §3.7.3); the status is a text there. */
export type BulkResult = JsonObject;

export const success = (
  operation: BulkOperation,
  { address, status, id, etag }: Done,
  baseUrl: string,
): BulkResult => ({
  ...named(operation),
  ...(etag !== null && { version: etag }),
  location: locationOf(address.resourceType, id, baseUrl),
  status: String(status),
});

/** With the error, and without a location where nothing was made. */
export function failure(operation: BulkOperation, fault: ScimFault, baseUrl: string): BulkResult {
  const address = addressIn(operation.path, baseUrl);
  const location = address?.id && { location: locationOf(address.resourceType, address.id, baseUrl) };
  return { ...named(operation), ...location, status: String(fault.status), response: faultBody(fault) };
}

const named = ({ method, bulkId }: BulkOperation): JsonObject => ({ method, ...(bulkId !== null && { bulkId }) });
