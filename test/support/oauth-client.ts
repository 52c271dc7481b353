import { askAs } from '../graphql/ask.ts';
import type { Hub, Tenant, TestDirectory } from './hub.ts';
import type { TestTrust } from './issuer.ts';

export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What the token endpoint answered. */
export type Granted = { status: number; body: Record<string, string | number>; headers: Headers };

/** Sends a form to the token endpoint; a list of pairs where a name comes twice. */
export async function requestToken(
  hub: Hub,
  form: Record<string, string> | [string, string][] | string,
  headers: Record<string, string> = {},
): Promise<Granted> {
  const response = await fetch(`${hub.url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  });
  return { status: response.status, body: (await response.json()) as Granted['body'], headers: response.headers };
}

/** The header of a client that proves itself by HTTP Basic. */
export const basic = (clientId: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

/** A directory that signs in by OAuth, and the admin who lets it. */
export async function oauthDirectory(hub: Hub) {
  const tenant: Tenant = await hub.newTenant();
  const directory: TestDirectory = await hub.newDirectory(tenant.id);
  const ask = askAs(hub, tenant.key);
  const change = async (mutation: string, variables: object) => {
    const { data, errors } = await ask(mutation, variables);
    if (errors) throw new Error(errors[0]!.message);
    const [payload] = Object.values(data) as [{ problems: unknown[] }];
    if (payload.problems.length > 0) throw new Error(JSON.stringify(payload.problems));
    return data;
  };
  const oauth = {
    tenant,
    directory,
    clientId: directory.id,
    ask,
    async newSecret(expiresAt?: string): Promise<{ id: string; secret: string }> {
      const { createClientSecret } = await change(
        `mutation ($id: ID!, $at: DateTime) {
          createClientSecret(directory: $id, expiresAt: $at) { clientSecret { id } secret problems { code message } } }`,
        { id: directory.id, at: expiresAt },
      );
      return { id: createClientSecret.clientSecret.id, secret: createClientSecret.secret };
    },
    revoke: (id: string) => change('mutation ($id: ID!) { revokeClientSecret(id: $id) { problems { code } } }', { id }),
    trust: (federation: TestTrust) =>
      change(
        'mutation ($id: ID!, $federation: FederationInput!) { setFederation(directory: $id, federation: $federation) { problems { code message } } }',
        { id: directory.id, federation },
      ),
    distrust: () =>
      change('mutation ($id: ID!) { removeFederation(directory: $id) { problems { code } } }', { id: directory.id }),
    /** Signs in by that secret. */
    bySecret: (secret: string, more: Record<string, string> = {}) =>
      requestToken(hub, {
        grant_type: 'client_credentials',
        client_id: directory.id,
        client_secret: secret,
        ...more,
      }),
    /** Signs in by that assertion, with the client id unless told otherwise. */
    byAssertion: (assertion: string, more: Record<string, string> = { client_id: directory.id }) =>
      requestToken(hub, {
        grant_type: 'client_credentials',
        client_assertion_type: JWT_BEARER,
        client_assertion: assertion,
        ...more,
      }),
    /** The status that SCIM answers that token with. */
    scim: async (token: unknown) =>
      (await fetch(`${directory.scim}/Users`, { headers: { authorization: `Bearer ${token}` } })).status,
  };
  return oauth;
}

/** Longer than sign-in believes what it has seen. */
export const untilForgotten = () => new Promise((resolve) => setTimeout(resolve, 1100));
