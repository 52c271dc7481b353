import type { Seal } from '../../domain/credentials/secret.ts';
import { eventId } from '../../domain/events/event-id.ts';
import type { Courier } from '../../domain/webhooks/webhook-queue.ts';
import { eventSecret } from '../../domain/webhooks/webhook-secret.ts';
import { openPoster } from './post-json.ts';
import { checkedAddress } from './public-addresses.ts';
import { signed } from './sign.ts';

/** Posts events, signed with the secret of the endpoint, and with the one before while that is still good. */
export const eventCourier =
  (seal: Seal, allowsLocal: boolean): Courier =>
  async (tenantId, webhookId, { url, salt, oldSalt }) => {
    const salts = oldSalt === null ? [salt] : [salt, oldSalt];
    const secrets = salts.map((one) => eventSecret(seal, tenantId, webhookId, one));
    const poster = await openPoster(url, allowsLocal);
    return {
      post: (event, body) => poster.post(body, signed(secrets, eventId(event), body, new Date())),
      close: poster.close,
    };
  };

/** True for an address that events may be posted to, as it is looked up now. */
export const mayCall =
  (allowsLocal: boolean) =>
  async (text: string): Promise<boolean> => {
    const url = URL.parse(text);
    if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.password) return false;
    return checkedAddress(url, allowsLocal).then(
      () => true,
      () => false,
    );
  };
