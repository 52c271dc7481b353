import type { Field, FieldType } from './field.ts';

/** Types that a tenant may give a field of its own. */
export type CustomFieldType = Exclude<FieldType, 'ADDRESS'>;
export const customFieldTypes = [
  'STRING',
  'BOOLEAN',
  'INTEGER',
  'DATETIME',
  'EMAIL',
  'PHONE',
  'URL',
  'LOCALE',
  'TIMEZONE',
  'REFERENCE',
] as const satisfies CustomFieldType[];

/** A field that one tenant added. `id` is a stored id; keys are never given to another field. */
export type CustomField = Field & {
  readonly id: string;
  readonly key: string;
  readonly type: CustomFieldType;
  /** Grows by one with every change. */
  readonly version: number;
  /** When it was taken out of use; its values are kept. */
  readonly retiredAt: string | null;
};
