import { isJsonObject } from '../../domain/json.ts';
import { type Exchange, parameter } from '../exchange.ts';
import { invalidSyntax } from '../faults.ts';
import type { Names } from '../resource/projection.ts';

/** What a client asks of a list, as it was written (RFC 7644 §3.4.2, §3.4.3, RFC 9865 §2); absent: not asked. */
export type SearchRequest = {
  filter?: string;
  sortBy?: string;
  sortOrder?: string;
  startIndex?: string;
  count?: string;
  cursor?: string;
  attributes?: Names;
  excludedAttributes?: Names;
};

const texts = ['filter', 'sortBy', 'sortOrder', 'startIndex', 'count', 'cursor'] as const;
const lists = ['attributes', 'excludedAttributes'] as const;

/** The request in the query of a GET; names in any case. */
export function requestInQuery(exchange: Exchange): SearchRequest {
  const request: SearchRequest = {};
  for (const name of [...texts, ...lists]) {
    const given = parameter(exchange, name.toLowerCase());
    if (given !== undefined) request[name] = given;
  }
  return request;
}

/**
 * The request in the body of a POST to `.search`. A missing `schemas` is no matter, numbers may be texts, null is not
 * given. Throws invalidSyntax for what is not such a message.
 */
export function requestInBody(body: unknown): SearchRequest {
  if (!isJsonObject(body)) throw invalidSyntax('A search is a JSON object.');
  const given = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  const request: SearchRequest = {};
  for (const name of texts) {
    const value = given.get(name.toLowerCase()) ?? null;
    if (value === null) continue;
    if (typeof value !== 'string' && typeof value !== 'number') throw invalidSyntax(`${name} must be a text.`);
    request[name] = String(value);
  }
  for (const name of lists) {
    const value = given.get(name.toLowerCase()) ?? null;
    if (value === null) continue;
    if (typeof value !== 'string' && !isTexts(value)) throw invalidSyntax(`${name} must be a list of names.`);
    request[name] = value;
  }
  return request;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
