import http from 'node:http';
import https from 'node:https';
import { type Checked, checkedAddress } from './public-addresses.ts';

const PATIENCE_MS = 10_000;

/**
 * Posts to an address that somebody else named, and returns the status of the answer; what it says is not read. Connects
 * to the address that was checked, whatever the name means by then, and follows no redirect (attacks.md A43).
 */
export async function postJson(
  to: string,
  body: string,
  headers: Record<string, string>,
  allowsLocal: boolean,
): Promise<number> {
  const url = new URL(to);
  const checked = await checkedAddress(url, allowsLocal);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      agent: false,
      lookup: pinnedTo(checked),
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.end(body);
  });
}

type Lookup = NonNullable<http.RequestOptions['lookup']>;

const pinnedTo =
  ({ address, family }: Checked): Lookup =>
  (_host, options, found) =>
    options.all ? found(null, [{ address, family }]) : found(null, address, family);
