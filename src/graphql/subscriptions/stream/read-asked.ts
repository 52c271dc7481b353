import type { IncomingMessage } from 'node:http';
import { readJson } from '../../../http/body.ts';
import type { Answer } from '../../answer.ts';
import type { Asked } from '../prepare.ts';
import { malformed } from './asking.ts';

/** A subscription as a request asks for it; `operationId` names it on a reserved connection. */
export type AskedByPost = Asked & { operationId: string | null };

const LONGEST_ID = 128;

type Body = { query?: unknown; operationName?: unknown; variables?: unknown; extensions?: unknown };

/** Reads what a request asks for, or why it cannot be one; throws BodyError. */
export async function readAsked(request: IncomingMessage): Promise<AskedByPost | Answer> {
  const body = await readJson(request, ['application/json']);
  if (!isObject(body)) return malformed('Send one operation as a JSON object.');
  const { query, operationName = null, variables = null, extensions = null } = body as Body;
  if (typeof query !== 'string') return malformed('query must be text.');
  if (operationName !== null && typeof operationName !== 'string') {
    return malformed('operationName must be text.');
  }
  if (variables !== null && !isObject(variables)) return malformed('variables must be an object.');
  if (extensions !== null && !isObject(extensions)) return malformed('extensions must be an object.');
  const operationId = extensions?.operationId ?? null;
  if (operationId !== null && !isId(operationId)) {
    return malformed(`extensions.operationId must be text of 1 to ${LONGEST_ID} characters.`);
  }
  return { query, operationName, variables, operationId };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= LONGEST_ID;
