import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { invalidSyntax, invalidValue, ScimFault, tooMany } from '../faults.ts';
import { getOwn, nameIn } from '../resource/own.ts';

/** Published in ServiceProviderConfig; the payload is bounded as every body is. */
export const MAX_OPERATIONS = 1000;

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type BulkMethod = (typeof methods)[number];

/** One operation of a bulk as the client wrote it; what of it is wrong is said when its turn comes. */
export type BulkOperation = {
  readonly method: string;
  readonly bulkId: string | null;
  readonly path: string;
  readonly version: string | null;
  readonly data: Json | undefined;
};

export type BulkRequest = {
  /** After so many operations have failed, no further one is begun; null: all are. */
  readonly failOnErrors: number | null;
  readonly operations: readonly BulkOperation[];
};

/** Reads the body of a bulk (RFC 7644 §3.7). Throws invalidSyntax, invalidValue, or tooMany (413). */
export function parseBulk(body: unknown): BulkRequest {
  if (!isJsonObject(body)) throw invalidSyntax('The body must be a JSON object.');
  const given = getOwn(body, nameIn(body, 'Operations'));
  if (!Array.isArray(given)) throw invalidSyntax('The body must have a list of Operations.');
  if (given.length > MAX_OPERATIONS) {
    throw tooMany(`The bulk has ${given.length} operations; maxOperations is ${MAX_OPERATIONS}.`);
  }
  const operations = given.map(parseOperation);
  demandDistinct(operations);
  return { failOnErrors: failOnErrors(getOwn(body, nameIn(body, 'failOnErrors'))), operations };
}

function failOnErrors(given: Json | undefined): number | null {
  if (given === undefined || given === null) return null;
  const limit = typeof given === 'string' ? Number(given) : given;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
  throw invalidValue('failOnErrors', 'must be a whole number of at least 1.');
}

function parseOperation(given: Json, index: number): BulkOperation {
  if (!isJsonObject(given)) throw invalidSyntax(`Operation ${index} must be an object.`);
  const text = (name: string) => textIn(given, name, index);
  return {
    method: (text('method') ?? '').toUpperCase(),
    bulkId: text('bulkId'),
    path: text('path') ?? '',
    version: text('version'),
    data: getOwn(given, nameIn(given, 'data')),
  };
}

function textIn(operation: JsonObject, name: string, index: number): string | null {
  const value = getOwn(operation, nameIn(operation, name));
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return value;
  throw invalidSyntax(`The ${name} of operation ${index} must be a text.`);
}

function demandDistinct(operations: readonly BulkOperation[]): void {
  const ids = operations.flatMap(({ bulkId }) => bulkId ?? []);
  if (new Set(ids).size < ids.length) throw invalidValue('bulkId', 'must be another one for each operation.');
}

/** The method, when it is one that a bulk may have. */
export function bulkMethod(method: string): BulkMethod {
  const known = methods.find((one) => one === method);
  if (known) return known;
  throw new ScimFault(400, 'invalidSyntax', 'The method of an operation is POST, PUT, PATCH or DELETE.', 'method');
}
