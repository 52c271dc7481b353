import type { Seal } from '../credentials/secret.ts';

/** The secret that events are signed with; nothing it follows from is worth anything without the pepper. */
export const eventSecret = (seal: Seal, tenantId: string, webhookId: string, salt: string): string =>
  `whsec_${seal(`webhook of events ${tenantId} ${webhookId} ${salt}`).toString('base64')}`;
