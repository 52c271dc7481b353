import { required } from './attribute-values.ts';
import { demandStatus } from './demand.ts';
import type { Resource } from './json.ts';
import type { Line, Reply, Sent } from './line.ts';
import type { Kind, Server } from './server.ts';
import { GROUP, PATCH_OP, USER } from './urns.ts';

/** One operation of a PATCH (RFC 7644 §3.5.2). */
export interface Operation {
  op: string;
  path?: string;
  value?: unknown;
  [name: string]: unknown;
}

/** A resource that a check made; `path` is where it is. */
export interface Made {
  id: string;
  path: string;
  body: Resource;
  reply: Reply;
}

type Headers = Sent['headers'];

/** What a check works with. Everything it makes is noted, and deleted by `cleanUp`. */
export interface Bench {
  readonly server: Server;
  send: Line;
  get(path: string, headers?: Headers): Promise<Reply>;
  /** Reads what an address in an answer leads to; a relative one is resolved (RFC 7643 §2.3.7). */
  follow(reference: string): Promise<Reply>;
  post(path: string, body: unknown, headers?: Headers): Promise<Reply>;
  put(path: string, body: unknown, headers?: Headers): Promise<Reply>;
  /** Sends operations as a PatchOp message. */
  patch(path: string, ...operations: Operation[]): Promise<Reply>;
  delete(path: string, headers?: Headers): Promise<Reply>;
  /** Lists resources; the filter is encoded here. */
  query(kind: Kind, parameters: Record<string, string | number>): Promise<Reply>;
  /** PATCHes, demands success, and answers with the resource as a GET shows it then. */
  patched(path: string, ...operations: Operation[]): Promise<Reply>;
  /** A text that nothing else in the run has; all of them begin alike. */
  name(label?: string): string;
  /** The least body the server accepts for a new user or group, and these attributes on top. */
  userBody(attributes?: Resource): Resource;
  groupBody(attributes?: Resource): Resource;
  user(attributes?: Resource): Promise<Made>;
  /** A new group with these users in it. */
  group(members?: Made[], attributes?: Resource): Promise<Made>;
  cleanUp(): Promise<void>;
}

/** Opens a bench. `name` makes texts that are unique in the run. */
export function openBench(line: Line, server: Server, name: (label?: string) => string): Bench {
  const made: string[] = [];
  // What a POST made is known by its answer, also in checks that expected a refusal.
  const send: Line = async (method, path, sent) => {
    const reply = await line(method, path, sent);
    const kind = /^\/(Users|Groups)\/?(\?|$)/.exec(path)?.[1];
    if (method === 'POST' && kind && reply.status < 300 && typeof reply.body.id === 'string') {
      made.push(`/${kind}/${encodeURIComponent(reply.body.id)}`);
    }
    if (method === 'POST' && path === '/Bulk') made.push(...madeByBulk(reply));
    return reply;
  };
  const create = async (place: string, body: Resource): Promise<Made> => {
    const reply = demandStatus(await send('POST', place, { body }), 201);
    const id = String(reply.body.id);
    return { id, path: `${place}/${encodeURIComponent(id)}`, body: reply.body, reply };
  };
  const bench: Bench = {
    server,
    send,
    name,
    get: (path, headers) => send('GET', path, { headers }),
    follow: (reference) => {
      const from = reference.startsWith('../') ? `${server.base}/Users/` : `${server.base}/`;
      return send('GET', new URL(reference, from).href);
    },
    post: (path, body, headers) => send('POST', path, { body, headers }),
    put: (path, body, headers) => send('PUT', path, { body, headers }),
    patch: (path, ...Operations) => send('PATCH', path, { body: { schemas: [PATCH_OP], Operations } }),
    delete: (path, headers) => send('DELETE', path, { headers }),
    query: (kind, parameters) => {
      const pairs = Object.entries(parameters).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
      return send('GET', `/${kind}s?${pairs.join('&')}`);
    },
    patched: async (path, ...operations) => {
      demandStatus(await bench.patch(path, ...operations), 200, 204);
      return demandStatus(await send('GET', path.split('?')[0]!), 200);
    },
    userBody: (attributes = {}) => ({
      schemas: [USER],
      ...required(server, 'User', name),
      userName: `${name()}@conformance.example`,
      ...attributes,
    }),
    groupBody: (attributes = {}) => ({
      schemas: [GROUP],
      ...required(server, 'Group', name),
      displayName: name(),
      ...attributes,
    }),
    user: (attributes) => create('/Users', bench.userBody(attributes)),
    group: (members = [], attributes = {}) =>
      create('/Groups', bench.groupBody({ members: members.map(({ id }) => ({ value: id })), ...attributes })),
    cleanUp: async () => {
      for (const path of made.splice(0).reverse()) await line('DELETE', path);
    },
  };
  return bench;
}

function madeByBulk({ text }: Reply): string[] {
  const locations = [...text.matchAll(/"location"\s*:\s*"([^"]+)"/g)].map(([, location]) => location!);
  return [...new Set(locations.flatMap((location) => /\/(?:Users|Groups)\/[^/?]+$/.exec(location)?.[0] ?? []))];
}
