import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { wireId } from '../../domain/ids.ts';
import type { WebhookDelivery as DeliveryRow, Webhook as WebhookRow } from '../../domain/webhooks/webhook.ts';
import { Event } from '../events/event-type.ts';
import { loadEvent } from '../events/load-events.ts';
import { PageArgs } from '../page/page-args.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadDeliveries } from './load-webhooks.ts';
import { Webhook, WebhookDelivery, WebhookDeliveryConnection } from './webhook-types.ts';

/** Fields of a webhook that follow from the row at once. */
export const webhookPlain: PlainResolvers<WebhookRow> = { id: ({ id }) => wireId('hook', id) };

/** Fields of a delivery that follow from the row at once. */
export const deliveryPlain: PlainResolvers<DeliveryRow> = { id: ({ id }) => wireId('dlv', id) };

/** Webhooks. */
@Resolver(() => Webhook)
export class WebhookResolver {
  @FieldResolver(() => WebhookDeliveryConnection, {
    description: 'What was sent there and what waits, the newest event first; what arrived is kept for three days.',
  })
  deliveries(
    @Root() { id }: WebhookRow,
    @Args() args: PageArgs,
    @Ctx() context: RequestContext,
    @Info() info: SelectionInfo,
  ) {
    return loadDeliveries(context, id, args, info.selection);
  }

  @Query(() => [Webhook], { description: 'Every webhook, the oldest first.' })
  webhooks(@Ctx() context: RequestContext) {
    return context.reads.webhooks.list();
  }
}

/** The event of a delivery. */
@Resolver(() => WebhookDelivery)
export class DeliveryResolver {
  @FieldResolver(() => Event, { nullable: true, description: 'The event; its id is the `webhook-id` of the message.' })
  event(@Root() { xact, seq }: DeliveryRow, @Ctx() context: RequestContext) {
    return loadEvent(context, { xact, seq });
  }
}
