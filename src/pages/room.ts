import type Koa from 'koa';
import { type Hub, run } from '../domain/command.ts';
import { HubError } from '../domain/errors.ts';
import { activateInvitation, follower } from '../domain/invitations/activate-invitation.ts';
import type { InvitationState } from '../domain/invitations/invitation.ts';
import type { InvitationReader } from '../domain/invitations/invitation-reader.ts';
import { type OpenedLink, openLink } from '../domain/invitations/open-link.ts';
import { languageFor } from '../domain/mail/language.ts';
import { plainName } from '../domain/mail/markup.ts';
import type { RequestState } from '../http/request.ts';
import { pageOf, type Shown } from './activation-words.ts';
import { show } from './page.ts';

const statuses: Record<Shown, number> = { OPEN: 200, DONE: 200, USED: 410, EXPIRED: 410, ENDED: 410, UNKNOWN: 404 };
const PATH = '/activate/';

/**
 * `/activate/<token>`: GET shows what the link would do and changes nothing, since mail scanners follow links; POST does
 * it.
 */
export function pagesRoom(hub: Hub, invitations: InvitationReader): Koa.Middleware {
  const open = (context: Koa.Context) => openLink(invitations, hub.seal, context.path.slice(PATH.length));
  const follow = async (context: Koa.Context): Promise<void> => {
    const link = await open(context);
    if (link?.state !== 'OPEN') return answer(context, link, link?.state ?? 'UNKNOWN');
    const { requestId } = context.state as RequestState;
    try {
      const token = context.path.slice(PATH.length);
      await run(hub, { actor: follower(link), requestId }, activateInvitation, { token });
      answer(context, link, 'DONE');
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      // Somebody came first; what the link is now says what they did.
      const now = await open(context);
      answer(context, now, ended(now?.state));
    }
  };
  return async (koa, next) => {
    const context = koa as unknown as Koa.Context;
    if (!context.path.startsWith(PATH)) return next();
    if (context.method === 'POST') return follow(context);
    if (context.method !== 'GET' && context.method !== 'HEAD') {
      context.set('Allow', 'GET, HEAD, POST');
      return answer(context, null, 'UNKNOWN', 405);
    }
    const link = await open(context);
    answer(context, link, link?.state ?? 'UNKNOWN');
  };
}

const ended = (state: InvitationState | undefined): Shown => (!state || state === 'OPEN' ? 'ENDED' : state);

/** In the person's language; to strangers, in the one their browser asks for. */
function answer(context: Koa.Context, link: OpenedLink | null, shown: Shown, status = statuses[shown]): void {
  const language = link
    ? languageFor(link.person.preferredLanguage)
    : languageFor(context.acceptsLanguages('en', 'de') || 'en');
  show(context, status, language, pageOf(language, shown, plainName(link?.person.userName ?? '')));
}
