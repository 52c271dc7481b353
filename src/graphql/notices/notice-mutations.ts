import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { languageFor } from '../../domain/mail/language.ts';
import { setNoticeRecipients } from '../../domain/notices/set-recipients.ts';
import { attempt } from '../problems/attempt.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { NoticeRecipients } from './notice-types.ts';

const NoticeRecipientsPayload = payloadType('NoticeRecipientsPayload', {
  recipients: { type: () => NoticeRecipients, nullable: true, about: 'Whom notices go to from now on.' },
  secret: {
    type: () => String,
    nullable: true,
    about: 'What a new webhook is signed with, shown here and never again; null where the webhook stays.',
  },
});

/** Commands about notices. */
@Resolver()
export class NoticeMutations {
  @Mutation(() => NoticeRecipientsPayload, { description: 'Says whom notices go to, instead of whom they went to.' })
  setNoticeRecipients(
    @Arg('emails', () => [String], { description: 'Addresses to mail, at most 20.' }) emails: string[],
    @Arg('webhookUrl', () => String, { nullable: true, description: 'An https address to post to; null: none.' })
    webhookUrl: string | null | undefined,
    @Arg('language', () => String, {
      nullable: true,
      defaultValue: 'en',
      description: 'Language of the mails: de for German, else English.',
    })
    language: string | null,
    @Ctx() context: RequestContext,
  ) {
    const input = { emails, webhookUrl: webhookUrl ?? null, language: languageFor(language) };
    return attempt(context, setNoticeRecipients, input, (set) => set);
  }
}
