import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { DeliveryStatus, WebhookState } from '../../domain/webhooks/webhook.ts';
import { enumOf } from '../enum-of.ts';
import { Node } from '../node.ts';
import { connectionType } from '../page/connection-type.ts';
import { DateTime } from '../scalars/date-time.ts';

const WebhookStateEnum = enumOf<WebhookState>('WebhookState', 'Whether a webhook is sent events.', {
  ON: 'Events are sent.',
  OFF: 'Nothing is sent; once it is on again, it goes on where it was.',
});

const DeliveryStatusEnum = enumOf<DeliveryStatus>('WebhookDeliveryStatus', 'What became of an event on its way.', {
  PENDING: 'It waits for its next attempt, or for an earlier event of the same subject.',
  DELIVERED: 'The receiver has answered with success.',
  DEAD: 'It failed for a day and was given up; `redeliver` sends it again.',
});

/** Where events are posted to. */
@ObjectType({
  implements: Node,
  description: 'Where events are posted to, signed as Standard Webhooks say.',
  simpleResolvers: true,
})
export class Webhook extends Node {
  @Field(() => String, { description: 'The https address that is posted to.' })
  url!: string;

  @Field(() => [String], { nullable: true, description: 'Names of the events that are sent; null: all of them.' })
  names!: string[] | null;

  @Field(() => String, { nullable: true, description: 'What it is for, in the words of whoever made it.' })
  description!: string | null;

  @Field(() => WebhookStateEnum, { description: 'Whether events are sent.' })
  state!: WebhookState;

  @Field(() => DateTime, { nullable: true, description: 'When something last arrived there.' })
  lastDeliveryAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when nothing arrives there; after three days it is switched off.',
  })
  failingSince!: string | null;
}

/** One event on its way to one webhook. */
@ObjectType({ implements: Node, description: 'One event on its way to one webhook.', simpleResolvers: true })
export class WebhookDelivery extends Node {
  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => DeliveryStatusEnum, { description: 'What became of it.' })
  status!: DeliveryStatus;

  @Field(() => Int, { nullable: true, description: 'Status of the last answer; null where there was none.' })
  responseStatus!: number | null;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed.' })
  lastError!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it is tried next, unless an earlier event is waited for.',
  })
  nextAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it arrived.' })
  deliveredAt!: string | null;
}

/** A page of deliveries. */
export const WebhookDeliveryConnection = connectionType(
  'WebhookDelivery',
  () => WebhookDelivery,
  'deliveries',
  'uncounted',
);

const urlText = 'An https address on the public internet.';
const namesText = 'Names of the events to send, at most 100; null: all of them.';
const aboutText = 'What it is for.';

/** What a new webhook is made of. */
@InputType({ description: 'What a new webhook is made of.' })
export class CreateWebhookInput {
  @Field(() => String, { description: urlText })
  url!: string;

  @Field(() => [String], { nullable: true, description: namesText })
  names?: string[] | null;

  @Field(() => String, { nullable: true, description: aboutText })
  description?: string | null;
}

/** What is to be different about a webhook. */
@InputType({ description: 'What is to be different about a webhook; what is left out stays.' })
export class UpdateWebhookInput {
  @Field(() => String, { nullable: true, description: urlText })
  url?: string | null;

  @Field(() => [String], { nullable: true, description: namesText })
  names?: string[] | null;

  @Field(() => String, { nullable: true, description: aboutText })
  description?: string | null;

  @Field(() => WebhookStateEnum, { nullable: true, description: 'ON sends what came meanwhile, too.' })
  state?: WebhookState | null;
}
