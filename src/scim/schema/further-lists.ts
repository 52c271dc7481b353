import { attribute, type Definition } from './definition.ts';

const list = (name: string, about: string, value: Partial<Definition>, types?: readonly string[]): Definition =>
  attribute(name, about, {
    multiValued: true,
    subAttributes: [
      attribute('value', 'The value itself.', value),
      attribute('display', 'Name of the value for people.'),
      attribute('type', 'What the value is for.', types ? { canonicalValues: types } : {}),
      attribute('primary', 'True for the preferred value.', { type: 'boolean' }),
    ],
  });

/** Lists of RFC 7643 §4.1.2 that no field is made of: kept, filtered and read back. */
export const furtherLists: readonly Definition[] = [
  list('entitlements', 'What the person is entitled to.', {}),
  list('ims', 'Instant messaging addresses.', {}, ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo']),
  list('photos', 'Addresses of pictures of the person.', { type: 'reference', referenceTypes: ['external'] }, [
    'photo',
    'thumbnail',
  ]),
  list('x509Certificates', 'Certificates of the person, in Base64.', { type: 'binary', caseExact: true }),
];
