import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { prefixOf } from '../../domain/credentials/secret.ts';
import type { TokenRow } from '../../domain/directories/directory-reader.ts';
import type { Directory as DirectoryRow } from '../../domain/directories/directory-store.ts';
import { wireId } from '../../domain/ids.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import { Directory } from './directory-type.ts';
import { loadClientSecrets, loadFederation } from './load-directories.ts';
import { ClientSecret, DirectoryOauth, Federation } from './oauth-type.ts';

type OauthRow = { directoryId: string };

/** Fields of sign-in by OAuth that follow from the directory at once. */
export const oauthPlain: PlainResolvers<OauthRow> = {
  clientId: ({ directoryId }) => wireId('dir', directoryId),
  tokenUrl: (_row, _args, context) => `${context.publicUrl}/oauth/token`,
};

/** Fields of a client secret that follow from the row at once. */
export const clientSecretPlain: PlainResolvers<TokenRow> = {
  id: (secret) => wireId('sec', secret.id),
  prefix: (secret) => prefixOf('client', secret.keyId),
};

/** How a directory signs in by OAuth. */
@Resolver(() => Directory)
export class DirectoryOauthResolver {
  @FieldResolver(() => DirectoryOauth, { description: 'How it signs in by OAuth 2.0, instead of a token.' })
  oauth(@Root() directory: DirectoryRow): OauthRow {
    return { directoryId: directory.id };
  }
}

/** Fields of sign-in by OAuth that take a question of their own. */
@Resolver(() => DirectoryOauth)
export class OauthResolver {
  @FieldResolver(() => [ClientSecret], { description: 'Its client secrets, the newest first; ended ones too.' })
  secrets(@Root() { directoryId }: OauthRow, @Ctx() context: RequestContext) {
    return loadClientSecrets(context, directoryId);
  }

  @FieldResolver(() => Federation, { nullable: true, description: 'Whose assertions it believes.' })
  federation(@Root() { directoryId }: OauthRow, @Ctx() context: RequestContext) {
    return loadFederation(context, directoryId);
  }
}
