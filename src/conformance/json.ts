/** A JSON object as it came; every value is still to be looked at. */
export type Resource = { [name: string]: unknown };

/** The value if it is an object, else an empty one. */
export const objectOf = (value: unknown): Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Resource) : {};

/** The value if it is a list, else an empty one; what is no object in it becomes an empty one. */
export const objectsOf = (value: unknown): Resource[] => (Array.isArray(value) ? value.map(objectOf) : []);

/** The names a path goes through: `URN:name.givenName` is the extension, the attribute, its part (RFC 7644 §3.10). */
export function stepsOf(path: string): string[] {
  if (!path.toLowerCase().startsWith('urn:')) return path.split('.');
  const end = path.lastIndexOf(':');
  const schema = path.slice(0, end);
  const rest = path.slice(end + 1).split('.');
  return /:core:2\.0:(User|Group)$/i.test(schema) ? rest : [schema, ...rest];
}

/** The value at a path; through a list it is the list of the parts. Names are found in any case (RFC 7643 §2.1). */
export function valueAt(holder: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>(
    (value, name) => (Array.isArray(value) ? value.map((one) => member(one, name)) : member(value, name)),
    holder,
  );
}

function member(holder: unknown, name: string): unknown {
  const object = objectOf(holder);
  const key = Object.keys(object).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : object[key];
}

/** A copy with the value put at that path. */
export function withValue(holder: Resource, path: string, value: unknown): Resource {
  const [name, ...rest] = stepsOf(path);
  return place(holder, name!, rest, value);
}

function place(holder: Resource, name: string, rest: string[], value: unknown): Resource {
  const [next, ...further] = rest;
  return { ...holder, [name]: next === undefined ? value : place(objectOf(holder[name]), next, further, value) };
}

/** Unassigned: absent, null or an empty list are the same (RFC 7643 §2.5); so is an object with nothing in it. */
export function isUnassigned(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.every(isUnassigned);
  return typeof value === 'object' && Object.values(value).every(isUnassigned);
}

/** Whether what came holds what was sent: objects may hold more, lists have the same elements in any order. */
export function holds(actual: unknown, sent: unknown, anyCase = false): boolean {
  if (Array.isArray(sent)) {
    const left = Array.isArray(actual) ? [...actual] : [];
    if (left.length !== sent.length) return false;
    return sent.every((one) => {
      const at = left.findIndex((other) => holds(other, one, anyCase));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  }
  if (typeof sent === 'object' && sent !== null) {
    return Object.entries(sent).every(([name, value]) => {
      const there = member(actual, name);
      // What is not primary may leave that unsaid (RFC 7643 §2.4).
      return name === 'primary' && value === false ? there !== true : holds(there, value, anyCase);
    });
  }
  if (anyCase && typeof sent === 'string' && typeof actual === 'string') {
    return actual.toLowerCase() === sent.toLowerCase();
  }
  return sent === null ? isUnassigned(actual) : actual === sent;
}
