import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { isUnassigned, type Resource, valueAt, withValue } from '../../src/conformance/json.ts';
import { ERROR, GROUP, LIST, USER } from '../../src/conformance/urns.ts';

/** What a peer can do wrong; without any of them it is right in what the tests of the runner ask. */
export type Bug =
  | 'remove-members clears the group'
  | '404 on an empty filter'
  | 'the status of errors is a number'
  | 'excludedAttributes is ignored'
  | 'valuePath is noTarget'
  | 'ETag is ignored'
  | 'filters are ignored'
  | 'a duplicate is created'
  | 'application/json'
  | 'no Location'
  | 'PATCH is not atomic'
  | 'PATCH answers what was before'
  | 'add doubles a member'
  | 'primary stays where it was'
  | 'undeclared attributes'
  | 'count is ignored'
  | 'startIndex is ignored'
  | 'deleted users stay'
  | 'filters look at case'
  | 'sub-attributes are lost';

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Operation {
  op: string;
  path?: string;
  value?: unknown;
}

const text = (name: string, more: Resource = {}) => ({ name, type: 'string', multiValued: false, ...more });
const list = (name: string, subAttributes: Resource[]) => ({ name, type: 'complex', multiValued: true, subAttributes });
const emails = list('emails', [text('value'), text('type'), { ...text('primary'), type: 'boolean' }]);
const members = list('members', [text('value'), { ...text('$ref'), type: 'reference', referenceTypes: ['User'] }]);
const SCHEMAS = [
  {
    id: USER,
    attributes: [text('userName', { required: true }), text('displayName'), text('nickName'), text('title'), emails],
  },
  { id: GROUP, attributes: [text('displayName', { required: true, uniqueness: 'server' }), members] },
];
const supported = (is: boolean) => ({ supported: is });
const CONFIG = { patch: supported(true), filter: supported(true), etag: supported(true), bulk: supported(false) };

/** A small SCIM server of its own, with switches for what servers get wrong. */
export class WrongPeer {
  readonly bugs = new Set<Bug>();
  readonly stores: Record<string, Map<string, Resource>> = { Users: new Map(), Groups: new Map() };
  readonly #server = http.createServer((request, response) => this.#serve(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks).toString();
    const answer = this.#tryAnswer(request, sent);
    const type = this.bugs.has('application/json') ? 'application/json' : 'application/scim+json';
    response.writeHead(answer.status, { 'content-type': type, ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  /** What it does not understand is refused. */
  #tryAnswer(request: http.IncomingMessage, sent: string): Answer {
    try {
      return this.#answer(request, sent ? JSON.parse(sent) : {});
    } catch {
      return this.#refuse(400, 'invalidSyntax');
    }
  }

  #answer({ method, url = '', headers }: http.IncomingMessage, body: Resource): Answer {
    const { pathname, searchParams } = new URL(url, 'http://peer');
    const [, kind = '', id] = pathname.split('/').map(decodeURIComponent);
    if (kind === 'Schemas') return { status: 200, body: listOf(SCHEMAS) };
    if (kind === 'ServiceProviderConfig') return { status: 200, body: CONFIG };
    const store = this.stores[kind];
    if (!store) return this.#refuse(404);
    if (id === undefined) return method === 'POST' ? this.#create(kind, store, body) : this.#list(store, searchParams);
    const there = store.get(id);
    if (!there) return this.#refuse(404);
    const condition = headers['if-match'];
    const isStale = condition !== undefined && condition !== '*' && condition !== version(there);
    if (isStale && !this.bugs.has('ETag is ignored')) return this.#refuse(412);
    if (method === 'DELETE') {
      if (!this.bugs.has('deleted users stay')) store.delete(id);
      return { status: 204 };
    }
    if (method === 'PUT') return this.#keep(store, { ...body, id, meta: there.meta });
    if (method === 'PATCH') return this.#patch(store, there, body.Operations as Operation[]);
    return this.#show(there, searchParams, 200);
  }

