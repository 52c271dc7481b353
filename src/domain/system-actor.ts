import { type Actor, scopes } from './actor.ts';
import { wireId } from './ids.ts';

/** The hub itself, as the actor of what it does in a tenant without being asked. */
export const systemActor = (tenantId: string): Actor => ({
  kind: 'system',
  tenantId,
  id: wireId('tnt', tenantId),
  label: 'the hub',
  scopes: new Set(scopes),
  directoryId: null,
});
