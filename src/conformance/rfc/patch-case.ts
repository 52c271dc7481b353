import type { Operation } from '../bench.ts';
import { offeredOnly } from '../bodies.ts';
import { type Check, type Level, must, should } from '../check.ts';
import { demandError, demandSame, demandStatus, demandUnassigned, demandValue } from '../demand.ts';
import type { Resource } from '../json.ts';
import { need, type Server } from '../server.ts';
import { ENTERPRISE, USER } from '../urns.ts';

/** Addresses of the person that PATCHes are tried on. */
export const WORK = 'ada.work@conformance.example';
export const HOME = 'ada.home@conformance.example';
export const NEW = 'ada.new@conformance.example';

/** That person. */
const ADA: Resource = {
  schemas: [USER, ENTERPRISE],
  displayName: 'Ada',
  nickName: 'Countess',
  title: 'Analyst',
  active: true,
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [
    { type: 'work', value: WORK, primary: true },
    { type: 'home', value: HOME },
  ],
  [ENTERPRISE]: { department: 'Research', employeeNumber: '1815' },
};

/** A PATCH of that person and what is true afterwards; `needs` names the attributes it takes. */
export interface PatchCase {
  cite: string;
  title: string;
  level?: Level;
  needs: string[];
  operations: Operation[];
  expected?: [path: string, value: unknown][];
  gone?: string[];
  /** Instead of success: the statuses and keywords of the refusal. Everything must then be as it was. */
  refused?: [status: number, ...scimTypes: string[]];
}

/** The person as it is made for a check. */
export const adaFor = (server: Server): Resource => offeredOnly(server, 'User', ADA);

/** The cases as checks. */
export const patchChecks = (cases: PatchCase[]): Check[] =>
  cases.map((one) =>
    (one.level === 'should' ? should : must)(one.cite, one.title, async (bench) => {
      need(bench.server, 'User', ...one.needs);
      const made = await bench.user(adaFor(bench.server));
      const reply = await bench.patch(made.path, ...one.operations);
      if (one.refused) {
        const [status, ...scimTypes] = one.refused;
        demandError(reply, status, ...scimTypes);
        demandSame(reply, made.body, (await bench.get(made.path)).body);
        return;
      }
      demandStatus(reply, 200, 204);
      const { body } = demandStatus(await bench.get(made.path), 200);
      for (const [path, value] of one.expected ?? []) demandValue(reply, path, value, body);
      for (const path of one.gone ?? []) demandUnassigned(reply, path, body);
    }),
  );

/** Why a server without PATCH need not answer (RFC 7643 §5). */
export const patchOffered = (server: Server): string | undefined =>
  server.supports('patch') ? undefined : 'ServiceProviderConfig: no PATCH';
