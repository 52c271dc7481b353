import { Field, ID, InputType } from 'type-graphql';
import { OrderDirectionEnum, UserKindEnum, UserOrderFieldEnum, UserStatusEnum } from './enums.ts';

/** How a text is compared. */
@InputType({
  description:
    'How a text is compared; all that are given must hold. userName, displayName, email and team names match whatever their case, other text exactly.',
})
export class StringFilter {
  @Field(() => String, { nullable: true, description: 'Equal to this.' })
  eq?: string | null;

  @Field(() => [String], { nullable: true, description: 'Equal to one of these, at most 100.' })
  in?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Begins with this.' })
  startsWith?: string | null;

  @Field(() => String, { nullable: true, description: 'Holds this somewhere.' })
  contains?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: there is no value; false: there is one.' })
  isNull?: boolean | null;
}

/** A test of any field. */
@InputType({
  description:
    'A test of any field by its key. Fields of your own match whatever their case; other values are written as text, such as "42" or "true".',
})
export class FieldFilter {
  @Field(() => String, { description: 'Key of the field.' })
  key!: string;

  @Field(() => StringFilter, { description: 'How its value is compared.' })
  value!: StringFilter;

  @Field(() => String, {
    nullable: true,
    description: 'At least this, in the order of the type; of your own fields only.',
  })
  min?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'At most this, in the order of the type; of your own fields only.',
  })
  max?: string | null;
}

/** A question about people. */
@InputType({
  description: 'A question about people; all that is given must hold. At most 5 levels and 50 conditions.',
})
export class UserWhere {
  @Field(() => [UserWhere], { nullable: true, description: 'All of these hold.' })
  and?: UserWhere[] | null;

  @Field(() => [UserWhere], { nullable: true, description: 'At least one of these holds.' })
  or?: UserWhere[] | null;

  @Field(() => UserWhere, { nullable: true, description: 'This does not hold.' })
  not?: object | null;

  @Field(() => StringFilter, { nullable: true, description: 'The userName.' })
  userName?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'The display name.' })
  displayName?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'The e-mail address at work.' })
  email?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'The department.' })
  department?: StringFilter | null;

  @Field(() => [UserStatusEnum], {
    nullable: true,
    description: 'One of these. To ask for DELETED takes the scope users:erase or tenants:admin.',
  })
  status?: string[] | null;

  @Field(() => UserKindEnum, { nullable: true, description: 'What they are to the product.' })
  kind?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Lists leave out people who are not visible; to ask takes the scope tenants:admin.',
  })
  visible?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Members of this team.' })
  team?: string | null;

  @Field(() => ID, { nullable: true, description: 'People who hold this role, in whatever way.' })
  role?: string | null;

  @Field(() => ID, { nullable: true, description: 'People whom this directory holds.' })
  directory?: string | null;

  @Field(() => FieldFilter, { nullable: true, description: 'Any field by its key.' })
  field?: FieldFilter | null;
}

/** One part of an order of people. */
@InputType({ description: 'One part of an order of people; the oldest comes first among equals.' })
export class UserOrder {
  @Field(() => UserOrderFieldEnum, { nullable: true, description: 'By what.' })
  field?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'By the field of your own with this key, instead; it stands alone. People without a value come last.',
  })
  custom?: string | null;

  @Field(() => OrderDirectionEnum, { description: 'Which end comes first.' })
  direction!: string;
}
