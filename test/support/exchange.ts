import { randomUUID } from 'node:crypto';
import { type Json, matches } from './match.ts';

/** A request as a client put it on the wire; `{{name}}` stands for a saved value. */
export interface RecordedRequest {
  method: string;
  /** Literal, never re-encoded, relative to the SCIM base URL; an absolute URL (a saved Location) is taken as it is. */
  path: string;
  /** null leaves out a header that would otherwise be sent (Authorization, Content-Type). */
  headers?: Record<string, string | null>;
  body?: Json;
  /** Sent byte for byte, for bodies that are not JSON. */
  rawBody?: string;
  /** Signs in as a second directory. */
  directory?: 'other';
}

export interface Expectation {
  status: number | number[];
  /** Regular expression per header. */
  headers?: Record<string, string>;
  /** Subset match, see `matches`. */
  body?: Json;
  /** Members that the body must not have at its top level. */
  absent?: string[];
  /** Exact match. */
  equals?: Json;
}

export interface Exchange {
  request: RecordedRequest;
  expect: Expectation;
  /** Name to dotted path in the answer's body, or to `header:<name>`. Saved before `expect` is looked at. */
  save?: Record<string, string>;
}

/** One exchange; several at once; or one several times, with `{{n}}` counting from 1. */
export type Step = Exchange | { parallel: Step[] } | { repeat: number; step: Exchange };

export interface Scenario {
  title: string;
  steps: Step[];
}

/** A filled request; `body` is the text to send. */
export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string | null>;
  body?: string;
  directory?: 'other';
}

/** Header names in lower case; `body` is the text received. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type Send = (request: WireRequest) => Promise<Answer>;
export type Saved = Record<string, string>;

/**
 * Puts saved values in the place of `{{name}}`, the innermost first, so `{{user{{i}}}}` works.
 * `{"$repeat": n, "of": …}` becomes a list of n, with `{{i}}` counting from 1. Inside `$match` values are taken literally.
 */
export function fill(value: Json, saved: Saved): Json {
  if (typeof value === 'string') return fillText(value, saved);
  if (Array.isArray(value)) return value.map((item) => fill(item, saved));
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$repeat === 'number') {
    const of = value.of ?? null;
    return Array.from({ length: value.$repeat }, (_, index) => fill(of, { ...saved, i: String(index + 1) }));
  }
  if (typeof value.$match === 'string') return { ...value, $match: fillText(value.$match, saved, escapePattern) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, saved)]));
}

/**
 * Plays the steps in order and answers with what differed, in words; an empty list is success.
 * Stops after the first step that differs. `{{guid}}` is one random GUID per run.
 */
export async function runScenario(scenario: Scenario, send: Send, given: Saved = {}): Promise<string[]> {
  const saved = { guid: randomUUID(), ...given };
  for (const [index, step] of scenario.steps.entries()) {
    const differences = await runStep(step, saved, send);
    if (differences.length > 0) return differences.map((difference) => `step ${index + 1}: ${difference}`);
  }
  return [];
}

async function runStep(step: Step, saved: Saved, send: Send): Promise<string[]> {
  if ('parallel' in step) {
    const found = await Promise.all(step.parallel.flatMap(unroll).map((each) => runStep(each, saved, send)));
    return found.flat();
  }
  if ('repeat' in step) {
    for (const each of unroll(step)) {
      const found = await runStep(each, saved, send);
      if (found.length > 0) return found;
    }
    return [];
  }
  const request = wireRequest(step.request, saved);
  const answer = await send(request);
  return judge(step, answer, saved).map((difference) => `${request.method} ${request.path}: ${difference}`);
}

function unroll(step: Step): Step[] {
  if (!('repeat' in step)) return [step];
  const text = JSON.stringify(step.step);
  return Array.from({ length: step.repeat }, (_, index) => JSON.parse(text.replaceAll('{{n}}', String(index + 1))));
}

function wireRequest({ method, path, headers, body, rawBody, directory }: RecordedRequest, saved: Saved): WireRequest {
  const text = body === undefined ? rawBody : JSON.stringify(fill(body, saved));
  const type: Record<string, string> =
    text === undefined ? {} : { 'Content-Type': 'application/scim+json; charset=utf-8' };
  return { method, path: fillText(path, saved), headers: { ...type, ...headers }, body: text, directory };
}

function judge({ expect, save }: Exchange, answer: Answer, saved: Saved): string[] {
  const differences: string[] = [];
  const statuses = [expect.status].flat();
  if (!statuses.includes(answer.status)) {
    return [`status: expected ${statuses.join(' or ')}, got ${answer.status} ${answer.body}`];
  }
  let body: Json | undefined;
  try {
    body = answer.body === '' ? undefined : JSON.parse(answer.body);
  } catch {
    return [`body: not JSON: ${answer.body}`];
  }
  differences.push(...alwaysTrue(answer, body));
  for (const [name, from] of Object.entries(save ?? {})) {
    const found = from.startsWith('header:') ? answer.headers[from.slice('header:'.length)] : lookUp(body, from);
    if (typeof found === 'string') saved[name] = found;
    else differences.push(`${from}: expected a text to save as ${name}, got ${JSON.stringify(found)}`);
  }
  if (differences.length > 0) return differences;

  for (const [name, pattern] of Object.entries(expect.headers ?? {})) {
    const value = answer.headers[name.toLowerCase()] ?? '';
    const filled = fillText(pattern, saved, escapePattern);
    if (!new RegExp(filled).test(value)) differences.push(`header ${name}: expected /${filled}/, got "${value}"`);
  }
  if (expect.body !== undefined) differences.push(...matches(fill(expect.body, saved), body, 'body'));
  for (const member of expect.absent ?? []) {
    differences.push(...matches({ [member]: { $absent: true } }, body, 'body'));
  }
  if (expect.equals !== undefined) {
    const exact = fill(expect.equals, saved);
    differences.push(...matches(exact, body, 'body'), ...(body === undefined ? [] : matches(body, exact, 'surplus')));
  }
  return differences;
}

/** What holds for every answer, so that no recording has to repeat it. */
function alwaysTrue({ status, headers, body: text }: Answer, body: Json | undefined): string[] {
  const differences: string[] = [];
  const type = headers['content-type'] ?? '';
  if (status === 204 && text !== '') differences.push(`body: expected none with 204, got ${text}`);
  if (text !== '' && !/^application\/scim\+json; ?charset=utf-8$/i.test(type)) {
    differences.push(`header content-type: expected application/scim+json; charset=utf-8, got "${type}"`);
  }
  if (status >= 400) {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    differences.push(...matches({ schemas, status: String(status), detail: { $match: '.' } }, body, 'error'));
  }
  return differences;
}

function lookUp(body: Json | undefined, path: string): Json | undefined {
  let found = body;
  for (const key of path.split('.')) {
    if (found === null || typeof found !== 'object') return undefined;
    found = (found as Record<string, Json>)[key];
  }
  return found;
}

function fillText(text: string, saved: Saved, encode = (value: string) => value): string {
  let filled = text;
  for (let before = ''; before !== filled; ) {
    before = filled;
    filled = filled.replace(/\{\{([\w-]+)\}\}/g, (_, name: string) => {
      const value = saved[name];
      if (value === undefined) throw new Error(`nothing was saved as ${name}`);
      return encode(value);
    });
  }
  return filled;
}

function escapePattern(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
