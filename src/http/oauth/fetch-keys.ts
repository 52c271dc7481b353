import type { JSONWebKeySet } from 'jose';

const TIMEOUT_MS = 5_000;
/** Entra's own are about 20 kB. */
const LARGEST_BYTES = 256 * 1024;

/** Fetches a set of keys: 200 only, no redirect, within 5 s and 256 KiB; throws whatever goes wrong. */
export async function fetchKeys(url: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { redirect: 'error', signal, headers: { accept: 'application/json' } });
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    throw new Error(`The issuer answered ${response.status}.`);
  }
  return JSON.parse(await readText(response.body));
}

async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > LARGEST_BYTES) throw new Error('The issuer sent more than any set of keys.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
