import type { Stock } from '../attribute-values.ts';
import type { Bench, Made } from '../bench.ts';
import { demand } from '../demand.ts';
import { holds, type Resource, valueAt, withValue } from '../json.ts';
import type { Reply } from '../line.ts';
import type { Attribute, Kind } from '../server.ts';
import { USER } from '../urns.ts';

/** Resources of one kind to try attributes on, and texts and ids to make values from. */
export interface Workshop extends Stock {
  make(attributes?: Resource): Promise<Made>;
}

/** Opens a workshop; a user and a group are there to be pointed at. */
export const workshop = async (bench: Bench, kind: Kind): Promise<Workshop> => ({
  name: bench.name,
  userId: (await bench.user()).id,
  groupId: (await bench.group()).id,
  make: (attributes) => (kind === 'User' ? bench.user(attributes) : bench.group([], attributes)),
});

/** The body of a resource with the value at that path, and the extension's URN where it is one. */
export function bodyWith(path: string, value: unknown): Resource {
  const body = withValue({}, path, value);
  const urn = Object.keys(body).find((name) => name.startsWith('urn:'));
  return urn === undefined ? body : { ...body, schemas: [USER, urn] };
}

/** Demands the value at the path; `step` says what was done before. */
export function demandKept(step: string, reply: Reply, path: string, { caseExact }: Attribute, value: unknown): void {
  const kept = holds(valueAt(reply.body, path), value, !caseExact);
  demand(reply, kept, `after ${step}, ${path} to be ${JSON.stringify(value)}`);
}
