import { afterEach, beforeEach } from 'vitest';
import type { Directory, Person } from '../../src/entra/directory.ts';
import { type ProvisionOptions, provision, type Report } from '../../src/entra/provision.ts';
import { Peer } from './peer.ts';

/** A fresh peer for each test of a file, and a run against it. */
export function withPeer(): { peer(): Peer; run(options: Omit<ProvisionOptions, 'url' | 'token'>): Promise<Report> } {
  let peer: Peer;
  let url: string;
  beforeEach(async () => {
    peer = new Peer();
    url = await peer.listen();
  });
  afterEach(() => peer.close());
  return { peer: () => peer, run: (options) => provision({ url, token: 'secret', ...options }) };
}

/** A person with an address and nothing else, unless more is given. */
export function person(id: string, more: Partial<Person> = {}): Person {
  return { id, userPrincipalName: `${id}@example.com`, accountEnabled: true, ...more };
}

/** A directory of these people alone. */
export function directoryOf(people: Person[], more: Partial<Directory> = {}): Directory {
  return { people, groups: [], ...more };
}
