import { Field, ObjectType } from 'type-graphql';
import type { NoticeKind } from '../../domain/notices/notice.ts';
import { enumOf } from '../enum-of.ts';
import { Node } from '../node.ts';
import { DateTime } from '../scalars/date-time.ts';

/** NoticeKind. */
export const NoticeKindEnum = enumOf<NoticeKind>('NoticeKind', 'What a notice tells of.', {
  FAILURE_RATE: 'More than a tenth of what a directory asked for is refused or fails.',
  QUARANTINE_RISK: 'Entra is half-way to putting the job in quarantine, or cannot sign in.',
  TOKEN_EXPIRY: 'A token or client secret ends within 60, 30 or 7 days.',
  SILENCE: 'A directory has asked for nothing for two hours.',
  BRAKE: 'The brake on mass changes has tripped.',
  SEATS: 'No seat is left.',
  WEBHOOK: 'A webhook was switched off because nothing arrives there.',
});

/** Something that people were told of. */
@ObjectType({
  implements: Node,
  description: 'Something that people were told of once; open until it is over.',
  simpleResolvers: true,
})
export class Notice extends Node {
  @Field(() => NoticeKindEnum, { description: 'What it tells of.' })
  kind!: string;

  @Field(() => String, { description: 'The notice in sentences.' })
  message!: string;

  @Field(() => DateTime, { description: 'When it was raised.' })
  openedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was over; null while it lasts.' })
  closedAt!: string | null;
}

/** Whom notices go to. */
@ObjectType({ description: 'Whom notices go to.', simpleResolvers: true })
export class NoticeRecipients {
  @Field(() => [String], { description: 'Addresses that are mailed.' })
  emails!: string[];

  @Field(() => String, { description: 'Language of the mails: en or de.' })
  language!: string;

  @Field(() => String, { nullable: true, description: 'What is posted to, signed as Standard Webhooks say.' })
  webhookUrl!: string | null;
}
