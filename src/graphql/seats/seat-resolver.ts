import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver } from 'type-graphql';
import { setSeatLimit } from '../../domain/seats/set-seat-limit.ts';
import { attemptTo } from '../problems/attempt.ts';
import type { RequestContext } from '../request-context.ts';
import { SeatLimitProblem, SeatsPayload, SeatUsage } from './seat-types.ts';

/** Seats, and how many there are. */
@Resolver()
export class SeatResolver {
  @Query(() => SeatUsage, { description: 'How many people have access, of how many that may.' })
  seats(@Ctx() context: RequestContext) {
    return context.reads.seats.usage();
  }

  @Mutation(() => SeatsPayload, {
    description: 'Sets how many people may have access; null: any number. A lower limit takes no seat from anybody.',
  })
  setSeatLimit(
    @Arg('limit', () => Int, { nullable: true, description: 'How many may.' }) limit: number | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attemptTo(context, async () => {
      await setSeatLimit(context.hub, context.call, limit ?? null);
      return {};
    });
  }
}

/** How seats stand after a change of the limit. */
@Resolver(() => SeatsPayload)
export class SeatsPayloadResolver {
  @FieldResolver()
  seats(@Ctx() context: RequestContext) {
    return context.reads.seats.usage();
  }
}

/** How seats stand, beside a refusal for want of one. */
@Resolver(() => SeatLimitProblem)
export class SeatLimitResolver {
  @FieldResolver()
  seats(@Ctx() context: RequestContext) {
    return context.reads.seats.usage();
  }
}
