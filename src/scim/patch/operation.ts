import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { invalidSyntax, shown, tooMany } from '../faults.ts';
import { checkWire } from '../resource/check.ts';
import { getOwn, nameIn } from '../resource/own.ts';

/** What an operation does with its value. */
export type Op = 'add' | 'replace' | 'remove';

/** One operation of a PATCH as the client wrote it; `value` is undefined when it has none. */
export type Operation = { readonly op: Op; readonly path: string | null; readonly value: Json | undefined };

const MAX_OPERATIONS = 1000;

/**
 * Reads the body of a PATCH (RFC 7644 §3.5.2), forgiving what Entra and others do (entra.md B16–B21): names and operators
 * in any case, no schemas, no operations, more keys than there should be. Throws invalidSyntax, or tooMany (413).
 */
export function parsePatch(body: unknown): Operation[] {
  if (!isJsonObject(body)) throw invalidSyntax('The body must be a JSON object.');
  const given = getOwn(body, nameIn(body, 'Operations'));
  const operations = isJsonObject(given) ? [given] : given;
  if (!Array.isArray(operations)) throw invalidSyntax('The body must have a list of Operations.');
  if (operations.length > MAX_OPERATIONS) throw tooMany(`A PATCH has at most ${MAX_OPERATIONS} operations.`);
  return operations.map(parseOperation);
}

function parseOperation(given: Json, index: number): Operation {
  if (!isJsonObject(given)) throw invalidSyntax(`Operation ${index} must be an object.`);
  const path = pathOf(given, index);
  const value = getOwn(given, nameIn(given, 'value'));
  if (value !== undefined) checkWire(value, path ?? '');
  return { op: opOf(given, index), path, value };
}

function opOf(given: JsonObject, index: number): Op {
  const op = getOwn(given, nameIn(given, 'op'));
  const lower = typeof op === 'string' ? op.toLowerCase() : '';
  if (lower === 'add' || lower === 'replace' || lower === 'remove') return lower;
  throw invalidSyntax(
    `Operation ${index} has the op ${shown(String(JSON.stringify(op)?.slice(0, 100)))}; it is add, replace or remove.`,
  );
}

function pathOf(given: JsonObject, index: number): string | null {
  const path = getOwn(given, nameIn(given, 'path'));
  if (path === undefined || path === null || path === '') return null;
  if (typeof path !== 'string') throw invalidSyntax(`The path of operation ${index} must be a text.`);
  return path;
}
