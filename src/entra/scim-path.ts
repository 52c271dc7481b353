// A path taken apart: `urn` is the extension it lives in, `type` the literal of its `[type eq …]`.
interface ScimPath {
  urn?: string;
  attribute: string;
  type?: string;
  sub?: string;
}

// Four forms occur: `title`, `name.givenName`, `emails[type eq "work"].value` and `urn:…:User:department`.
function parsePath(path: string): ScimPath {
  if (path.startsWith('urn:')) {
    // The last colon, not the dot in "2.0", divides the URN from the attribute.
    const colon = path.lastIndexOf(':');
    return { urn: path.slice(0, colon), attribute: path.slice(colon + 1) };
  }
  const filtered = /^(\w+)\[type eq "([^"]+)"\]\.(\w+)$/.exec(path);
  if (filtered) return { attribute: filtered[1]!, type: filtered[2]!, sub: lowerFirst(filtered[3]!) };
  const [attribute, sub] = path.split('.');
  return sub === undefined ? { attribute: attribute! } : { attribute: attribute!, sub };
}

/** The value a resource holds under a mapped path; undefined when there is none. */
export function readPath(resource: unknown, path: string): unknown {
  const { urn, attribute, type, sub } = parsePath(path);
  const holder = urn === undefined ? resource : member(resource, urn);
  const found = member(holder, attribute);
  if (type === undefined) return sub === undefined ? found : member(found, sub);
  const elements = Array.isArray(found) ? found : [];
  const element = elements.find((one) => String(member(one, 'type')).toLowerCase() === type);
  return member(element, sub!);
}

/** Places a value in a resource under a mapped path, creating what is missing on the way. */
export function placePath(resource: Record<string, unknown>, path: string, value: unknown): void {
  const { urn, attribute, type, sub } = parsePath(path);
  const holder = urn === undefined ? resource : child(resource, urn);
  if (type === undefined) {
    if (sub === undefined) holder[attribute] = value;
    else child(holder, attribute)[sub] = value;
    return;
  }
  holder[attribute] ??= [];
  const elements = holder[attribute] as Record<string, unknown>[];
  let element = elements.find((one) => one.type === type);
  if (!element) {
    element = { type };
    elements.push(element);
  }
  element[sub!] = value;
}

function member(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  return (holder as Record<string, unknown>)[name];
}

function child(holder: Record<string, unknown>, name: string): Record<string, unknown> {
  holder[name] ??= {};
  return holder[name] as Record<string, unknown>;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
