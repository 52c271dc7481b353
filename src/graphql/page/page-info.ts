import { Field, ObjectType } from 'type-graphql';

/** Whether a list goes on beside the page. */
@ObjectType({ description: 'Whether a list goes on beside the page.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'There is more after the page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'The page was asked for after a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first on the page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last on the page.' })
  endCursor!: string | null;
}
