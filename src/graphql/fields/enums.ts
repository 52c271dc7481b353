import type { SourceKind } from '../../domain/ownership.ts';
import type { FieldType } from '../../fields/field.ts';
import type { Editor, RulePreset, SourceOfTruth } from '../../fields/rule.ts';
import { enumOf } from '../enum-of.ts';

/** FieldType. */
export const FieldTypeEnum = enumOf<FieldType>('FieldType', 'What a value of a field is.', {
  STRING: 'Text.',
  BOOLEAN: 'True or false.',
  INTEGER: 'A whole number.',
  DATETIME: 'A moment.',
  EMAIL: 'An e-mail address.',
  PHONE: 'A phone number.',
  URL: 'A web address.',
  LOCALE: 'A language tag such as de-CH.',
  TIMEZONE: 'An IANA time zone such as Europe/Berlin.',
  REFERENCE: 'Another person.',
  ADDRESS: 'A postal address.',
});

/** SourceOfTruth. */
export const SourceOfTruthEnum = enumOf<SourceOfTruth>('SourceOfTruth', 'Who decides the value of a field.', {
  DIRECTORY: "The directory's value, always. People cannot edit it.",
  USER: "The person's value from the first edit on; the directory's until then.",
  LATEST: 'Whoever changed it last; the same value sent again is no change.',
});

/** Editor. */
export const EditorEnum = enumOf<Editor>('Editor', 'Relation of a caller to the person whose field is edited.', {
  SELF: 'The person.',
  MANAGER: 'The manager of the person.',
  ADMIN: 'An admin, or a product with a key.',
});

/** SourceKind. */
export const SourceKindEnum = enumOf<SourceKind>('SourceKind', 'What gives a value.', {
  DIRECTORY: 'A directory.',
  LOCAL: 'People and products.',
  DEVICE: 'The device of the person, where nobody else does.',
});

/** RulePreset. */
export const RulePresetEnum = enumOf<RulePreset>('RulePreset', 'Rules for all fields at once.', {
  DIRECTORY_OWNS_ALL: 'The directory decides everything.',
  USER_OWNS_ALL: 'People decide everything from their first edit on.',
  HYBRID: 'People decide what they know better, such as names, phone numbers and language; the directory the rest.',
});
