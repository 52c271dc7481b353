import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { scopes as known } from '../../domain/actor.ts';
import { createApiKey, revokeApiKey } from '../../domain/credentials/api-keys.ts';
import { wireId } from '../../domain/ids.ts';
import { attempt } from '../problems/attempt.ts';
import { DeletePayload } from '../problems/delete-payload.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { DateTime } from '../scalars/date-time.ts';

const ApiKeyPayload = payloadType('ApiKeyPayload', {
  id: { type: () => ID, nullable: true, about: 'Id of the key.' },
  secret: { type: () => String, nullable: true, about: 'The secret, shown here and never again.' },
});

/** Commands about API keys. */
@Resolver()
export class KeyMutations {
  @Mutation(() => ApiKeyPayload, {
    description: `Makes an API key with at most the caller's scopes. Scopes: ${known.join(' ')}`,
  })
  createApiKey(
    @Arg('name', () => String, { description: 'Name shown to people.' }) name: string,
    @Arg('scopes', () => [String], { description: 'What it may do.' }) scopes: string[],
    @Arg('expiresAt', () => DateTime, { nullable: true, description: 'When it ends by itself; never, by default.' })
    expiresAt: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, createApiKey, { name, scopes, expiresAt }, ({ credential, secret }) => ({
      id: wireId('key', credential.id),
      secret,
    }));
  }

  @Mutation(() => DeletePayload, { description: 'Ends an API key at once.' })
  revokeApiKey(@Arg('id', () => ID, { description: 'The key.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, revokeApiKey, { id }, () => ({ deletedId: id }));
  }
}
