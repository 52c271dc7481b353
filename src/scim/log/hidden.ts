import type { Fields } from '../../fields/field.ts';
import { userFields } from '../../fields/user.fields.ts';
import { fieldPath } from '../schema/field-path.ts';

/** Names of attributes, parameters and the like that hold what proves who somebody is. */
const SECRET =
  /passw|passphrase|pwd|secret(?!ar)|token|credential|authorization|assertion|api[_-]?key|private[_-]?key/i;

/** Signs of a value beside a name: JSON, a form or a filter inside a text. */
const GIVEN = /[:="[]|\s(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s/i;

/** True for a name, or a path in any form, that leads to a secret. */
export const namesSecret = (name: string): boolean => SECRET.test(name);

/** True for a text that may give a secret beside its name. */
export const givesSecret = (text: string): boolean => SECRET.test(text) && GIVEN.test(text);

const made = new WeakMap<Fields, ReadonlySet<string>>();

/** Names, in lower case, by which SCIM reaches the sensitive fields of that table; made once. */
export function sensitiveNames(fields: Fields = userFields): ReadonlySet<string> {
  const known = made.get(fields) ?? namesIn(fields);
  made.set(fields, known);
  return known;
}

const namesIn = (fields: Fields): ReadonlySet<string> =>
  new Set(
    Object.values(fields).flatMap(({ sensitive, scim }) => {
      if (!sensitive || scim === undefined) return [];
      const { name, sub, element } = fieldPath(scim);
      return [(element === null && sub ? sub : name).toLowerCase()];
    }),
  );

/** The hub's own secrets, and tokens signed elsewhere, wherever they stand. */
const CREDENTIALS = /rollcall_[a-z]{1,10}_[0-9A-Za-z_]{20,}|(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g;

/** The text without anything that has the form of a credential. */
export const withoutCredentials = (text: string): string => text.replace(CREDENTIALS, '[secret]');
