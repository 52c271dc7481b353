import { Args, ArgsType, Field, Resolver, Root, Subscription } from 'type-graphql';
import type { EventRow } from '../../domain/events/event-reader.ts';
import { Event } from '../events/event-type.ts';

@ArgsType()
class FollowArgs {
  @Field(() => String, { nullable: true, description: 'Begin after this cursor of the log; without it, from now on.' })
  after?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only events of these names, at most 100.' })
  names?: string[] | null;
}

const fromTheLog = (): never => {
  throw new Error('The stream of events is opened by the socket.');
};

/** What can be listened to. `open-stream.ts` gives each event as the root of its own execution. */
@Resolver()
export class EventSubscriptions {
  @Subscription(() => Event, {
    subscribe: fromTheLog,
    description:
      'The log as it grows, the oldest first. Resumable: pass the last cursor and nothing is missed, nothing comes twice.',
  })
  events(@Root() event: EventRow, @Args() _args: FollowArgs): EventRow {
    return event;
  }
}
