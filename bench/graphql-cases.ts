import { wireId } from '../src/domain/ids.ts';
import { type Case, floorRequest, hubRequest, someone } from './case.ts';

const user =
  'query User($id: ID!) { user(id: $id) { id version status userName displayName givenName familyName email title department } }';

const usersWithTeams =
  'query Page { users(first: 50) { nodes { id displayName email title department teams { nodes { id name } } } } }';

/** People as products read them. */
export const graphqlCases: Case[] = [
  {
    name: 'graphql.user',
    bar: 0.3,
    request: {
      hub: (company, serial) => {
        const id = wireId('usr', company.people[someone(company, serial)]!);
        return hubRequest('POST', '/graphql', company.adminKey, { query: user, variables: { id } });
      },
      floor: (company, serial) =>
        floorRequest('POST', '/user', { variables: { id: company.people[someone(company, serial)]! } }),
    },
  },
  {
    name: 'graphql.users-with-teams',
    bar: 0.5,
    request: {
      hub: ({ adminKey }) => hubRequest('POST', '/graphql', adminKey, { query: usersWithTeams }),
      floor: () => floorRequest('POST', '/users-with-teams', {}),
    },
  },
];
