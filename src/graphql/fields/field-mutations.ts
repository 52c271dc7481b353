import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, Resolver, Root } from 'type-graphql';
import { createField } from '../../domain/fields/create-field.ts';
import { retireField, updateField } from '../../domain/fields/update-field.ts';
import { wireId } from '../../domain/ids.ts';
import type { CustomField } from '../../fields/custom-field.ts';
import type { Editor, SourceOfTruth } from '../../fields/rule.ts';
import { attempt, attemptTo } from '../problems/attempt.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { EditorEnum, FieldTypeEnum, SourceOfTruthEnum } from './enums.ts';
import { FieldDefinition } from './field-types.ts';
import { loadField } from './load-field.ts';

const FieldDefinitionPayload = payloadType('FieldDefinitionPayload', {
  fieldDefinition: { type: () => FieldDefinition, nullable: true, about: 'The field as it is now.' },
});

const pathText =
  'The SCIM attribute a directory writes it by: a name of the core such as badge, or a URN that ends in one. Without it no directory may write the field.';

@InputType({ description: 'A field of your own.' })
class CreateFieldInput {
  @Field(() => String, {
    description: 'Its name in inputs, filters and events: letters and digits, a small letter first.',
  })
  key!: string;

  @Field(() => String, { description: 'Its name for people.' })
  label!: string;

  @Field(() => FieldTypeEnum, { description: 'What a value is; any but ADDRESS.' })
  type!: string;

  @Field(() => String, { nullable: true, description: pathText })
  scimPath?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Reading it takes the scope users:read.sensitive.' })
  sensitive?: boolean | null;

  @Field(() => SourceOfTruthEnum, {
    nullable: true,
    description: 'Who decides; DIRECTORY for a field with a SCIM path, USER for one without, unless told otherwise.',
  })
  sourceOfTruth?: SourceOfTruth | null;

  @Field(() => [EditorEnum], { nullable: true, description: 'Who may edit it while the directory does not own it.' })
  editableBy?: Editor[] | null;
}

@InputType({ description: 'What changes of a field of your own; what is absent stays.' })
class UpdateFieldInput {
  @Field(() => String, { nullable: true, description: 'Its name for people.' })
  label?: string | null;

  @Field(() => FieldTypeEnum, {
    nullable: true,
    description: 'What a value is; values that do not fit it are dropped.',
  })
  type?: string | null;

  @Field(() => String, { nullable: true, description: `${pathText} Null takes it from the directories.` })
  scimPath?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Reading it takes the scope users:read.sensitive.' })
  sensitive?: boolean | null;
}

/** The payload of a command about a field; the field is read when selected. */
type FieldPayloadRow = { fieldId?: string };

const changed = (field: CustomField): FieldPayloadRow => ({ fieldId: wireId('fld', field.id) });

/** Commands about a tenant's own fields. */
@Resolver(() => FieldDefinitionPayload)
export class FieldMutations {
  @Mutation(() => FieldDefinitionPayload, {
    description:
      'Adds a field, filled from what directories have sent at its path. A retired key brings its field back.',
  })
  createField(
    @Arg('input', () => CreateFieldInput, { description: 'The field.' }) input: CreateFieldInput,
    @Ctx() context: RequestContext,
  ) {
    return attemptTo(context, async () => changed(await createField(context.hub, context.call, input)));
  }

  @Mutation(() => FieldDefinitionPayload, {
    description: 'Changes a field of your own; under another type or path its values are computed anew.',
  })
  updateField(
    @Arg('id', () => ID, { description: 'The field.' }) id: string,
    @Arg('input', () => UpdateFieldInput, { description: 'What changes.' }) input: UpdateFieldInput,
    @Ctx() context: RequestContext,
  ) {
    return attemptTo(context, async () => changed(await updateField(context.hub, context.call, { ...input, id })));
  }

  @Mutation(() => FieldDefinitionPayload, {
    description: 'Takes a field out of use: its values are kept, and neither shown nor written.',
  })
  retireField(@Arg('id', () => ID, { description: 'The field.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, retireField, { id }, changed);
  }

  @FieldResolver()
  fieldDefinition(@Root() payload: FieldPayloadRow, @Ctx() context: RequestContext) {
    return payload.fieldId ? loadField(context, payload.fieldId) : null;
  }
}
