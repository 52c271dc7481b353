import type { Bench } from '../bench.ts';
import type { Change } from '../dialect.ts';
import type { Server } from '../server.ts';
import { ENTERPRISE } from '../urns.ts';

/** Changes of one request, and what must be read at each path afterwards. */
export interface Changes {
  changes: Change[];
  expected: [path: string, value: unknown][];
}

const NAMES = ['givenName', 'familyName', 'formatted', 'middleName', 'honorificPrefix', 'honorificSuffix'];
const TEXTS = ['displayName', 'title', 'nickName', 'userType', 'preferredLanguage', 'locale', 'timezone', 'profileUrl'];
const ADDRESS = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'];
const COMPANY = ['employeeNumber', 'department', 'costCenter', 'organization', 'division'];
const PHONES = ['work', 'mobile', 'fax'];

/** Every attribute of a full user gets another value, by its own path (entra.md B16). */
export const replacements = (bench: Bench): Changes => changesOf(bench, 'replace');

/** 36 additions to a user that has none of the attributes; elements that are not there are made (entra.md B22). */
export const bareAdditions = (bench: Bench): Changes => changesOf(bench, 'add');

function changesOf(bench: Bench, op: 'add' | 'replace'): Changes {
  const changes: Change[] = [];
  const expected: Changes['expected'] = [];
  const { server } = bench;
  const set = (path: string, value: unknown, at = path, read = value) => {
    changes.push({ op, path, value });
    expected.push([at, read]);
  };
  for (const name of TEXTS) if (server.has('User', name)) set(name, bench.name(name));
  for (const name of NAMES) if (server.has('User', `name.${name}`)) set(`name.${name}`, bench.name(name));
  for (const name of COMPANY) {
    if (server.has('User', `${ENTERPRISE}:${name}`)) set(`${ENTERPRISE}:${name}`, bench.name(name));
  }
  if (server.has('User', 'externalId')) set('externalId', bench.name('external'));
  const mail = `${bench.name('mail')}@hammes.info`;
  if (server.has('User', 'emails.type')) {
    set('emails[type eq "work"].value', mail, 'emails', [{ type: 'work', value: mail }]);
  }
  phones(bench, set);
  address(bench, set);
  roles(server, bench, set, op);
  return { changes, expected };
}

type Set = (path: string, value: unknown, at?: string, read?: unknown) => void;

function phones({ server, name }: Bench, set: Set): void {
  if (!server.has('User', 'phoneNumbers.type')) return;
  const numbers = PHONES.map((type) => ({ type, value: name(type) }));
  for (const { type, value } of numbers) set(`phoneNumbers[type eq "${type}"].value`, value, `phoneNumbers`, numbers);
}

function address({ server, name }: Bench, set: Set): void {
  const parts = ADDRESS.filter((part) => server.has('User', `addresses.${part}`));
  if (!server.has('User', 'addresses.type') || parts.length === 0) return;
  const values = Object.fromEntries(parts.map((part) => [part, name(part)]));
  for (const part of parts) {
    set(`addresses[type eq "work"].${part}`, values[part], 'addresses', [{ type: 'work', ...values }]);
  }
}

/** The role is found by the text "True", which must match the boolean (entra.md B22, D6). */
function roles(server: Server, { name }: Bench, set: Set, op: Change['op']): void {
  const parts = ['display', 'value', 'type'].filter((part) => server.has('User', `roles.${part}`));
  if (!server.has('User', 'roles.primary')) return;
  const values = Object.fromEntries(parts.map((part) => [part, name(part)]));
  for (const part of parts) {
    const all = [{ primary: true, ...values }];
    set(
      op === 'add' ? `roles[primary eq "True"].${part}` : `roles[primary eq true].${part}`,
      values[part],
      'roles',
      all,
    );
  }
}
