import type { Case, LoadRequest } from './case.ts';
import type { Company, Side } from './company.ts';

/** How much longer or shorter the floor's answer may be. */
const TOLERANCE = 1.5;

/**
 * Asks both sides once before anything is measured: each must succeed, and the answers must be of about one size.
 * Returns false where the hub does not serve the address.
 */
export async function isServed({ name, request }: Case, company: Company): Promise<boolean> {
  const ask = (side: Side, serial: number) => send(company.urls[side], request[side](company, serial));
  const [hub, floor] = [await ask('hub', 0), await ask('floor', 1)];
  if (hub.status === 404 && name.startsWith('graphql')) return false;
  for (const [side, { status, text }] of Object.entries({ hub, floor }))
    if (status > 299 || text.startsWith('{"errors"')) throw new Error(`${name} at the ${side}: ${status} ${text}`);
  const larger = Math.max(hub.text.length, floor.text.length);
  if (larger > TOLERANCE * Math.min(hub.text.length, floor.text.length))
    throw new Error(`${name}: the answers differ too much.\n${hub.text}\n${floor.text}`);
  return true;
}

async function send(base: string, { path, ...init }: LoadRequest): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${base}${path}`, init);
  return { status: answer.status, text: await answer.text() };
}
