import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Node } from '../node.ts';
import { DateTime } from '../scalars/date-time.ts';

/** How a directory signs in by OAuth 2.0. */
@ObjectType({ description: 'How a directory signs in by OAuth 2.0, instead of a token.', simpleResolvers: true })
export class DirectoryOauth {
  @Field(() => ID, { description: 'What to give to the identity provider as client id: the id of the directory.' })
  clientId!: string;

  @Field(() => String, { description: 'What to give to the identity provider as token endpoint.' })
  tokenUrl!: string;
}

/** A client secret, without the secret. */
@ObjectType({ implements: Node, description: 'A client secret, without the secret.', simpleResolvers: true })
export class ClientSecret extends Node {
  @Field(() => String, { description: 'Beginning of the secret, by which one is told from another.' })
  prefix!: string;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When an access token was last given out for it.' })
  lastUsedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was ended.' })
  revokedAt!: string | null;
}

/** Whose assertions a directory believes. */
@ObjectType({ description: 'Whose assertions a directory believes instead of a secret.', simpleResolvers: true })
export class Federation {
  @Field(() => ID, { description: 'Id of the Entra tenant, from which issuer and keys follow.' })
  tenantId!: string;

  @Field(() => String, { description: 'Audience of its assertions.' })
  audience!: string;

  @Field(() => ID, { description: 'Object id of the service principal that provisions.' })
  subject!: string;

  @Field(() => DateTime, { description: 'When it was set.' })
  createdAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When an access token was last given out for it.' })
  lastUsedAt!: string | null;
}

/** Whose assertions to believe. */
@InputType({ description: 'Whose assertions to believe.' })
export class FederationInput {
  @Field(() => ID, { description: 'Id of the Entra tenant, a GUID.' })
  tenantId!: string;

  @Field(() => String, { description: 'Audience of its assertions: api:// and the application id.' })
  audience!: string;

  @Field(() => ID, { description: 'Object id of the service principal that provisions, a GUID.' })
  subject!: string;
}
