import { wireId } from '../src/domain/ids.ts';

const path = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';

/** Where a directory writes, and whom: stored ids. */
export type Writer = { url: string; token: string; people: readonly string[] };

/** Writes to people here and there, one after the other, and returns what each write took, in ms. */
export async function writeUntil({ url, token, people }: Writer, isOver: () => boolean): Promise<number[]> {
  const taken: number[] = [];
  for (let number = 0; !isOver(); number++) {
    const id = wireId('usr', people[(number * 7_919) % people.length]!);
    const start = performance.now();
    const answer = await fetch(`${url}/scim/v2/Users/${id}`, {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'Replace', path, value: `Department ${number}` }],
      }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`PATCH ${id}: ${answer.status} ${text}`);
    taken.push(performance.now() - start);
  }
  return taken;
}
