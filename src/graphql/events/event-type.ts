import { Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../node.ts';
import { connectionType } from '../page/connection-type.ts';
import { DateTime } from '../scalars/date-time.ts';
import { JsonScalar } from '../scalars/json.ts';

/** One value that changed. */
@ObjectType({ description: 'One value that changed.', simpleResolvers: true })
export class ValueChange {
  @Field(() => String, { description: 'Key of the field, or what else changed: status, userName, member …' })
  key!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'The value before.' })
  from!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'The value after.' })
  to!: unknown;

  @Field(() => Boolean, {
    description: 'True when the value that counts stayed: from and to are then what one source said.',
  })
  shadow!: boolean;
}

/** One row of the log. */
@ObjectType({
  implements: Node,
  description:
    'One row per state change, written in the same transaction: audit, history, subscriptions and webhooks all read it.',
  simpleResolvers: true,
})
export class Event extends Node {
  @Field(() => String, { description: 'Its place in the log, for `after` of events.' })
  cursor!: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  at!: string;

  @Field(() => String, { description: 'What happened, in the past tense: user.updated, team.members.added …' })
  name!: string;

  @Field(() => String, {
    description:
      'Id of the key, directory or person that did it; of a key with " for " and the id of the person on whose behalf.',
  })
  actor!: string;

  @Field(() => ID, { description: 'Id of what it happened to.' })
  subjectId!: string;

  @Field(() => String, { nullable: true, description: 'The request that did it.' })
  requestId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the event, request or run that it undid, or of the rehearsal that was accepted.',
  })
  cause!: string | null;

  @Field(() => [ValueChange], { description: 'What changed.' })
  changes!: unknown[];
}

/** A page of the log. */
export const EventConnection = connectionType('Event', () => Event, 'events', 'uncounted');
