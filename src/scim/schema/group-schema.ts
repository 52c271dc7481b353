import { commonAttributes } from './common-attributes.ts';
import { attribute, byName, type Schema } from './definition.ts';
import { CORE } from './urns.ts';

const memberParts = [
  attribute('value', 'Id of the person.', { mutability: 'immutable', caseExact: true }),
  attribute('$ref', 'Address of the person.', {
    type: 'reference',
    referenceTypes: ['User'],
    mutability: 'immutable',
    caseExact: true,
  }),
  attribute('display', 'Name of the person.', { mutability: 'readOnly', searchable: false }),
  attribute('type', 'What kind of member it is.', {
    mutability: 'immutable',
    canonicalValues: ['User'],
  }),
];

/** The attributes of a group of the directory (RFC 7643 §4.2), with the description that directories add (seeds S14). */
export const groupSchema: Schema = {
  urn: CORE.Group,
  name: 'Group',
  description: 'A group of the directory.',
  attributes: byName([
    attribute('displayName', 'Name of the group.', { required: true, uniqueness: 'server' }),
    attribute('description', 'What the group is for.'),
    attribute('members', 'The people in the group.', { multiValued: true, subAttributes: memberParts }),
    ...commonAttributes,
  ]),
};
