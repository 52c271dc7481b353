/**
 * An `eq` filter as it stands in Entra's URL: space `+`, quote `%22`, everything reserved percent-encoded in small hex
 * (entra.md A9). Returns `filter=…`.
 */
export function filterQuery(path: string, value: string): string {
  // JSON spelling escapes quotes and backslashes the way RFC 7644 §3.4.2.2 wants them.
  return `filter=${encode(`${path} eq ${JSON.stringify(value)}`)}`;
}

function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
    .replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
    .replaceAll('%20', '+');
}
