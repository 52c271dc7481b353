import type { Bench } from './bench.ts';
import { demandValue } from './demand.ts';
import { objectOf, objectsOf, type Resource, withValue } from './json.ts';
import type { Reply } from './line.ts';
import type { Kind, Server } from './server.ts';
import { ENTERPRISE, GROUP, USER } from './urns.ts';

/** The user that Microsoft's validator creates, with its odd values and the text "True" for a boolean (entra.md B9). */
export const fullUser = (bench: Bench, manager: string = bench.name('manager')): Resource => ({
  userName: `${bench.name('julien')}@ondricka.us`,
  externalId: bench.name('external'),
  active: true,
  displayName: 'NDSQQTECVAAC',
  title: 'CJSGUNOAAMMQ',
  emails: [{ type: 'work', value: `${bench.name('thaddeus')}@hammes.info`, primary: true }],
  preferredLanguage: 'hi',
  name: {
    ...{ givenName: 'Elfrieda', familyName: 'Urban', formatted: 'Myah', middleName: 'Cindy' },
    ...{ honorificPrefix: 'Minerva', honorificSuffix: 'Micaela' },
  },
  addresses: [
    {
      ...{ type: 'work', formatted: 'ZQEHBLETAAQE', streetAddress: '25928 Katlyn Row', locality: 'YRAKBQCGOHZF' },
      ...{ region: 'XCCVLAIDMQYR', postalCode: 'cx47 4mz', primary: true, country: 'Sierra Leone' },
    },
  ],
  phoneNumbers: [
    { type: 'work', value: '10-040-1308', primary: true },
    { type: 'mobile', value: '10-040-1308' },
    { type: 'fax', value: '10-040-1308' },
  ],
  [ENTERPRISE]: {
    ...{ employeeNumber: 'OXYYEGWVLTGW', department: 'ZYWTBPDFHIIP', costCenter: 'ASHTVSKANCGL' },
    ...{ organization: 'DPQRRHJMBXZE', division: 'WXNFEJQDRAVI', manager: { value: manager } },
  },
  roles: [{ primary: 'True', display: 'MRONYWGFFHXQ', value: 'WDEIISGWWQBE', type: 'XVTUOHMYUFRL' }],
  ...{ userType: 'GZILLRZCFPNC', nickName: 'FOGSIQTKHIPG', locale: 'RJWNTUNNOHNZ' },
  ...{ timezone: 'America/Guayaquil', profileUrl: 'BAPNQLJSRQGD' },
  schemas: [USER, ENTERPRISE],
});

/** The group that the validator creates (entra.md C5). */
export const validatorGroup = (bench: Bench): Resource => ({
  displayName: bench.name('group'),
  externalId: bench.name('external'),
  schemas: [GROUP],
});

/** Demands that every attribute of a body that the server publishes is in a resource as it was sent. */
export function demandHeld(reply: Reply, server: Server, kind: Kind, sent: Resource, resource = reply.body): void {
  for (const [path, value] of leaves(sent)) {
    if (path !== 'schemas' && server.has(kind, path)) {
      demandValue(reply, path, published(server, kind, path, value), resource);
    }
  }
}

const leaves = (sent: Resource): [string, unknown][] =>
  Object.entries(sent).flatMap(([name, value]): [string, unknown][] => {
    if (name.startsWith('urn:')) return Object.entries(objectOf(value)).map(([part, one]) => [`${name}:${part}`, one]);
    if (name === 'name') return Object.entries(objectOf(value)).map(([part, one]) => [`name.${part}`, one]);
    return [[name, value]];
  });

/** The value as a server with that schema answers it: its own sub-attributes only, and booleans as booleans. */
function published(server: Server, kind: Kind, path: string, value: unknown): unknown {
  const parts = server.attribute(kind, path)?.parts ?? [];
  if (parts.length === 0) return value;
  const one = (element: Resource): Resource =>
    Object.fromEntries(
      Object.entries(element).flatMap(([name, held]) => {
        const part = parts.find((other) => other.name === name);
        if (!part) return [];
        return [[name, part.type === 'boolean' && typeof held === 'string' ? held.toLowerCase() === 'true' : held]];
      }),
    );
  return Array.isArray(value) ? objectsOf(value).map(one) : one(objectOf(value));
}

/** The body without the attributes that the server does not publish, which it may well refuse. */
export function offeredOnly(server: Server, kind: Kind, sent: Resource): Resource {
  const kept = leaves(sent).filter(([path]) => path === 'schemas' || server.has(kind, path));
  const body = kept.reduce<Resource>((built, [path, value]) => withValue(built, path, value), {});
  const { schemas } = body;
  if (Array.isArray(schemas)) body.schemas = schemas.filter((urn) => urn === USER || urn === GROUP || urn in body);
  return body;
}
