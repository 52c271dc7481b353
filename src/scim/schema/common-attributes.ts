import { attribute, type Definition } from './definition.ts';

const given = { mutability: 'readOnly', caseExact: true } as const;

/** What every resource has besides its schema (RFC 7643 §3.1); the published schemas leave these out, as the RFC does. */
export const commonAttributes: readonly Definition[] = [
  attribute('schemas', 'Namespaces of the attributes present.', {
    ...given,
    type: 'reference',
    referenceTypes: ['uri'],
    multiValued: true,
    returned: 'always',
  }),
  attribute('id', 'Identifier given by this server.', { ...given, returned: 'always', uniqueness: 'server' }),
  attribute('externalId', 'Identifier given by the directory.', { caseExact: true }),
  attribute('meta', 'Facts about the resource.', {
    ...given,
    subAttributes: [
      attribute('resourceType', 'Kind of the resource.', given),
      attribute('created', 'When the resource was created.', { ...given, type: 'dateTime' }),
      attribute('lastModified', 'When the resource last changed.', { ...given, type: 'dateTime' }),
      attribute('location', 'Address of the resource.', {
        ...given,
        type: 'reference',
        referenceTypes: ['uri'],
      }),
      attribute('version', 'Entity tag of the resource.', given),
    ],
  }),
];
