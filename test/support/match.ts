export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

type Test = (argument: Json, actual: Json | undefined) => boolean;

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Each is written as an object with one key: `{"$match": "^W/"}`. */
const matchers: Record<string, Test> = {
  /** A text that the regular expression finds. */
  $match: (pattern, actual) => typeof actual === 'string' && new RegExp(String(pattern)).test(actual),
  /** Not there at all; null is there. */
  $absent: (_, actual) => actual === undefined,
  /** There, and not null. */
  $any: (_, actual) => actual !== undefined && actual !== null,
  /** A date and time of RFC 3339. */
  $date: (_, actual) => typeof actual === 'string' && DATE_TIME.test(actual) && !Number.isNaN(Date.parse(actual)),
  /** A list of that length. */
  $count: (length, actual) => Array.isArray(actual) && actual.length === length,
  /** Absent, null, "", [] or an object of such. */
  $empty: (_, actual) => isEmpty(actual),
  /** A list in which every given element has its match; more are allowed. */
  $contains: (wanted, actual) =>
    Array.isArray(actual) && Array.isArray(wanted) && unpaired(wanted, actual).length === 0,
  /** No list, or one without an element like this. */
  $without: (unwanted, actual) =>
    actual === undefined || (Array.isArray(actual) && actual.every((item) => matches(unwanted, item).length > 0)),
};

/**
 * Says in words where `actual` is not what `expected` asks for; an empty list is success.
 * Objects: the listed members match, others are allowed. Lists: same length, matched in any order.
 */
export function matches(expected: Json, actual: Json | undefined, at = ''): string[] {
  const difference = `${at || 'value'}: expected ${show(expected)}, got ${show(actual)}`;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [difference];
    return unpaired(expected, actual).map((item) => `${at || 'value'}: nothing like ${show(item)} in ${show(actual)}`);
  }
  if (expected === null || typeof expected !== 'object') return expected === actual ? [] : [difference];

  const keys = Object.keys(expected);
  const test = keys.length === 1 ? matchers[keys[0]!] : undefined;
  if (test) return test(expected[keys[0]!]!, actual) ? [] : [difference];
  if (actual === null || typeof actual !== 'object' || Array.isArray(actual)) return [difference];
  return keys.flatMap((key) => matches(expected[key]!, actual[key], at ? `${at}.${key}` : key));
}

/** The expected elements that are left over when as many as possible are paired (Kuhn's augmenting paths). */
function unpaired(expected: Json[], actual: Json[]): Json[] {
  const fits = expected.map((wanted) => actual.map((item) => matches(wanted, item).length === 0));
  const takenBy = new Map<number, number>();
  const pair = (wanted: number, tried: Set<number>): boolean =>
    actual.some((_, item) => {
      if (!fits[wanted]![item] || tried.has(item)) return false;
      tried.add(item);
      const holder = takenBy.get(item);
      if (holder !== undefined && !pair(holder, tried)) return false;
      takenBy.set(item, wanted);
      return true;
    });
  return expected.filter((_, wanted) => !pair(wanted, new Set()));
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

function show(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
