import { ArgsType, Field, Int } from 'type-graphql';

const firstText = 'How many at most, from 1 to 100.';
const afterText = 'Go on after this cursor.';

/** `first` and `after` of a list that shows 25 at once unless told otherwise. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 25, description: firstText })
  first?: number | null;

  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;
}

/** As `PageArgs`, for the log. */
@ArgsType()
export class LogPageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 100, description: firstText })
  first?: number | null;

  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;
}
