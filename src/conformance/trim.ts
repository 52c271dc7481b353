const LONGEST = 1200;

// A shorter one is no secret, and would be found in every other word.
const SHORTEST_TOKEN = 6;

/** Takes the token out of a text, the prefix of the run and the ids it made, so that reports hold no secret and do not differ by run. */
export function hideFrom(token: string, prefix: string, ids: readonly string[]): (text: string) => string {
  const withoutToken = (text: string) => (token.length < SHORTEST_TOKEN ? text : text.replaceAll(token, '<token>'));
  return (text) =>
    ids.reduce((hidden, id, n) => hidden.replaceAll(id, `<id ${n + 1}>`), withoutToken(text).replaceAll(prefix, 'run'));
}

/** A text as a report shows it: not too long, on one line. */
export function trim(text: string): string {
  const line = text
    .split('\n')
    .map((part) => part.trim())
    .join(' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}… (${line.length} characters)` : line;
}

/** A path with its filter readable. */
export function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
