import { parseArgs } from 'node:util';
import type { DialectName } from './dialect.ts';

/** The manual, as `--help` prints it. */
export const HELP = `Plays the Microsoft Entra ID provisioning service against any SCIM 2.0 endpoint.

  npm run entra -- --url https://host/scim/v2 --token secret [options]

  --directory file.json   people and groups to provision (default: a sample company)
  --scenario name         lets things happen between cycles; the sample company has
                          joiners-movers-leavers (use it with --cycles 3)
  --cycles n              1 is the initial cycle; later ones read and compare (default 1)
  --dialect name          verbose, batched or mixed (default: batched when the URL
                          carries aadOptscim062020, else verbose)
  --match paths           matching attributes in order (default userName,externalId)
  --state file.json       keeps links, so that the next run goes on from here
  --parallel n            objects at once (default 8; never more than 5 on one group)
  --people n --groups n --seed n
                          size and seed of the sample company (1000, 60, 1)
  --write-sample file     writes the sample company as a directory file and stops
  --json                  prints the report as JSON

  npm run entra -- --preset SIGNL4 --url https://host --key secret [--seed n] [--policy json]

  --preset name           plays what that product documents to a Rollcall hub, in a new
                          directory, and looks whether each promise is kept: ENTRA_STANDARD,
                          DYNAMIC_SIGNAL, SIGN_IN_ENTERPRISE, DYNASEND or SIGNL4
  --key secret            API key of an admin (default: ROLLCALL_ADMIN_KEY)
  --policy json           switches of the directory to change first, to see what breaks
  --help                  prints this

Exit code: 0 when nothing was refused or broken, 1 when something was, 2 when an option is wrong.
A directory file is { "people": […], "groups": […], "scenarios": {…} }; write the sample to see one.
`;

/** The command line, checked. */
export interface Options {
  url?: string;
  token?: string;
  directory?: string;
  scenario?: string;
  state?: string;
  dialect?: DialectName;
  match?: string[];
  writeSample?: string;
  preset?: string;
  key?: string;
  policy?: object;
  cycles: number;
  parallel: number;
  people: number;
  groups: number;
  seed: number;
  json: boolean;
  help: boolean;
}

/** Reads the command line. Throws an Error that a person can act on. */
export function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ url: text, token: text, directory: text, scenario: text, state: text, dialect: text, match: text },
      ...{ preset: text, key: text, policy: text },
      ...{ cycles: text, parallel: text, people: text, groups: text, seed: text, 'write-sample': text },
      ...{ json: flag, help: { ...flag, short: 'h' } },
    },
  });
  const number = (name: 'cycles' | 'parallel' | 'people' | 'groups' | 'seed', otherwise: number, least: number) => {
    const value = Number(values[name] ?? otherwise);
    if (Number.isInteger(value) && value >= least) return value;
    throw new Error(`--${name} must be a whole number of at least ${least}.`);
  };
  const { dialect } = values;
  if (dialect !== undefined && !['verbose', 'batched', 'mixed'].includes(dialect)) {
    throw new Error('--dialect must be verbose, batched or mixed.');
  }
  const { 'write-sample': writeSample, match, policy, key = process.env.ROLLCALL_ADMIN_KEY, ...rest } = values;
  const needed = rest.preset === undefined ? 'token' : 'key';
  if (!rest.help && writeSample === undefined && (!rest.url || !(needed === 'token' ? rest.token : key))) {
    throw new Error(`--url and --${needed} are needed; --help explains.`);
  }
  return {
    ...rest,
    ...(dialect !== undefined && { dialect: dialect as DialectName }),
    ...(key !== undefined && { key }),
    ...(policy !== undefined && { policy: readPolicy(policy) }),
    ...(match !== undefined && { match: match.split(',') }),
    ...(writeSample !== undefined && { writeSample }),
    cycles: number('cycles', 1, 1),
    parallel: number('parallel', 8, 1),
    people: number('people', 1000, 1),
    groups: number('groups', 60, 0),
    seed: number('seed', 1, 0),
  } as Options;
}

function readPolicy(text: string): object {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('--policy must be JSON, such as {"onDelete":"HIDE"}.');
  }
}
