import { Field, Int, ObjectType } from 'type-graphql';
import { type UserFieldKey, userFieldKeys, userFields } from '../../fields/user.fields.ts';
import { Node } from '../node.ts';
import { connectionType } from '../page/connection-type.ts';
import { DateTime } from '../scalars/date-time.ts';
import { JsonScalar } from '../scalars/json.ts';
import { Email, PhoneNumber } from './contact-types.ts';
import { UserKindEnum, UserStatusEnum, WaitsForEnum } from './enums.ts';

/** A person; fields that need another question are in the resolvers beside this. */
@ObjectType({ implements: Node, description: 'A person.', simpleResolvers: true })
export class User extends Node {
  @Field(() => Int, { description: 'Grows by one with every change; the same number is the SCIM ETag.' })
  version!: number;

  @Field(() => UserKindEnum, { description: 'What the person is to the product.' })
  kind!: string;

  @Field(() => UserStatusEnum, { description: 'Where the person stands.' })
  status!: string;

  @Field(() => WaitsForEnum, {
    nullable: true,
    description: 'What keeps the person from being active, if something does.',
  })
  waitsFor!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'By what the person signs in, as it was when they came; a directory that changes it later does not move it.',
  })
  loginId!: string | null;

  @Field(() => Boolean, { description: 'False for a person whom lists leave out.' })
  visible!: boolean;

  @Field(() => String, { description: 'Unique among all people who are not deleted, whatever the case.' })
  userName!: string;

  @Field(() => [Email], { description: 'Every e-mail address.' })
  emails!: unknown[];

  @Field(() => [PhoneNumber], { description: 'Every phone number.' })
  phoneNumbers!: unknown[];

  @Field(() => DateTime, { description: 'When the person was made.' })
  createdAt!: string;

  @Field(() => DateTime, { description: 'When the person last changed.' })
  updatedAt!: string;
}

const valueType = (key: UserFieldKey) => {
  const { type, multiValued } = userFields[key];
  if (multiValued || type === 'ADDRESS') return JsonScalar;
  return type === 'PHONE' ? PhoneNumber : String;
};

// One field of the schema for each field of the table. A reference is a person and has a resolver instead.
for (const key of userFieldKeys) {
  if (userFields[key].type === 'REFERENCE') continue;
  Field(() => valueType(key), { nullable: true, description: userFields[key].about })(User.prototype, key);
}

/** A page of people. */
export const UserConnection = connectionType('User', () => User, 'people');
