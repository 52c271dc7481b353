/** Speaks SCIM with the hub while the company is made; throws on every answer that is not a success. */
export async function scim<Body>(base: string, token: string, path: string, body?: object): Promise<Body> {
  const answer = await fetch(`${base}/scim/v2${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/scim+json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as Body;
}
