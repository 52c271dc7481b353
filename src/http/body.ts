import type { IncomingMessage } from 'node:http';

/** Why a body was not read; adapters say it in their own language. */
export type BodyProblem = 'TOO_LARGE' | 'UNSUPPORTED_TYPE' | 'MALFORMED' | 'TOO_DEEP';

/** The body cannot be taken; `message` is one sentence for people. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly problem: BodyProblem;

  constructor(problem: BodyProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/** The HTTP status that each problem is answered with. */
export const bodyStatus: Record<BodyProblem, number> = {
  TOO_LARGE: 413,
  UNSUPPORTED_TYPE: 415,
  MALFORMED: 400,
  TOO_DEEP: 400,
};

/** The largest body that is read. */
export const LARGEST_BYTES = 1024 * 1024;
/** Deeper JSON overflows the stack of what later walks it. */
const DEEPEST = 64;

/** Reads a JSON body of one of these media types, at most 1 MiB and 64 levels; throws BodyError. */
export async function readJson(request: IncomingMessage, mediaTypes: readonly string[]): Promise<unknown> {
  checkType(request, mediaTypes);
  return parseJson(decode(await readBytes(request, LARGEST_BYTES)));
}

/** Parses JSON of at most 64 levels; throws BodyError. */
export function parseJson(text: string): unknown {
  if (depthOf(text) > DEEPEST) throw new BodyError('TOO_DEEP', `The body is nested deeper than ${DEEPEST} levels.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new BodyError('MALFORMED', 'The body is not valid JSON.');
  }
}

const FORM = 'application/x-www-form-urlencoded';
/** Forms are read before anyone has signed in. */
const LARGEST_FORM_BYTES = 64 * 1024;

/** Reads a form-encoded body of at most 64 KiB; throws BodyError. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  checkType(request, [FORM]);
  return new URLSearchParams(decode(await readBytes(request, LARGEST_FORM_BYTES)));
}

function checkType(request: IncomingMessage, mediaTypes: readonly string[]): void {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  if (!mediaTypes.includes(type.trim())) {
    throw new BodyError('UNSUPPORTED_TYPE', `The Content-Type must be ${mediaTypes.join(' or ')}.`);
  }
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.trim().split('=');
    if (name !== 'charset' || value.replaceAll('"', '') === 'utf-8' || value === 'utf8') continue;
    throw new BodyError('UNSUPPORTED_TYPE', 'The charset must be utf-8.');
  }
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') throw new BodyError('UNSUPPORTED_TYPE', 'The body must not be compressed.');
}

function readBytes(request: IncomingMessage, largest: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const tooLarge = () => new BodyError('TOO_LARGE', `The body is larger than ${largest} bytes.`);
    const cut = () => new BodyError('MALFORMED', 'The body ended too early.');
    if (Number(request.headers['content-length']) > largest) return void reject(tooLarge());
    // A client that went away during sign-in is not heard of again.
    if (request.destroyed) return void reject(cut());
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > largest) reject(tooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () => reject(cut()));
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new BodyError('MALFORMED', 'The body is not valid UTF-8.');
  }
}

/** The deepest nesting of brackets outside of strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === BRACE || code === BRACKET) deepest = Math.max(deepest, ++depth);
    else if (code === BRACE + 2 || code === BRACKET + 2) depth--;
  }
  return deepest;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const BRACKET = 0x5b;

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE) index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  return index;
}
