const LONGEST = 1200;

/** Takes the token out of a text, the prefix of the run and the ids it made, so that reports hold no secret and do not differ by run. */
export const hideFrom =
  (token: string, prefix: string, ids: readonly string[]) =>
  (text: string): string =>
    ids.reduce(
      (hidden, id, n) => hidden.replaceAll(id, `<id ${n + 1}>`),
      text.replaceAll(token, '<token>').replaceAll(prefix, 'run'),
    );

/** A text as a report shows it: not too long, on one line. */
export function trim(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ').trim();
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
