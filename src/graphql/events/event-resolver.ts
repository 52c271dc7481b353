import { Args, ArgsType, Ctx, Field, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { eventCursor } from '../../domain/events/event-cursor.ts';
import { eventId } from '../../domain/events/event-id.ts';
import type { EventRow } from '../../domain/events/event-reader.ts';
import { wireId } from '../../domain/ids.ts';
import { loadNode } from '../load-node.ts';
import { Node } from '../node.ts';
import { LogPageArgs } from '../page/page-args.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { changesOf } from './changes.ts';
import { namesOf } from './event-names.ts';
import { Event, EventConnection } from './event-type.ts';
import { listEvents } from './load-events.ts';

@ArgsType()
class EventsArgs extends LogPageArgs {
  @Field(() => [String], { nullable: true, description: 'Only events of these names, at most 100.' })
  names?: string[] | null;
}

/** Fields of an event that follow from the row at once. */
export const eventPlain: PlainResolvers<EventRow> = {
  id: eventId,
  cursor: eventCursor,
  subjectId: ({ subjectKind, subjectId }) => wireId(subjectKind, subjectId),
  changes: (event, _args, context) => changesOf(event, context),
};

/** The log. */
@Resolver(() => Event)
export class EventResolver {
  @FieldResolver(() => Node, {
    nullable: true,
    description: 'What it happened to, as it is now; null when it is gone.',
  })
  subject(@Root() event: EventRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return loadNode(context, wireId(event.subjectKind, event.subjectId), info.selection.names);
  }

  @Query(() => EventConnection, {
    description: 'The log, the oldest first. Go on from the last cursor and nothing is missed.',
  })
  events(@Args() args: EventsArgs, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return listEvents(context, args, namesOf(args.names), info.selection);
  }
}
