import type { RuleReader } from '../../domain/rules/rule-reader.ts';
import type { RuleWork } from '../../domain/rules/rule-work.ts';
import type { Database } from '../database.ts';
import { newestWork } from './work-statements.ts';

/** How far changes of rules are, as rooms read it. */
export const ruleReader = (database: Database): RuleReader => ({
  work: (tenantId) =>
    database.session(tenantId, async (session) => (await session.run<RuleWork>(newestWork, [tenantId]))[0] ?? null),
});
