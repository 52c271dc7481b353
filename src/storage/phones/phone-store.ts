import { StaleWrite } from '../../domain/errors.ts';
import type { Asked } from '../../domain/phones/code-limits.ts';
import type { Addressee, OpenCode, PhoneStore } from '../../domain/phones/phone-store.ts';
import type { Verification } from '../../domain/phones/verification.ts';
import type { Session } from '../database.ts';
import { eventValues } from '../events/event-statement.ts';
import { askedSince, issueCode, lockCounts, takeTry, wantCode } from './code-statements.ts';
import { defaultRegion, setDefaultRegion } from './region-statements.ts';
import { confirmPhone, dropVerification, keepVerification, lockVerification } from './verification-statements.ts';

/** Phone numbers of one tenant, through one session. */
export const phoneStore = (session: Session, tenantId: string): PhoneStore => ({
  async defaultRegion() {
    const [row] = await session.run<{ region: string | null }>(defaultRegion, [tenantId]);
    return row!.region;
  },
  async setDefaultRegion(region, event) {
    await session.run(setDefaultRegion, [tenantId, region, ...eventValues(event)]);
  },
  async lockCounts(e164, userId) {
    await session.run(lockCounts, [`${tenantId} ${e164}`, userId]);
  },
  askedSince: (since, e164, userId) => session.run<Asked>(askedSince, [tenantId, since, e164, userId]),
  async want({ id, userId, field, e164, at }, countedSince, event) {
    await session.run(wantCode, [tenantId, id, userId, field, e164, at, countedSince, ...eventValues(event)]);
  },
  async issue({ id, digest, expiresAt, askedAfter }) {
    return (await session.run<Addressee>(issueCode, [tenantId, id, digest, expiresAt, askedAfter]))[0] ?? null;
  },
  async takeTry(userId, field, at, most) {
    return (await session.run<OpenCode>(takeTry, [tenantId, userId, field, at, most]))[0] ?? null;
  },
  async confirm({ codeId, userId, field, e164, text }, event) {
    const values = [tenantId, userId, field, text, codeId, e164, event.at, ...eventValues(event)];
    const [row] = await session.run<{ written: number }>(confirmPhone, values);
    if (row!.written === 0) throw new StaleWrite();
  },
  async lockVerification(userId, field) {
    return (await session.run<Verification>(lockVerification, [tenantId, userId, field]))[0] ?? null;
  },
  async keepVerification(userId, field, text) {
    await session.run(keepVerification, [tenantId, userId, field, text]);
  },
  async dropVerification(userId, field, event) {
    await session.run(dropVerification, [tenantId, userId, field, ...eventValues(event)]);
  },
});
