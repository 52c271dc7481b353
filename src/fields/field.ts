/** What a value of a field is; the wire and form of each type follow from it. */
export type FieldType =
  | 'STRING'
  | 'BOOLEAN'
  | 'INTEGER'
  | 'DATETIME'
  | 'EMAIL'
  | 'PHONE'
  | 'URL'
  | 'LOCALE'
  | 'TIMEZONE'
  | 'REFERENCE'
  | 'ADDRESS';

/** One attribute of a person, written once: every room derives its own form from this. */
export type Field = {
  readonly type: FieldType;
  readonly label: string;
  /** One sentence for people and for the published schemas. */
  readonly about: string;
  /**
   * SCIM path a directory writes it by: `title`, `name.givenName`, `emails[type eq "work"].value`, `urn:…:department`.
   * For a multi-valued field, the attribute whose remaining elements it holds. Absent: no directory may write it.
   */
  readonly scim?: string;
  /** Holds every element of its SCIM attribute that no other field names, as a list. */
  readonly multiValued: boolean;
  /** Hidden from callers without the scope `users:read.sensitive`. */
  readonly sensitive: boolean;
  /** Source that speaks when neither a directory nor a person does (seeds S12). */
  readonly fallback?: 'DEVICE';
};

/** A table of fields by key. */
export type Fields = Readonly<Record<string, Field>>;

type Given = Pick<Field, 'label' | 'about'> & Partial<Pick<Field, 'scim' | 'sensitive' | 'fallback'>>;

const of = (type: FieldType) => (given: Given) => ({ multiValued: false, sensitive: false, ...given, type });

export const text = of('STRING');
export const email = of('EMAIL');
export const phone = of('PHONE');
export const url = of('URL');
export const locale = of('LOCALE');
export const timezone = of('TIMEZONE');
export const reference = of('REFERENCE');
export const address = of('ADDRESS');

/** The elements of a multi-valued attribute that have no field of their own, under one rule together. */
export const rest = (type: FieldType, given: Given) => ({ sensitive: false, ...given, type, multiValued: true });
