import { type Embedded, startCluster } from './start-cluster.ts';

/**
 * Starts the PostgreSQL that comes with the hub, or joins the one already running on `dataDir`.
 *
 * In `dataDir`: `pgdata` (the cluster), `password` (0600), `port`, `postgres.log`. It listens on 127.0.0.1 only and
 * outlives a hub that is killed; the next start finds it again. Several hubs of one machine may share a folder: the last
 * one to stop stops the server.
 *
 * As root the server runs as an unprivileged account. Where that account cannot reach `dataDir` (below /root, say) the
 * cluster and a copy of the binaries live in /var/lib/rollcall, and `pgdata` is a link: back up what it points to.
 */
export function startEmbedded(options: { dataDir: string; log?: (message: string) => void }): Promise<Embedded> {
  return startCluster({ dataDir: options.dataDir, ...(options.log && { log: options.log }) });
}
