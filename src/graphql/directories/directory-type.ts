import { Field, ObjectType } from 'type-graphql';
import { Node } from '../node.ts';
import { DateTime } from '../scalars/date-time.ts';
import { DirectoryStateEnum, DisconnectPlanEnum, PresetEnum } from './enums.ts';

/** A connection to one identity provider. */
@ObjectType({ implements: Node, description: 'A connection to one identity provider.', simpleResolvers: true })
export class Directory extends Node {
  @Field(() => String, { description: 'Name shown to people.' })
  name!: string;

  @Field(() => PresetEnum, { description: 'What it started from.' })
  preset!: string;

  @Field(() => DirectoryStateEnum, { description: 'Whether it may write.' })
  state!: string;

  @Field(() => DisconnectPlanEnum, {
    nullable: true,
    description: 'The plan of a disconnected directory while it is being carried out; null when it is done.',
  })
  disconnecting!: string | null;

  @Field(() => String, { description: 'What to give to the identity provider as Tenant URL.' })
  scimBaseUrl!: string;

  @Field(() => DateTime, { description: 'When it was connected.' })
  createdAt!: string;
}

/** A token of a directory, without its secret. */
@ObjectType({ implements: Node, description: 'A token of a directory, without its secret.', simpleResolvers: true })
export class DirectoryToken extends Node {
  @Field(() => String, { description: 'Beginning of the secret, by which one token is told from another.' })
  prefix!: string;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was ended.' })
  revokedAt!: string | null;
}
