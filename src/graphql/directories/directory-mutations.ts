import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, Resolver, Root } from 'type-graphql';
import { connectDirectory } from '../../domain/directories/connect-directory.ts';
import {
  createDirectoryToken,
  revokeDirectoryToken,
  rotateDirectoryToken,
} from '../../domain/directories/directory-tokens.ts';
import type { IssuedToken } from '../../domain/directories/new-credential.ts';
import type { Preset } from '../../domain/presets/presets.ts';
import { attempt, attemptTo } from '../problems/attempt.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { DateTime } from '../scalars/date-time.ts';
import { Directory, DirectoryToken } from './directory-type.ts';
import { PresetEnum } from './enums.ts';
import { loadDirectory } from './load-directories.ts';

/** What commands about a directory answer; its directory is loaded by `directoryId`. */
export const DirectoryPayload = payloadType('DirectoryPayload', {
  directory: { type: () => Directory, nullable: true, about: 'The directory as it is now.' },
});

const DirectoryTokenPayload = payloadType('DirectoryTokenPayload', {
  token: { type: () => DirectoryToken, nullable: true, about: 'The token.' },
  secret: { type: () => String, nullable: true, about: 'The secret, shown here and never again.' },
});

@InputType({ description: 'A new directory.' })
class CreateDirectoryInput {
  @Field(() => String, { description: 'Name shown to people.' })
  name!: string;

  @Field(() => PresetEnum, { description: 'What it starts from.' })
  preset!: string;
}

const WEEK_SECONDS = 604_800;

/** A payload before its directory is loaded. */
export type DirectoryPayloadRow = { directoryId?: string };

const issued = ({ credential, secret }: IssuedToken) => ({ token: credential, secret });

/** Commands about directories. */
@Resolver()
export class DirectoryMutations {
  @Mutation(() => DirectoryPayload, { description: 'Connects a directory; it is ready for its first token.' })
  createDirectory(
    @Arg('input', () => CreateDirectoryInput, { description: 'The directory.' }) input: CreateDirectoryInput,
    @Ctx() context: RequestContext,
  ) {
    const { name, preset } = input;
    return attemptTo(context, async (): Promise<DirectoryPayloadRow> => {
      const { id } = await connectDirectory(context.hub, context.call, { name, preset: preset as Preset });
      return { directoryId: id };
    });
  }

  @Mutation(() => DirectoryTokenPayload, { description: 'Makes a token; without an end it lives for a year.' })
  createDirectoryToken(
    @Arg('directory', () => ID, { description: 'The directory.' }) directory: string,
    @Arg('expiresAt', () => DateTime, { nullable: true, description: 'When it ends by itself.' })
    expiresAt: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, createDirectoryToken, { directory, expiresAt }, issued);
  }

  @Mutation(() => DirectoryTokenPayload, { description: 'New secret now; the old tokens end after overlapSeconds.' })
  rotateDirectoryToken(
    @Arg('directory', () => ID, { description: 'The directory.' }) directory: string,
    @Arg('overlapSeconds', () => Int, {
      nullable: true,
      defaultValue: WEEK_SECONDS,
      description: 'How long the old tokens live on.',
    })
    overlapSeconds: number | null,
    @Ctx() context: RequestContext,
  ) {
    const overlap = overlapSeconds ?? WEEK_SECONDS;
    return attempt(context, rotateDirectoryToken, { directory, overlapSeconds: overlap }, issued);
  }

  @Mutation(() => DirectoryTokenPayload, { description: 'Ends a token at once.' })
  revokeDirectoryToken(@Arg('id', () => ID, { description: 'The token.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, revokeDirectoryToken, { id }, (token) => ({ token }));
  }
}

/** The directory of a payload. */
@Resolver(() => DirectoryPayload)
export class DirectoryPayloadResolver {
  @FieldResolver()
  directory(@Root() payload: DirectoryPayloadRow, @Ctx() context: RequestContext) {
    return payload.directoryId ? loadDirectory(context, payload.directoryId) : null;
  }
}
