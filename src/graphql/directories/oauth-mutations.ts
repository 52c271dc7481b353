import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { createClientSecret, revokeClientSecret } from '../../domain/directories/client-secrets.ts';
import { removeFederation, setFederation } from '../../domain/directories/federation.ts';
import { attempt } from '../problems/attempt.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { DateTime } from '../scalars/date-time.ts';
import { DirectoryPayload, type DirectoryPayloadRow } from './directory-mutations.ts';
import { ClientSecret, FederationInput } from './oauth-type.ts';

const ClientSecretPayload = payloadType('ClientSecretPayload', {
  clientSecret: { type: () => ClientSecret, nullable: true, about: 'The client secret.' },
  secret: { type: () => String, nullable: true, about: 'The secret, shown here and never again.' },
});

const directoryOf = ({ directoryId }: { directoryId: string }): DirectoryPayloadRow => ({ directoryId });

/** Commands about sign-in by OAuth. */
@Resolver()
export class OauthMutations {
  @Mutation(() => ClientSecretPayload, {
    description: 'Makes a client secret beside those there are; without an end it lives for a year.',
  })
  createClientSecret(
    @Arg('directory', () => ID, { description: 'The directory.' }) directory: string,
    @Arg('expiresAt', () => DateTime, { nullable: true, description: 'When it ends by itself, within three years.' })
    expiresAt: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, createClientSecret, { directory, expiresAt }, ({ credential, secret }) => ({
      clientSecret: credential,
      secret,
    }));
  }

  @Mutation(() => ClientSecretPayload, {
    description: 'Ends a client secret at once, with every access token that came from it.',
  })
  revokeClientSecret(
    @Arg('id', () => ID, { description: 'The client secret.' }) id: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, revokeClientSecret, { id }, (clientSecret) => ({ clientSecret }));
  }

  @Mutation(() => DirectoryPayload, {
    description: 'Believes the assertions of one service principal; tokens under an earlier trust end at once.',
  })
  setFederation(
    @Arg('directory', () => ID, { description: 'The directory.' }) directory: string,
    @Arg('federation', () => FederationInput, { description: 'Whose assertions to believe.' })
    federation: FederationInput,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, setFederation, { directory, trust: federation }, directoryOf);
  }

  @Mutation(() => DirectoryPayload, {
    description: 'Believes no assertions any more; access tokens that came from them end at once.',
  })
  removeFederation(
    @Arg('directory', () => ID, { description: 'The directory.' }) directory: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, removeFederation, { directory }, directoryOf);
  }
}
