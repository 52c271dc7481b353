/**
 * True while the directory `$2` of the tenant `$1` may write its groups; one that rehearses does so in another tenant. People need no such test: their writes name the
 * version of the policy, which a disconnect raises.
 */
export const isConnected = `exists (
  select 1 from directories c where c.tenant_id = $1 and c.id = $2 and c.state not in ('DISCONNECTED', 'REHEARSAL'))`;
