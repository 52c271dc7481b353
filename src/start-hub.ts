import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { type Config, ConfigError } from './config.ts';
import { DEFAULT_TENANT } from './domain/tenant.ts';
import { Budget } from './graphql/cost/budget.ts';
import { graphqlRoom } from './graphql/room.ts';
import { createSchema } from './graphql/schema.ts';
import { openListening } from './graphql/subscriptions/listening.ts';
import { socketRoom } from './graphql/subscriptions/socket-room.ts';
import { streamRoom } from './graphql/subscriptions/stream/stream-room.ts';
import type { Readiness } from './http/health.ts';
import { createMetrics } from './http/metrics.ts';
import { strangerNotes } from './http/note-strangers.ts';
import { oauthRoom } from './http/oauth/room.ts';
import { adminKey, signInWith } from './http/sign-in.ts';
import { socketMetrics } from './http/socket-metrics.ts';
import { type OpenHub, openHub } from './open-hub.ts';
import { pagesRoom } from './pages/room.ts';
import { openRequestQueue } from './request-queue.ts';
import { scimRoom } from './scim/room.ts';
import { startWork } from './start-work.ts';
import { credentialFinder } from './storage/credentials/credential-finder.ts';
import { federationFinder } from './storage/credentials/federation-finder.ts';
import { logHead } from './storage/events/log-head.ts';
import { invitationReader } from './storage/invitations/invitation-reader.ts';
import { openReaders } from './storage/open-readers.ts';
import { isReady } from './storage/readiness.ts';
import { recordReader } from './storage/records/record-reader.ts';
import { requestLog } from './storage/requests/request-log.ts';
import { watchLogs } from './work/watch-log.ts';

/** A hub that listens. */
export type RunningHub = Pick<OpenHub, 'hub' | 'database' | 'firstKey'> & {
  /** The listening socket, for who wants to see how it is set. */
  server: Server;
  /** Where it listens; the port is the one the system gave when PORT is 0. */
  url: string;
  /** Answers no new request, lets the running ones end, then closes the database. */
  stop(): Promise<void>;
};

/** How long requests that are under way may take when the hub stops, in ms. */
const DRAIN_MS = 10_000;

/** Opens the hub and listens. */
export async function startHub(config: Config, log: (line: string) => void): Promise<RunningHub> {
  const { hub, database, schema, firstKey, close } = await openHub(config, log);
  let draining = false;
  const readiness = async (): Promise<Readiness> => {
    const ready = await isReady(database, schema).catch(() => null);
    return { ready: ready === true && !draining, database: ready === null ? 'down' : 'up', schema, draining };
  };
  const admin = config.adminKey ? adminKey(config.adminKey, DEFAULT_TENANT, hub.seal) : null;
  const credentials = credentialFinder(database);
  const signIn = signInWith(credentials, hub.seal, admin);
  const noteStranger = strangerNotes(hub, credentials);
  const records = recordReader(database);
  const { publicUrl, entraAuthority: authority } = config;
  const readers = openReaders(database, hub.storage);
  const federations = federationFinder(database);
  const metrics = createMetrics();
  const kept = requestLog(database);
  const queue = openRequestQueue(kept, metrics.registry);
  const stopWork = startWork({ hub, database, config, metrics, requests: kept, notices: readers.notices, log });
  const watch = watchLogs(logHead(database), (error) => log(`work watch-log ${error}`));
  const budget = new Budget(config.pointsPerSecond);
  const graphql = { schema: await createSchema(), hub, readers, signIn, publicUrl, budget, log };
  const listening = openListening({ ...graphql, watch });
  const sockets = socketRoom({ listening, signIn, publicUrl, log });
  const streams = streamRoom({ ...graphql, listening });
  socketMetrics(metrics.registry, sockets.count, streams.count);
  const rooms = [
    oauthRoom({ hub, credentials, federations, authority, log }),
    pagesRoom(hub, invitationReader(database)),
    scimRoom({ hub, records, signIn, publicUrl, note: queue.note, noteStranger, count: queue.count }),
    await graphqlRoom(graphql),
    streams.room,
  ];
  const app = createApp({ hub, readiness, log, metrics, rooms });
  const server = createServer(
    {
      keepAliveTimeout: 65_000,
      headersTimeout: 20_000,
      requestTimeout: 60_000,
      shouldUpgradeCallback: sockets.wants,
    },
    app.callback(),
  ).on('upgrade', sockets.upgrade);
  const closeAll = async () => {
    await watch.stop();
    await queue.stop();
    await stopWork();
    await close();
  };
  try {
    await listen(server, config);
  } catch (error) {
    await closeAll();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    draining = true;
    await Promise.all([sockets.stop(), streams.stop(), drain(server)]);
    await closeAll();
  };
  return { url: `http://${config.host}:${port}`, server, hub, database, firstKey, stop };
}

const inUse = (port: number) => new ConfigError(`Port ${port} is in use; stop what listens there or set PORT.`);

const listen = (server: Server, { host, port }: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? inUse(port) : error));
    server.listen(port, host, resolve);
  });

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