  #refuse(status: number, scimType?: string): Answer {
    const shown = this.bugs.has('the status of errors is a number') ? status : String(status);
    return { status, body: { schemas: [ERROR], status: shown, scimType } };
  }

  #create(kind: string, store: Map<string, Resource>, sent: Resource): Answer {
    const name = kind === 'Users' ? 'userName' : 'displayName';
    const taken = [...store.values()].some((one) => same(one[name], sent[name]));
    if (taken && !this.bugs.has('a duplicate is created')) return this.#refuse(409, 'uniqueness');
    const id = randomUUID();
    const meta = { resourceType: kind.slice(0, -1), version: '', location: `/${kind}/${id}` };
    const made = this.#keep(store, { ...sent, id, meta });
    const headers = this.bugs.has('no Location') ? made.headers : { ...made.headers, location: meta.location };
    return { status: 201, body: made.body, headers };
  }

  #keep(store: Map<string, Resource>, resource: Resource): Answer {
    const kept: Resource = { ...resource, meta: { ...(resource.meta as Resource), version: `W/"${randomUUID()}"` } };
    if (this.bugs.has('undeclared attributes')) kept.shoeSize = 38;
    if (this.bugs.has('sub-attributes are lost') && Array.isArray(kept.emails)) {
      kept.emails = (kept.emails as Resource[]).map(({ value }) => ({ value }));
    }
    store.set(String(kept.id), kept);
    return { status: 200, body: kept, headers: { etag: version(kept) } };
  }

  #show(resource: Resource, query: URLSearchParams, status: number): Answer {
    return { status, body: this.#seen(resource, query), headers: { etag: version(resource) } };
  }

  #seen(resource: Resource, query: URLSearchParams): Resource {
    const excluded = this.bugs.has('excludedAttributes is ignored') ? null : query.get('excludedAttributes');
    return Object.fromEntries(Object.entries(resource).filter(([name]) => name !== excluded));
  }

  #list(store: Map<string, Resource>, query: URLSearchParams): Answer {
    const filter = this.bugs.has('filters are ignored') ? null : query.get('filter');
    const found = [...store.values()].filter((one) => filter === null || this.#matches(one, filter));
    if (filter !== null && found.length === 0 && this.bugs.has('404 on an empty filter')) return this.#refuse(404);
    const from = this.bugs.has('startIndex is ignored') ? 1 : Math.max(1, Number(query.get('startIndex') ?? 1));
    const count = this.bugs.has('count is ignored') ? 1000 : Math.max(0, Number(query.get('count') ?? 100));
    const page = found.slice(from - 1, from - 1 + count).map((one) => this.#seen(one, query));
    return { status: 200, body: { ...listOf(page), totalResults: found.length, startIndex: from } };
  }

  #matches(resource: Resource, filter: string): boolean {
    const [, path = '', op, literal = '""'] = /^(\S+) (eq|sw) (".*")$/.exec(filter) ?? [];
    const [value, wanted] = [String(valueAt(resource, path)), String(JSON.parse(literal))];
    if (op === 'sw') return value.startsWith(wanted);
    return this.bugs.has('filters look at case') ? value === wanted : same(value, wanted);
  }

  #patch(store: Map<string, Resource>, before: Resource, operations: Operation[]): Answer {
    let after = before;
    for (const operation of operations) {
      const changed = this.#apply(after, operation);
      if (!changed) {
        if (this.bugs.has('PATCH is not atomic')) this.#keep(store, after);
        return this.#refuse(400, operation.path === 'id' ? 'mutability' : 'noTarget');
      }
      after = changed;
    }
    const answer = this.#keep(store, after);
    return this.bugs.has('PATCH answers what was before') ? { ...answer, body: before } : answer;
  }

  /** The resource after one operation; undefined when it is refused. */
  #apply(resource: Resource, { op, path, value }: Operation): Resource | undefined {
    const kind = op.toLowerCase();
    if (path === undefined) return kind === 'remove' ? undefined : { ...resource, ...(value as Resource) };
    if (path === 'id') return undefined;
    if (path.startsWith('members')) return { ...resource, members: this.#members(resource, kind, path, value) };
    const element = /^emails\[type eq "(\w+)"\]\.(\w+)$/.exec(path);
    if (element) return this.#element(resource, element[1]!, element[2]!, value);
    return withValue(resource, path, kind === 'remove' ? undefined : value);
  }

  #members(resource: Resource, op: string, path: string, value: unknown): Resource[] {
    const there = (resource.members ?? []) as Resource[];
    const named = ((value ?? []) as Resource[]).map((one) => one.value);
    const filtered = /value eq "(.+)"/.exec(path)?.[1];
    if (op === 'replace') return value as Resource[];
    if (op === 'remove') {
      if (this.bugs.has('remove-members clears the group')) return [];
      const gone = filtered === undefined ? named : [filtered];
      return gone.length === 0 ? [] : there.filter((one) => !gone.includes(one.value));
    }
    const kept = this.bugs.has('add doubles a member') ? there : there.filter((one) => !named.includes(one.value));
    return [...kept, ...(value as Resource[])];
  }

  #element(resource: Resource, type: string, part: string, value: unknown): Resource | undefined {
    const there = (resource.emails ?? []) as Resource[];
    const found = there.some((one) => one.type === type);
    if (!found && this.bugs.has('valuePath is noTarget')) return undefined;
    const moves = part === 'primary' && value === true && !this.bugs.has('primary stays where it was');
    const others = (one: Resource) => (moves ? { ...one, primary: false } : one);
    const changed = there.map((one) => (one.type === type ? { ...one, [part]: value } : others(one)));
    return { ...resource, emails: found ? changed : [...changed, { type, [part]: value }] };
  }
}

const same = (one: unknown, other: unknown) =>
  !isUnassigned(one) && String(one).toLowerCase() === String(other).toLowerCase();

const version = (resource: Resource) => String(valueAt(resource, 'meta.version'));

const listOf = (Resources: unknown[]): Resource => ({ schemas: [LIST], totalResults: Resources.length, Resources });
