import type { Command } from '../command.ts';
import type { Seal } from '../credentials/secret.ts';
import { type HubError, invalid, refuse } from '../errors.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import { mailAddress } from '../mail/mail-address.ts';
import type { Recipients } from './notice.ts';

/** `secret` is shown once: when the webhook is new. */
export type RecipientsSet = { recipients: Recipients; secret: string | null };

const MOST_EMAILS = 20;

/** Whom to tell, in which language, and where to post; instead of whom there were. */
export type NewRecipients = Pick<Recipients, 'emails' | 'language' | 'webhookUrl'>;

/** Says whom the tenant's notices go to, instead of whom they went to before. */
export const setNoticeRecipients: Command<NewRecipients, RecipientsSet> = {
  name: 'setNoticeRecipients',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, actor, origin, seal }, { emails, language, webhookUrl }) {
    refuse([...emailProblems(emails), ...urlProblems(webhookUrl)]);
    const before = await tx.notices.recipients();
    const isNew = webhookUrl !== before.webhookUrl;
    const webhookSalt = isNew ? webhookUrl && newId() : before.webhookSalt;
    const stored = emails.map((email) => mailAddress(email)!);
    const recipients = { emails: [...new Set(stored)], language, webhookUrl, webhookSalt };
    const changes = (['emails', 'language', 'webhookUrl'] as const).map((key) => ({
      key,
      from: before[key],
      to: recipients[key],
    }));
    await tx.notices.setRecipients(recipients, event(origin, 'notice.recipients.set', 'tnt', actor.tenantId, changes));
    return { recipients, secret: isNew && webhookSalt ? webhookSecret(seal, actor.tenantId, webhookSalt) : null };
  },
};

/** The secret that a webhook of notices is signed with; nothing it follows from is worth anything without the pepper. */
export const webhookSecret = (seal: Seal, tenantId: string, salt: string): string =>
  `whsec_${seal(`webhook of notices ${tenantId} ${salt}`).toString('base64')}`;

function emailProblems(emails: string[]): HubError[] {
  if (emails.length > MOST_EMAILS) return [invalid(['emails'], `emails holds more than ${MOST_EMAILS} addresses.`)];
  return emails.flatMap((email, index) =>
    mailAddress(email) === null
      ? [invalid(['emails', String(index)], `Address ${index + 1} of emails cannot be mailed to.`)]
      : [],
  );
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether this machine is called at all is the sender's to know; every other host is called by https only. */
function urlProblems(text: string | null): HubError[] {
  if (text === null) return [];
  const url = text.length <= 2_000 ? URL.parse(text) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (isSafe && !url.username && !url.password) return [];
  return [invalid(['webhookUrl'], 'webhookUrl must be an https address without a user or password.')];
}
