import { Field, ID, InputType } from 'type-graphql';
import { invalid } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';
import { type UserFieldKey, userFieldKeys, userFields } from '../../fields/user.fields.ts';
import { JsonScalar } from '../scalars/json.ts';
import { UserKindEnum } from './enums.ts';

/** A field by its key. */
@InputType({ description: 'A value for the field of that key.' })
export class FieldWrite {
  @Field(() => String, { description: 'Key of the field.' })
  key!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'The value; null clears it.' })
  value?: Json;
}

const customText = 'Values by the key of the field.';

/** A new person. */
@InputType({ description: 'A new person.' })
export class CreateUserInput {
  @Field(() => String, { description: 'Unique among all people who are not deleted, whatever the case.' })
  userName!: string;

  @Field(() => UserKindEnum, { nullable: true, description: 'What the person is to the product; MEMBER by default.' })
  kind?: string | null;

  @Field(() => [FieldWrite], { nullable: true, description: customText })
  custom?: FieldWrite[] | null;
}

/** What changes of a person. */
@InputType({ description: 'What changes of a person: what is absent stays, null clears.' })
export class UpdateUserInput {
  @Field(() => String, { nullable: true, description: 'The userName; it cannot be cleared.' })
  userName?: string | null;

  @Field(() => [FieldWrite], { nullable: true, description: customText })
  custom?: FieldWrite[] | null;
}

/** Fields that have an input of their own; lists and addresses are written by key. */
const inputKeys = userFieldKeys.filter((key) => !userFields[key].multiValued && userFields[key].type !== 'ADDRESS');

const inputType = (key: UserFieldKey) => (userFields[key].type === 'REFERENCE' ? ID : String);

for (const key of inputKeys) {
  const field = Field(() => inputType(key), { nullable: true, description: userFields[key].about });
  field(CreateUserInput.prototype, key);
  field(UpdateUserInput.prototype, key);
}

/** The values that an input names, by field key; refuses a field that is named twice. */
export function valuesOf(input: CreateUserInput | UpdateUserInput): Record<string, Json> {
  const given = input as Partial<Record<UserFieldKey, Json>>;
  const values = new Map<string, Json>();
  for (const key of inputKeys) if (given[key] !== undefined) values.set(key, given[key]);
  for (const { key, value } of input.custom ?? []) {
    if (values.has(key)) throw invalid(['custom', key], `${key} is given twice.`);
    values.set(key, value ?? null);
  }
  return Object.fromEntries(values);
}
