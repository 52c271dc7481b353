import { Field, Float, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../enum-of.ts';
import { FailureReason } from '../requests/request-type.ts';
import { DateTime } from '../scalars/date-time.ts';

/** How a directory fares. */
@ObjectType({ description: 'How a directory fares.', simpleResolvers: true })
export class DirectoryHealth {
  @Field(() => DateTime, { nullable: true, description: 'When it last asked for anything, let in or not.' })
  lastRequestAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When a test of the connection last went well: Test Connection of Entra, and the beginning of each cycle.',
  })
  lastTestAt!: string | null;

  @Field(() => String, { nullable: true, description: 'The last refusal in one sentence: when, what and why.' })
  lastRefusal!: string | null;

  @Field(() => Int, {
    description:
      'What was refused or failed in the window: the newest run of the last 24 hours in which anything was written or refused.',
  })
  failuresInWindow!: number;

  @Field(() => Float, {
    description:
      'How near Entra is to putting the job in quarantine, 0 to 1: 1 while the last request was not let in, else by the failures in the window.',
  })
  quarantineRisk!: number;

  @Field(() => [FailureReason], { description: 'What was refused in the window and why, the most frequent first.' })
  reasons!: unknown[];
}

/** Which people of a directory no group holds. */
@ObjectType({ description: 'Which people of a directory are in none of its groups.', simpleResolvers: true })
export class DirectoryCoverage {
  @Field(() => Int, { description: 'How many people it holds.' })
  users!: number;

  @Field(() => Int, { description: 'How many of them are in none of its groups.' })
  inNoGroup!: number;
}

/** ChecklistKey. */
export const ChecklistKeyEnum = enumOf('ChecklistKey', 'What is checked of a directory.', {
  TESTED: 'A test of the connection went well.',
  MAPPING_COMPLETE: 'It has sent people, and every attribute that it sends is taken by a field.',
  RUN_RECENT: 'Its last request is younger than two hours.',
  TOKEN_LASTS: 'Its token or client secret lasts for more than 30 days.',
});

/** One thing to check. */
@ObjectType({ description: 'One thing to check before a directory is left to itself.', simpleResolvers: true })
export class ChecklistItem {
  @Field(() => ChecklistKeyEnum, { description: 'What is checked.' })
  key!: string;

  @Field(() => Boolean, { description: 'Whether it is so.' })
  done!: boolean;

  @Field(() => String, { description: 'What was found, in one sentence.' })
  detail!: string;
}
