import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENTERPRISE } from '../../src/entra/mapping.ts';
import { placePath, readPath } from '../../src/entra/scim-path.ts';

/** One request as the peer saw it; `url` is raw. */
export interface Seen {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  rawHeaders: string[];
  body: Body;
}

/** An answer a test puts in place of the peer's own. */
export interface Answer {
  status: number;
  body?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

interface Body {
  schemas?: string[];
  Operations?: Operation[];
  [name: string]: unknown;
}

interface Operation {
  op: string;
  path?: string;
  value?: unknown;
}

interface Member {
  value: string;
}

/** A stored user or group. */
export interface Resource {
  id: string;
  userName?: string;
  displayName?: string;
  members?: Member[];
  [ENTERPRISE]?: { manager?: Member };
  [name: string]: unknown;
}

/** A small SCIM server that does what entra.md asks, unless `interrupt` answers first. */
export class Peer {
  readonly seen: Seen[] = [];
  readonly users = new Map<string, Resource>();
  readonly groups = new Map<string, Resource>();
  /** The most PATCHes that were ever open on one group, and on anything at once. */
  mostOnOneGroup = 0;
  mostAtOnce = 0;
  delayMs = 0;
  interrupt: (seen: Seen) => Answer | undefined = () => undefined;
  readonly #open = new Map<string, number>();
  readonly #server = http.createServer((request, response) => this.#serve(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/scim`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  asked(method: string, url: RegExp): Seen[] {
    return this.seen.filter((one) => one.method === method && url.test(one.url));
  }

  userNamed(name: string): Resource | undefined {
    return [...this.users.values()].find(({ userName }) => userName === name);
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { method = '', url = '', headers, rawHeaders } = request;
    const seen: Seen = { method, url, headers, rawHeaders, body: text ? JSON.parse(text) : {} };
    this.seen.push(seen);
    const open = (this.#open.get(url) ?? 0) + 1;
    this.#open.set(url, open);
    if (method === 'PATCH' && url.includes('/Groups/')) this.mostOnOneGroup = Math.max(this.mostOnOneGroup, open);
    this.mostAtOnce = Math.max(
      this.mostAtOnce,
      [...this.#open.values()].reduce((sum, one) => sum + one),
    );
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    const answer = this.interrupt(seen) ?? this.#answer(seen);
    this.#open.set(url, this.#open.get(url)! - 1);
    response.writeHead(answer.status, { 'content-type': 'application/scim+json', ...answer.headers });
    response.end(answer.text ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body)));
  }

  #answer({ method, url, body }: Seen): Answer {
    const { pathname, searchParams } = new URL(url, 'http://peer');
    const [, , kind, id] = pathname.split('/');
    const store = kind === 'Users' ? this.users : this.groups;
    const shown = (one: Resource) => {
      const { members, ...rest } = one;
      return searchParams.get('excludedAttributes') === 'members' ? rest : one;
    };
    if (method === 'POST') {
      const created: Resource = { ...body, id: randomUUID(), ...(kind === 'Groups' && { members: [] }) };
      store.set(created.id, created);
      return { status: 201, body: created };
    }
    if (id === undefined) {
      const found = [...store.values()].filter((one) => matches(one, searchParams.get('filter')!)).map(shown);
      return { status: 200, body: listResponse(found) };
    }
    const resource = store.get(id);
    if (!resource) return { status: 404, body: { detail: `there is no ${id}` } };
    if (method === 'GET') return { status: 200, body: shown(resource) };
    if (method === 'DELETE') {
      store.delete(id);
      for (const group of this.groups.values()) group.members = group.members?.filter((one) => one.value !== id);
      for (const user of this.users.values())
        if (user[ENTERPRISE]?.manager?.value === id) delete user[ENTERPRISE].manager;
      return { status: 204 };
    }
    for (const operation of body.Operations ?? []) apply(resource, operation);
    return kind === 'Users' ? { status: 200, body: resource } : { status: 204 };
  }
}

/** A ListResponse with these resources. */
export function listResponse(resources: unknown[]): unknown {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
  return { schemas, totalResults: resources.length, startIndex: 1, itemsPerPage: 20, Resources: resources };
}

function matches(resource: Resource, filter: string): boolean {
  const [, path, literal] = /^(.+) eq (".*")$/.exec(filter)!;
  return String(readPath(resource, path!)).toLowerCase() === JSON.parse(literal!).toLowerCase();
}

function apply(resource: Resource, { op, path, value }: Operation): void {
  const removed = /^members\[value eq "(.+)"\]$/.exec(path ?? '')?.[1];
  if (removed) resource.members = resource.members?.filter((one) => one.value !== removed);
  else if (path === 'members') applyMembers(resource, op, value as Member[]);
  else if (path === `${ENTERPRISE}:manager`) applyManager(resource, value as string | Member);
  else if (path === undefined) for (const [key, one] of Object.entries(value as object)) placePath(resource, key, one);
  else placePath(resource, path, value === 'True' ? true : value === 'False' ? false : value);
}

function applyMembers(resource: Resource, op: string, value: Member[]): void {
  const named = new Set(value.map((one) => one.value));
  const others = (resource.members ?? []).filter((one) => !named.has(one.value));
  resource.members =
    op.toLowerCase() === 'remove' ? others : [...others, ...value.map((one) => ({ value: one.value }))];
}

function applyManager(resource: Resource, value: string | Member): void {
  const id = typeof value === 'string' ? value : value.value;
  resource[ENTERPRISE] ??= {};
  if (id === '') delete resource[ENTERPRISE].manager;
  else resource[ENTERPRISE].manager = { value: id };
}
