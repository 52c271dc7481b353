import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Node } from '../node.ts';
import { connectionType } from '../page/connection-type.ts';
import { DateTime } from '../scalars/date-time.ts';
import { SyncRunKindEnum } from './enums.ts';

/** One request of a directory. */
@ObjectType({
  implements: Node,
  description: 'One request of a directory, as the provisioning log keeps it for a time: without secrets.',
  simpleResolvers: true,
})
export class ScimRequest extends Node {
  @Field(() => DateTime, { description: 'When it came.' })
  at!: string;

  @Field(() => String, {
    description: 'The id that its answer named; where the client chose it, others may have it too.',
  })
  requestId!: string;

  @Field(() => String, { description: 'GET, POST, PUT, PATCH or DELETE.' })
  method!: string;

  @Field(() => String, {
    description: 'Path and query; without the scope users:read.sensitive, without what the query compares.',
  })
  path!: string;

  @Field(() => Int, { description: 'Status of the answer.' })
  status!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was refused, as SCIM says it: uniqueness, invalidFilter …',
  })
  scimType!: string | null;

  @Field(() => Float, { description: 'How long the hub worked on it, in milliseconds.' })
  durationMs!: number;

  @Field(() => Boolean, {
    description:
      'True when nothing was applied; `changes` are those that it would have caused, until the rehearsal ends.',
  })
  rehearsed!: boolean;
}

/** A page of requests. */
export const ScimRequestConnection = connectionType('ScimRequest', () => ScimRequest, 'requests', 'uncounted');

/** A reason for which writes were skipped. */
@ObjectType({ description: 'A reason for which writes were skipped.', simpleResolvers: true })
export class SkipReason {
  @Field(() => String, {
    description: 'UNCHANGED where nothing new was said, else the code of the refusal: SEAT_LIMIT …',
  })
  code!: string;

  @Field(() => Int, { description: 'How often.' })
  count!: number;
}

/** A reason for which writes failed. */
@ObjectType({ description: 'Why something was refused or failed, and how often.', simpleResolvers: true })
export class FailureReason {
  @Field(() => Int, { nullable: true, description: 'Status of the answer; null for a part of a bulk request.' })
  status!: number | null;

  @Field(() => String, { nullable: true, description: 'What SCIM says: uniqueness, invalidValue …' })
  scimType!: string | null;

  @Field(() => String, { description: 'Code of the refusal, as problems have it, where there is one.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'The attribute that it was about.' })
  attribute!: string | null;

  @Field(() => Int, { description: 'How often.' })
  count!: number;
}

/** One working-through of a directory. */
@ObjectType({
  implements: Node,
  description: 'Requests of a directory that follow each other with no pause over 5 minutes, such as a cycle of Entra.',
  simpleResolvers: true,
})
export class SyncRun extends Node {
  @Field(() => SyncRunKindEnum, { description: 'What kind of run it is.' })
  kind!: string;

  @Field(() => DateTime, { description: 'When its first request came.' })
  startedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When its last request came; null while it may go on.' })
  endedAt!: string | null;

  @Field(() => Int, { description: 'All requests, those that only read too.' })
  requests!: number;

  @Field(() => Int, { description: 'People and groups made.' })
  created!: number;

  @Field(() => Int, { description: 'Changes of people and groups, members included.' })
  updated!: number;

  @Field(() => Int, { description: 'People who were there and are now linked.' })
  adopted!: number;

  @Field(() => Int, { description: 'People who lost their access.' })
  deactivated!: number;

  @Field(() => Int, { description: 'People and groups deleted.' })
  deleted!: number;

  @Field(() => Int, { description: 'Writes that said nothing new, or were left out because the hub is set so.' })
  skipped!: number;

  @Field(() => Int, { description: 'What was refused or failed.' })
  failed!: number;

  @Field(() => [SkipReason], { description: 'Why writes were skipped, the most frequent reason first.' })
  skippedBy!: unknown[];

  @Field(() => [FailureReason], { description: 'Why it was refused or failed, the most frequent reason first.' })
  failedBy!: unknown[];
}

/** A page of runs. */
export const SyncRunConnection = connectionType('SyncRun', () => SyncRun, 'sync runs', 'uncounted');
