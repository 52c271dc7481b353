import type { Claim } from '../../domain/idempotency/claim.ts';
import type { KeptAnswers, Standing } from '../../domain/idempotency/kept-answers.ts';
import type { Database, Statement } from '../database.ts';
import { claimKey, endClaim, forgetKeys, keepAnswer, readKey } from './claim-statements.ts';
import { valuesOf } from './claim-store.ts';

type Row = {
  digest: Buffer;
  requestId: string;
  isRunning: boolean;
  applied: boolean;
  answer: string | null;
  contentType: string | null;
};

/** Claims and answers on PostgreSQL, outside the transactions of commands. */
export function keptAnswers(database: Database): KeptAnswers {
  const change = (claim: Claim, statement: Statement, values: unknown[] = []) =>
    database.session(claim.tenantId, async (own) => void (await own.run(statement, [...valuesOf(claim), ...values])));
  return {
    claim: (claim, { digest, requestId }) =>
      database.session(claim.tenantId, async (own) => {
        const values = valuesOf(claim);
        const claimed = await own.run(claimKey, [...values, digest, requestId]);
        if (claimed.length > 0) return { is: 'OURS' };
        const [row] = await own.run<Row>(readKey, values.slice(0, 3));
        return standingOf(row, digest);
      }),
    keep: (claim, { text, contentType }) => change(claim, keepAnswer, [text, contentType]),
    letGo: (claim) => change(claim, endClaim),
    forget: (tenantId) => database.session(tenantId, async (own) => (await own.run(forgetKeys, [tenantId])).length),
  };
}

/** A row that is gone since was let go, or is claimed by the next who asks. */
function standingOf(row: Row | undefined, digest: Buffer): Standing {
  if (!row) return { is: 'IN_PROGRESS' };
  const { requestId, isRunning, applied, answer, contentType } = row;
  if (!row.digest.equals(digest)) return { is: 'REUSED' };
  if (answer !== null) return { is: 'ANSWERED', answer: { text: answer, contentType: contentType! } };
  return applied && !isRunning ? { is: 'APPLIED', requestId } : { is: 'IN_PROGRESS' };
}
