import type { Bench, Made } from '../bench.ts';
import { offeredOnly } from '../bodies.ts';
import { type Check, must } from '../check.ts';
import { demandError, demandIds, demandMore } from '../demand.ts';
import { need, type Server } from '../server.ts';
import { ENTERPRISE, USER } from '../urns.ts';

/** Four people whose texts begin with `mark`, so that a filter on it finds them and nobody else. */
export interface People {
  mark: string;
  ada: Made;
  bob: Made;
  cleo: Made;
  dan: Made;
}

export type Name = 'ada' | 'bob' | 'cleo' | 'dan';

/** Makes the four. Bob is inactive; Cleo has no mail and no nickname; Dan's title is Ada's in capitals. */
export async function people(bench: Bench): Promise<People> {
  const mark = bench.name().replaceAll('-', '');
  const mail = (who: string, type: string, host: string) => ({ type, value: `${mark}.${who}@${host}` });
  const person = (who: string, attributes: Record<string, unknown>) => {
    const userName = `${mark}.${who}@conformance.example`;
    return bench.user(offeredOnly(bench.server, 'User', { schemas: [USER, ENTERPRISE], userName, ...attributes }));
  };
  const ada = await person('ada', {
    ...{ displayName: `${mark} Ada`, title: `${mark} Analyst`, nickName: `${mark} A`, active: true },
    name: { givenName: 'Ada', familyName: `${mark} Lovelace` },
    emails: [mail('ada.work', 'work', 'example.com'), mail('ada.home', 'home', 'example.org')],
    [ENTERPRISE]: { department: `${mark} Research` },
  });
  const bob = await person('bob', {
    ...{ displayName: `${mark} Bob`, title: `${mark} Builder`, nickName: `${mark} B`, active: false },
    name: { givenName: 'Bob', familyName: `${mark} Stone` },
    emails: [mail('bob.work', 'work', 'example.org')],
    [ENTERPRISE]: { department: `${mark} Works` },
  });
  const cleo = await person('cleo', {
    ...{ displayName: `${mark} Cleo`, title: `${mark} Clerk`, active: true },
    name: { givenName: 'Cleo', familyName: `${mark} Lovelace` },
  });
  const dan = await person('dan', {
    ...{ displayName: `${mark} Dan`, title: `${mark} ANALYST`, nickName: `${mark} D`, active: true },
    name: { givenName: 'Dan', familyName: `${mark} Brown` },
    emails: [mail('dan.home', 'home', 'example.com')],
  });
  return { mark, ada, bob, cleo, dan };
}

/** A filter over the four, `~` standing for the mark, and who it finds. */
export type FilterCase = [cite: string, title: string, filter: string, found: Name[], ...needs: string[]];

/** The cases as checks. To decline with invalidFilter is allowed (RFC 7644 §3.4.2.2), a wrong answer is not. */
export const filterChecks = (cases: FilterCase[]): Check<People>[] =>
  cases.map(([cite, title, filter, found, ...needs]) =>
    must<People>(cite, title, async (bench, given) => {
      need(bench.server, 'User', ...needs);
      const text = filter.replaceAll('~', given.mark).replaceAll('#ada', given.ada.id);
      const reply = await bench.query('User', { filter: text });
      if (reply.status === 400) {
        demandError(reply, 400, 'invalidFilter');
        demandMore(reply, 'an answer; the server declines the filter, which is allowed');
      }
      demandIds(
        reply,
        found.map((name) => given[name].id),
        found.join(', ') || 'nobody',
      );
    }),
  );

/** Why a server without filters need not answer (RFC 7644 §3.4.2.2). */
export const filterOffered = (server: Server): string | undefined =>
  server.supports('filter') ? undefined : 'ServiceProviderConfig: no filter';
