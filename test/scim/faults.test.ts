import { expect, test } from 'vitest';
import { HubError, notFound } from '../../src/domain/errors.ts';
import { faultBody, faultOf, invalidValue, ScimFault } from '../../src/scim/faults.ts';

test('G1 an error body has the status as a string and the scimType', () => {
  const fault = faultOf(new HubError('NOT_UNIQUE', 'userName already exists', { path: ['userName'] }));
  expect(faultBody(fault)).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '409',
    scimType: 'uniqueness',
    detail: 'userName already exists',
  });
  expect(fault.attribute).toBe('userName');
});

test('an error without a scimType leaves it out', () => {
  expect(faultBody(faultOf(notFound('user', 'usr_1')))).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '404',
    detail: 'There is no user usr_1.',
  });
});

test('a fault names its attribute, cut short when it is hostile', () => {
  expect(invalidValue('title', 'must be a text.')).toMatchObject({ status: 400, detail: 'title must be a text.' });
  const fault = invalidValue('\ud83d\ude00'.repeat(1000), 'is wrong.');
  expect(fault).toBeInstanceOf(ScimFault);
  expect(fault.detail.length).toBeLessThan(120);
  expect(fault.detail.isWellFormed()).toBe(true);
});
