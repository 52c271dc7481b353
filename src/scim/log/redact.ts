import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { setOwn } from '../resource/own.ts';
import { givesSecret, namesSecret, sensitiveNames, withoutCredentials } from './hidden.ts';

/** How much of a body is kept: characters of its JSON, characters of one text, elements of one list, names of one object. */
const LONGEST_BODY = 16_384;
const LONGEST_TEXT = 1_000;
const LONGEST_LIST = 20;
const MOST_NAMES = 200;

const ofTheHub = sensitiveNames();

/**
 * A body as the log keeps it, as JSON text: names, operations and paths stay, what is under the name of a secret never
 * does, what is under that of a sensitive field is masked, and long lists end in a count.
 */
export function redactedBody(body: unknown, sensitive: ReadonlySet<string> = ofTheHub): string | null {
  if (body === undefined) return null;
  const text = withoutCredentials(JSON.stringify(redacted(body as Json, sensitive)));
  return text.length <= LONGEST_BODY ? text : JSON.stringify({ '[cut]': text.slice(0, LONGEST_BODY) });
}

function redacted(value: Json, sensitive: ReadonlySet<string>): Json {
  if (typeof value === 'string') return redactedText(value);
  if (Array.isArray(value)) {
    const shown = value.slice(0, LONGEST_LIST).map((item) => redacted(item, sensitive));
    return value.length > LONGEST_LIST ? [...shown, `[${value.length - LONGEST_LIST} more]`] : shown;
  }
  return isJsonObject(value) ? redactedObject(value, sensitive) : value;
}

const redactedText = (text: string): string => (givesSecret(text) ? '[secret]' : cut(text));

const cut = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);

/** What `value` holds is named by `path`, or by the type or name beside it. */
const NAMING = new Set(['path', 'type', 'name']);

function redactedObject(object: JsonObject, sensitive: ReadonlySet<string>): JsonObject {
  const names = Object.keys(object);
  const naming = names.filter((name) => NAMING.has(name.toLowerCase())).map((name) => object[name]);
  const maskOfValue = naming.map((text) => (typeof text === 'string' ? maskOf(text, sensitive) : null)).find(Boolean);
  const shown: JsonObject = {};
  for (const name of names.slice(0, MOST_NAMES)) {
    const mask = maskOf(name, sensitive) ?? (name.toLowerCase() === 'value' ? maskOfValue : null);
    setOwn(shown, shownName(name), mask ? (object[name] === null ? null : mask) : shownMember(name, object, sensitive));
  }
  if (names.length > MOST_NAMES) shown['[more]'] = names.length - MOST_NAMES;
  return shown;
}

/** A path keeps its form, but not what a filter in it compares with a secret. */
function shownMember(name: string, object: JsonObject, sensitive: ReadonlySet<string>): Json {
  const value = object[name]!;
  const isPath = name.toLowerCase() === 'path' && typeof value === 'string';
  return isPath ? shownName(value) : redacted(value, sensitive);
}

const shownName = (name: string): string => cut(namesSecret(name) ? name.replace(/[[\s"'=].*$/s, '[secret]') : name);

function maskOf(name: string, sensitive: ReadonlySet<string>): string | null {
  if (namesSecret(name)) return '[secret]';
  if (sensitive.size === 0) return null;
  const parts = name.toLowerCase().split(/[^a-z0-9_$-]/);
  return parts.some((part) => sensitive.has(part)) ? '[masked]' : null;
}
