import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** A trust as an admin sets it, and the claims that fit it. */
export type TestTrust = { tenantId: string; audience: string; subject: string };

/** Entra's side of workload identity federation: real keys, over real HTTP. */
export type Issuer = {
  /** What the hub is given as authority. */
  url: string;
  /** Addresses that keys were asked for at. */
  asked: string[];
  /** A new trust, whose keys this issuer publishes. */
  newTrust(): TestTrust;
  /** An assertion that fits the trust, with other claims, header or key where given; an undefined claim is left out. */
  assertion(trust: TestTrust, claims?: JWTPayload, header?: object, key?: CryptoKey | Uint8Array): Promise<string>;
  /** Signs with a new key from now on, published beside the old one. */
  rotate(): Promise<void>;
  /** The public half of the key that signs. */
  jwk(): JWK;
  /** Answers requests for keys this way instead; null: as it should. */
  behave(answer: ((response: ServerResponse) => void) | null): void;
  stop(): Promise<void>;
};

/** Starts an issuer on loopback. */
export async function startIssuer(): Promise<Issuer> {
  const asked: string[] = [];
  const published: JWK[] = [];
  let signing: { key: CryptoKey; jwk: JWK };
  let misbehaviour: ((response: ServerResponse) => void) | null = null;
  const rotate = async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    // As Entra publishes them: without `alg`.
    signing = { key: privateKey, jwk: { ...(await exportJWK(publicKey)), kid: randomUUID(), use: 'sig' } };
    published.push(signing.jwk);
  };
  await rotate();
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (misbehaviour) return misbehaviour(response);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    rotate,
    newTrust: () => ({ tenantId: randomUUID(), audience: `api://${randomUUID()}`, subject: randomUUID() }),
    assertion({ tenantId, audience, subject }, claims, header, key) {
      const now = Math.floor(Date.now() / 1000);
      const fitting = {
        iss: `${url}/${tenantId}/v2.0`,
        aud: audience,
        sub: subject,
        tid: tenantId,
        iat: now,
        nbf: now,
        exp: now + 3600,
      };
      return new SignJWT({ ...fitting, ...claims })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: signing.jwk.kid!, ...header })
        .sign(key ?? signing.key, { crit: { 'urn:example:unknown': true } });
    },
    jwk: () => signing.jwk,
    behave: (answer) => {
      misbehaviour = answer;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
