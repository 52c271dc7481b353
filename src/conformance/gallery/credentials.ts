import { must, type Section, section } from '../check.ts';
import { Broken, demand, demandStatus, listed, NotOffered } from '../demand.ts';
import { objectOf } from '../json.ts';

/** What Entra needs to trade its own assertion for a token (entra.md A15). */
export interface Federation {
  tokenEndpoint: string;
  clientId: string;
  assertion: string;
}

const BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The gallery's tests of signing in (entra.md H8, A1, A15). */
export function credentials(federation: Federation | undefined): Section {
  const validate = must('entra.md H8, A1, A18', 'Validate_Credentials', async (bench) => {
    const probe = await bench.query('User', { filter: `userName eq "${bench.name('nobody')}"` });
    demand(probe, listed(probe).length === 0, 'an empty list');
    const wrong = await bench.get('/Users?count=1', { authorization: 'Bearer not-a-token' });
    demandStatus(wrong, 401, 403);
  });
  const federated = must('entra.md H8, A15', 'Federated_Identity', async (bench) => {
    if (!federation) throw new NotOffered('needs --token-endpoint, --client-id and --assertion-file');
    const token = await trade(federation);
    demandStatus(await bench.get('/Users?count=1', { authorization: `Bearer ${token}` }), 200);
  });
  return section({ title: 'Credentials', checks: () => [validate, federated] });
}

/** The exchange of RFC 7523. Neither the assertion nor the token is shown in the report. */
async function trade({ tokenEndpoint, clientId, assertion }: Federation): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: BEARER,
    client_assertion: assertion,
    scope: 'scim',
  });
  const exchange = {
    method: 'POST',
    path: tokenEndpoint,
    body: 'grant_type=client_credentials&…',
    status: 0,
    answer: '',
  };
  const response = await fetch(tokenEndpoint, { method: 'POST', body }).catch(() => null);
  if (!response) throw new Broken('an answer of the token endpoint', exchange);
  const { access_token, token_type, error } = objectOf(await response.json().catch(() => null));
  const shown = { ...exchange, status: response.status, answer: error === undefined ? '' : String(error) };
  if (response.status !== 200) throw new Broken('status 200', shown);
  if (typeof access_token !== 'string' || !/^bearer$/i.test(String(token_type))) {
    throw new Broken('access_token and token_type Bearer', shown);
  }
  return access_token;
}
