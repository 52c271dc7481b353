import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { createWebhook } from '../../domain/webhooks/create-webhook.ts';
import { deleteWebhook } from '../../domain/webhooks/delete-webhook.ts';
import { redeliver, redeliverSince } from '../../domain/webhooks/redeliver.ts';
import { rotateWebhookSecret } from '../../domain/webhooks/rotate-webhook-secret.ts';
import { updateWebhook } from '../../domain/webhooks/update-webhook.ts';
import { attempt, attemptTo } from '../problems/attempt.ts';
import { DeletePayload } from '../problems/delete-payload.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { runIn } from '../run-in.ts';
import { loadDelivery } from './load-webhooks.ts';
import { CreateWebhookInput, UpdateWebhookInput, Webhook, WebhookDelivery } from './webhook-types.ts';

const webhookField = { type: () => Webhook, nullable: true, about: 'The webhook as it is now.' };
const WebhookPayload = payloadType('WebhookPayload', { webhook: webhookField });
const WebhookSecretPayload = payloadType('WebhookSecretPayload', {
  webhook: webhookField,
  secret: { type: () => String, nullable: true, about: 'What it is signed with, shown here and never again.' },
});
const RedeliverPayload = payloadType('RedeliverPayload', {
  delivery: { type: () => WebhookDelivery, nullable: true, about: 'The delivery, which is due again.' },
});

/** Looked up before the command, and only for who may give it: an answer tells what an address leads to. */
const mayCall = async ({ hub, actor }: RequestContext, url: string): Promise<boolean> =>
  actor.scopes.has(createWebhook.needs) && (await hub.mayCall?.(url)) === true;

/** Commands about webhooks. */
@Resolver()
export class WebhookMutations {
  @Mutation(() => WebhookSecretPayload, { description: 'Sends events to an address from now on.' })
  createWebhook(
    @Arg('input', () => CreateWebhookInput, { description: 'What it is made of.' }) input: CreateWebhookInput,
    @Ctx() context: RequestContext,
  ) {
    const { url, names = null, description = null } = input;
    return attemptTo(context, async () =>
      runIn(context, createWebhook, { url, names, description, callable: await mayCall(context, url) }),
    );
  }

  @Mutation(() => WebhookPayload, { description: 'Changes a webhook, or switches it on or off.' })
  updateWebhook(
    @Arg('id', () => ID, { description: 'The webhook.' }) id: string,
    @Arg('input', () => UpdateWebhookInput, { description: 'What is to be different.' }) input: UpdateWebhookInput,
    @Ctx() context: RequestContext,
  ) {
    const { url, state, names, description } = input;
    return attemptTo(context, async () => {
      const callable = url ? await mayCall(context, url) : false;
      const patch = { url: url ?? undefined, state: state ?? undefined, names, description };
      return { webhook: await runIn(context, updateWebhook, { id, callable, ...patch }) };
    });
  }

  @Mutation(() => WebhookSecretPayload, {
    description: 'Makes a new secret; for a day what is sent is signed with the one before as well.',
  })
  rotateWebhookSecret(
    @Arg('id', () => ID, { description: 'The webhook.' }) id: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, rotateWebhookSecret, { id }, (rotated) => rotated);
  }

  @Mutation(() => DeletePayload, { description: 'Ends a webhook, with what waits for it.' })
  deleteWebhook(@Arg('id', () => ID, { description: 'The webhook.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, deleteWebhook, { id }, () => ({ deletedId: id }));
  }

  @Mutation(() => RedeliverPayload, { description: 'Sends one event once more, whatever became of it.' })
  redeliver(
    @Arg('delivery', () => ID, { description: 'The delivery.' }) delivery: string,
    @Ctx() context: RequestContext,
  ) {
    return attemptTo(context, async () => {
      const id = await runIn(context, redeliver, { delivery });
      context.forget();
      return { delivery: await loadDelivery(context, id) };
    });
  }

  @Mutation(() => WebhookPayload, { description: 'Sends everything after an event once more, under the same ids.' })
  redeliverSince(
    @Arg('webhook', () => ID, { description: 'The webhook.' }) webhook: string,
    @Arg('cursor', () => String, { description: 'Cursor of an event of the log.' }) cursor: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, redeliverSince, { webhook, cursor }, (kept) => ({ webhook: kept }));
  }
}
