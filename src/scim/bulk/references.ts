import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { setOwn } from '../resource/own.ts';
import type { BulkOperation } from './bulk-request.ts';

const PREFIX = 'bulkId:';
/** A reference inside a path: an address, or the filter of a PATCH. */
const IN_PATH = /bulkId:[^"'\]\s/]+/g;

/** The bulkIds that an operation speaks of, in its address and anywhere in its data (RFC 7644 §3.7.2). */
export function referencesIn({ path, data }: BulkOperation): Set<string> {
  const found = new Set<string>();
  const note = (bulkId: string) => {
    found.add(bulkId);
    return '';
  };
  resolvePath(path, note);
  if (data !== undefined) resolveData(data, note);
  return found;
}

/** The address with the ids that the references stand for. */
export const resolvePath = (path: string, idOf: (bulkId: string) => string): string =>
  path.replace(IN_PATH, (reference) => idOf(reference.slice(PREFIX.length)));

/** The data with the ids that the references stand for; what is given stays as it is. The body's depth is bounded. */
export function resolveData(data: Json, idOf: (bulkId: string) => string): Json {
  if (typeof data === 'string') {
    return data.startsWith(PREFIX) ? idOf(data.slice(PREFIX.length)) : data;
  }
  if (Array.isArray(data)) return data.map((one) => resolveData(one, idOf));
  if (!isJsonObject(data)) return data;
  const resolved: JsonObject = {};
  for (const [name, value] of Object.entries(data)) {
    const isFilter = name.toLowerCase() === 'path' && typeof value === 'string';
    setOwn(resolved, name, isFilter ? resolvePath(value, idOf) : resolveData(value, idOf));
  }
  return resolved;
}
