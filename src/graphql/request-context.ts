import DataLoader from 'dataloader';
import type { Actor } from '../domain/actor.ts';
import type { Call, Hub } from '../domain/command.ts';
import type { Policy } from '../domain/policy.ts';
import { type Readers, type Reads, readsOf } from '../domain/reading/readers.ts';
import { sightOf } from '../domain/users/sight.ts';
import type { Sight } from '../domain/users/user-reader.ts';
import type { Selection } from './selection.ts';

/** The most rows that one request may read in lists of lists. */
const MOST_ROWS = 20_000;

/** What the resolvers of one request share; nothing in it outlives the request. */
export class RequestContext {
  readonly hub: Hub;
  readonly call: Call;
  readonly reads: Reads;
  /** Whom the caller sees by id. */
  readonly sight: Sight;
  /** Whom the caller sees by a name, which a deleted person has no more. */
  readonly sightByName: Sight;
  readonly publicUrl: string;
  rowsLeft = MOST_ROWS;
  readonly #loaders = new Map<string, DataLoader<never, unknown>>();
  readonly #shared = new Map<Selection, unknown>();
  #policy: Promise<Policy> | null = null;

  constructor(hub: Hub, readers: Readers, publicUrl: string, call: Call) {
    this.hub = hub;
    this.call = call;
    this.reads = readsOf(call.actor, readers);
    this.sight = sightOf(call.actor);
    this.sightByName = { ...this.sight, deleted: false };
    this.publicUrl = publicUrl;
  }

  get actor(): Actor {
    return this.call.actor;
  }

  /** The loader of that name, which must say everything that tells its questions from another's. */
  loader<Key, Value>(name: string, load: (keys: readonly Key[]) => Promise<Value[]>): DataLoader<Key, Value> {
    const known = this.#loaders.get(name);
    if (known) return known as unknown as DataLoader<Key, Value>;
    const made = new DataLoader<Key, Value>(load);
    this.#loaders.set(name, made as unknown as DataLoader<never, unknown>);
    return made;
  }

  /** What all rows share that a field is resolved for, made once: its arguments are the same for each of them. */
  once<Value>(field: Selection, make: () => Value): Value {
    const known = this.#shared.get(field);
    if (known !== undefined) return known as Value;
    const made = make();
    this.#shared.set(field, made);
    return made;
  }

  /** Forgets what was read: after a mutation, the next one must not answer from before it. */
  forget(): void {
    this.#loaders.clear();
    this.#shared.clear();
    this.#policy = null;
  }

  /** The tenant's policy as it stands, read once a request. */
  policy(): Promise<Policy> {
    this.#policy ??= this.hub.storage.policy(this.actor.tenantId, true);
    return this.#policy;
  }
}
