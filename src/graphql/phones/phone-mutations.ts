import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { requestPhoneCode } from '../../domain/phones/request-phone-code.ts';
import { setDefaultRegion } from '../../domain/phones/set-default-region.ts';
import { verifyPhone } from '../../domain/phones/verify-phone.ts';
import { attempt } from '../problems/attempt.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { changed, UserPayload } from '../users/user-mutations.ts';
import { loadRegion } from './phone-fields.ts';

/** What setDefaultRegion answers. */
const DefaultRegionPayload = payloadType('DefaultRegionPayload', {
  defaultRegion: { type: () => String, nullable: true, about: 'The region that now is set.' },
});

const TYPE = 'What the number is for: mobile or work.';

/** Verification of phone numbers, and where those without a country code are. */
@Resolver()
export class PhoneMutations {
  @Mutation(() => UserPayload, {
    description: 'Sends a code to a phone number of the person. It is valid for ten minutes and ends the one before.',
  })
  requestPhoneCode(
    @Arg('user', () => ID, { description: 'The person.' }) id: string,
    @Arg('type', () => String, { defaultValue: 'mobile', description: TYPE }) type: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, requestPhoneCode, { id, type }, changed);
  }

  @Mutation(() => UserPayload, { description: 'Takes the code that was sent to a number: it is then verified.' })
  verifyPhone(
    @Arg('user', () => ID, { description: 'The person.' }) id: string,
    @Arg('code', () => String, { description: 'The six digits; five tries.' }) code: string,
    @Arg('type', () => String, { defaultValue: 'mobile', description: TYPE }) type: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, verifyPhone, { id, type, code }, changed);
  }

  @Mutation(() => DefaultRegionPayload, {
    description: 'Says where phone numbers without a country code are, of people whose address names no country.',
  })
  setDefaultRegion(
    @Arg('region', () => String, { nullable: true, description: 'Two letters, such as DE; null for nowhere.' })
    region: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, setDefaultRegion, region ?? null, (defaultRegion) => ({ defaultRegion }));
  }

  @Query(() => String, {
    nullable: true,
    description: 'Where phone numbers without a country code are, of people whose address names no country.',
  })
  defaultRegion(@Ctx() context: RequestContext) {
    return loadRegion(context);
  }
}
