import { parseArgs } from 'node:util';
import type { DialectName } from './dialect.ts';
import type { Federation } from './gallery/credentials.ts';

/** The manual, as `--help` prints it. */
export const HELP = `Checks any SCIM 2.0 server: the Microsoft validator's 32 tests, the gallery's 25, and the RFCs.

  npm run conformance -- --url https://host/scim/v2 --token secret [options]

  --dialect name        how Microsoft's clients spell PATCH: verbose, batched or both (default both)
  --only text           runs what has this text in its suite, section, title or citation
  --name text           name of the server in the report (default: the host of the URL)
  --markdown file       writes the report as a page, too
  --json                prints the report as JSON
  --all                 prints every check, not only what is worth a look
  --token-endpoint url --client-id id --assertion-file file
                        lets Federated_Identity trade the assertion in that file for a token
  --help                prints this

The run makes users and groups whose names begin with "conf", and deletes each of them again.
✓ passed   ✗ a MUST is broken   ! a SHOULD is broken   – not offered by the server, or not asked for
Exit code: 0 when nothing failed, 1 when something did, 2 when an option is wrong or no server answers.
`;

/** The command line, checked. */
export interface Options {
  url: string;
  token: string;
  dialects: readonly DialectName[];
  only?: string;
  name: string;
  markdown?: string;
  json: boolean;
  all: boolean;
  help: boolean;
  federation?: Omit<Federation, 'assertion'> & { assertionFile: string };
}

const DIALECTS: Record<string, readonly DialectName[]> = {
  verbose: ['verbose'],
  batched: ['batched'],
  both: ['verbose', 'batched'],
};

/** Reads the command line. Throws an Error that a person can act on. */
export function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ url: text, token: text, dialect: text, only: text, name: text, markdown: text },
      ...{ 'token-endpoint': text, 'client-id': text, 'assertion-file': text },
      ...{ json: flag, all: flag, help: { ...flag, short: 'h' } },
    },
  });
  const { url = '', token = '', dialect = 'both', only, markdown, json, all, help } = values;
  if (!help && (!url || !token)) throw new Error('--url and --token are needed; --help explains.');
  const parsed = URL.parse(url);
  if (!help && !/^https?:$/.test(parsed?.protocol ?? '')) throw new Error(`"${url}" is not an http or https URL.`);
  if (!Object.hasOwn(DIALECTS, dialect)) throw new Error('--dialect must be verbose, batched or both.');
  const name = values.name ?? parsed?.host ?? '';
  const federation = readFederation(values);
  return {
    ...{ url, token, name, json, all, help },
    dialects: DIALECTS[dialect]!,
    ...(only !== undefined && { only }),
    ...(markdown !== undefined && { markdown }),
    ...(federation && { federation }),
  };
}

function readFederation(values: Record<string, unknown>): Options['federation'] {
  const [tokenEndpoint, clientId, assertionFile] = ['token-endpoint', 'client-id', 'assertion-file'].map(
    (name) => values[name] as string | undefined,
  );
  if (!tokenEndpoint && !clientId && !assertionFile) return undefined;
  if (tokenEndpoint && clientId && assertionFile) return { tokenEndpoint, clientId, assertionFile };
  throw new Error('--token-endpoint, --client-id and --assertion-file go together.');
}
