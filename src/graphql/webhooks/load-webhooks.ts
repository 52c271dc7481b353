import type { Page } from '../../domain/page.ts';
import type { Webhook, WebhookDelivery } from '../../domain/webhooks/webhook.ts';
import { Connection } from '../page/connection.ts';
import { type ListOrder, sliceOf } from '../page/cursor.ts';
import { inOrder, pagesWithin, sliceName } from '../page/many.ts';
import type { PageArgs } from '../page/page-args.ts';
import type { RequestContext } from '../request-context.ts';
import type { Selection } from '../selection.ts';

const order: ListOrder = { name: 'deliveries', parts: ['number', 'number'] };

const uncounted = () => Promise.reject(new Error('Deliveries are not counted.'));

/** The webhook of that stored id, or null. */
export const loadWebhook = (context: RequestContext, id: string): Promise<Webhook | null> =>
  context
    .loader<string, Webhook | null>('webhook', async (ids) =>
      inOrder(ids, await context.reads.webhooks.byIds(ids), (webhook) => webhook.id),
    )
    .load(id);

/** The delivery of that stored id, or null. */
export const loadDelivery = (context: RequestContext, id: string): Promise<WebhookDelivery | null> =>
  context
    .loader<string, WebhookDelivery | null>('webhook delivery', async (ids) =>
      inOrder(ids, await context.reads.webhooks.deliveriesByIds(ids), (delivery) => delivery.id),
    )
    .load(id);

/** A page of what was sent to the webhook of that stored id, the newest event first. */
export async function loadDeliveries(context: RequestContext, id: string, args: PageArgs, selection: Selection) {
  const slice = sliceOf(args, order, selection);
  const pages = context.loader<string, Page<WebhookDelivery>>(`deliveries ${sliceName(slice)}`, (ids) =>
    pagesWithin(context, (limit) => context.reads.webhooks.deliveriesOf(ids, slice, limit)),
  );
  return new Connection(await pages.load(id), slice, order, uncounted);
}
