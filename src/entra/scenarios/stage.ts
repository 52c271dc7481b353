import type { Happening } from '../directory.ts';
import { type Job, openJob } from '../job.ts';
import type { CycleReport } from '../tally.ts';
import type { Reply } from '../transport.ts';
import { type Cast, castOf } from './cast.ts';
import { type Hub, literal, openHub } from './hub.ts';
import type { Scenario } from './scenario.ts';

/** Where to play: a hub, a key that may administer it, and what to change of the preset first. */
export interface Place {
  url: string;
  key: string;
  seed: number;
  policy?: object;
}

/** What the steps of a story share: both sides of one new directory. */
export interface Stage {
  readonly hub: Hub;
  readonly cast: Cast;
  /** The directory's id. */
  readonly directory: string;
  /** What steps remember for later ones. */
  readonly memory: Record<string, string>;
  /** How many SCIM requests were sent so far. */
  requests(): number;
  happen(...changes: Happening[]): void;
  /** Plays a cycle; throws when the hub refused anything in it. */
  cycle(): Promise<CycleReport>;
  /** Sends one request as Entra does, with the token of the directory. */
  send(method: string, path: string, body?: unknown): Promise<Reply>;
  /** The hub's id of a person or group by the name in the story. */
  idOf(name: string): string;
  /** What GraphQL tells of a person. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question.
  user(name: string, wanted: string): Promise<any>;
  setPolicy(policy: object): Promise<void>;
  /** Connects one more directory of the preset. */
  connectAnother(): Promise<{ directory: string; secret: string }>;
  close(): void;
}

/** Connects a new directory of the preset and sets the stage; `scenario.company` is in Entra. */
export async function setStage(scenario: Scenario, { url, key, seed, policy }: Place): Promise<Stage> {
  const hub = openHub(url, key);
  const cast = castOf(scenario.preset, seed);
  const { directory, secret } = await connect(hub, scenario.preset, seed);
  const setPolicy = async (changed: object) => {
    await hub.command(`updateDirectoryPolicy(id: "${directory}", policy: ${literal(changed)})`);
  };
  if (policy) await setPolicy(policy);
  const { mapping, matchOn } = scenario;
  const job = openJob({
    url: `${hub.url}/scim/v2`,
    token: secret,
    directory: scenario.company(cast),
    mapping,
    matchOn,
  });
  const ids = new Map<string, string>();
  let requests = 0;
  const remember = ({ state }: Job) => {
    for (const [oid, { id }] of Object.entries({ ...state.users, ...state.groups })) ids.set(oid, id);
  };
  const idOf = (name: string) => {
    const id = ids.get(cast.oid(name));
    if (id === undefined) throw new Error(`${name} never arrived`);
    return id;
  };
  return {
    hub,
    cast,
    directory,
    memory: {},
    requests: () => requests,
    happen: (...changes) => changes.forEach(job.happen),
    async cycle() {
      const before = job.refusals().reduce((sum, { count }) => sum + count, 0);
      const report = await job.cycle();
      requests += report.requests;
      remember(job);
      const refusals = job.refusals();
      const [{ why, method, path, answer } = {}] = refusals.slice(-1);
      if (refusals.reduce((sum, { count }) => sum + count, 0) === before) return report;
      throw new Error(`${method} ${path}: ${why} ${answer}`);
    },
    async send(method, path, body) {
      requests++;
      return job.send(method, path, body);
    },
    idOf,
    user: async (name, wanted) => (await hub.ask(`{ user(id: "${idOf(name)}") { ${wanted} } }`)).user,
    setPolicy,
    connectAnother: () => connect(hub, scenario.preset, `${seed}, another`),
    close: () => job.close(),
  };
}

async function connect(
  hub: Hub,
  preset: string,
  seed: number | string,
): Promise<{ directory: string; secret: string }> {
  const name = `${preset} story, seed ${seed}`;
  const { directories } = await hub.ask('{ directories { name } }');
  if (directories.some((one: { name: string }) => one.name === name)) {
    throw new Error(`The ${preset} story was played here with seed ${seed}; take another --seed.`);
  }
  const made = await hub.command(`createDirectory(input: { name: "${name}", preset: ${preset} })`, 'directory { id }');
  const directory: string = made.directory.id;
  const { secret } = await hub.command(`createDirectoryToken(directory: "${directory}")`, 'secret');
  return { directory, secret };
}
