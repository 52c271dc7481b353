import { differences } from './difference.ts';
import { filterQuery } from './filter-query.ts';
import { ENTERPRISE } from './mapping.ts';
import { patchBody } from './patch-op.ts';
import { readPath } from './scim-path.ts';
import { ask, type Session } from './session.ts';
import type { Subject } from './subject.ts';
import { listed } from './verdict.ts';

/** Brings one object to its wanted state: read or match, then create it or PATCH what differs (entra.md B2, B6, E4). */
export async function provisionSubject(session: Session, subject: Subject): Promise<void> {
  if (subject.link()?.stuck) {
    session.tally.count('skipped');
    return;
  }
  const linked = subject.link() !== undefined;
  const found = linked ? await read(session, subject) : await match(session, subject);
  if (found === 'refused') return;
  if (found === undefined) {
    if (subject.mayCreate) await create(session, subject);
    else session.tally.count('skipped');
    return;
  }
  if (!linked) {
    session.tally.count('matched');
    subject.keep(String(found.id));
  }
  noteManager(session, subject, found);
  await change(session, subject, found);
}

type Found = Record<string, unknown> | 'refused';

async function read(session: Session, subject: Subject): Promise<Found> {
  const link = subject.link()!;
  const path = `/${subject.kind}s/${encodeURIComponent(link.id)}${subject.readQuery}`;
  const { reply, fault } = await ask(session, { method: 'GET', path, expected: 'resource', id: link.id });
  // Entra does not look for the object again until an administrator restarts the job (entra.md B35).
  if (fault?.code === 'InvalidAnchor') link.stuck = true;
  return fault ? 'refused' : (reply.json as Found);
}

// One GET for each matching attribute, in order, never joined; the first hit counts (entra.md B2).
async function match(session: Session, subject: Subject): Promise<Found | undefined> {
  const query = subject.readQuery ? `${subject.readQuery}&` : '?';
  for (const attribute of subject.matchOn) {
    const value = subject.target.values.get(attribute);
    if (typeof value !== 'string') continue;
    const path = `/${subject.kind}s${query}${filterQuery(attribute, value)}`;
    const { reply, fault } = await ask(session, { method: 'GET', path, expected: 'list' });
    if (fault) return 'refused';
    const [hit] = listed(reply.json)!;
    if (hit) return hit;
  }
  return undefined;
}

async function create(session: Session, subject: Subject): Promise<void> {
  const body = subject.body();
  const { reply, fault } = await ask(session, { method: 'POST', path: `/${subject.kind}s`, body, expected: 'created' });
  if (fault) return;
  session.tally.count(`created${subject.kind}s`);
  subject.keep((reply.json as { id: string }).id);
  noteManager(session, subject, reply.json);
}

async function change(session: Session, subject: Subject, resource: unknown): Promise<void> {
  const found = differences(subject.target, resource);
  if (found.length === 0) {
    session.tally.count('unchanged');
    return;
  }
  const link = subject.link()!;
  const { fault } = await ask(session, {
    method: 'PATCH',
    path: `/${subject.kind}s/${encodeURIComponent(link.id)}`,
    body: patchBody(session.dialect(subject.objectId).change(found)),
    expected: 'patched',
    id: link.id,
  });
  if (fault?.code === 'InvalidAnchor') link.stuck = true;
  if (fault) return;
  session.tally.count(`patched${subject.kind}s`);
  const active = found.find(({ path }) => path === 'active');
  if (active) session.tally.count(active.value ? 'restored' : 'disabled');
}

function noteManager(session: Session, { kind, objectId }: Subject, resource: unknown): void {
  if (kind === 'User') session.managers.set(objectId, readPath(readPath(resource, `${ENTERPRISE}:manager`), 'value'));
}
