import { parseArgs } from 'node:util';

/** What the command line decides. */
export type Options = {
  /** Names or beginnings of names of cases; empty: all. */
  only: string[];
  /** Rounds of each side per case. */
  rounds: number;
  /** Length of one round. */
  seconds: number;
  /** File for the figures as JSON. */
  json: string | null;
  /** Exit code 1 when a case is below its bar. */
  strict: boolean;
  /** Folder for CPU profiles of the hub and the floor. */
  profile: string | null;
};

/** Reads the command line; throws on what it does not know. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2.5' },
      json: { type: 'string' },
      strict: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  const { only, rounds, seconds, json = null, strict, profile = null } = values;
  return { only, rounds: positive('rounds', rounds), seconds: positive('seconds', seconds), json, strict, profile };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a number above 0, not "${text}".`);
  return number;
}
