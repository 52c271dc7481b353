import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { Directory as DirectoryRow } from '../../domain/directories/directory-store.ts';
import { checklist } from '../../domain/health/checklist.ts';
import {
  type Coverage,
  cycleOf,
  type HealthRow,
  lastRefusal,
  lastRequestAt,
} from '../../domain/health/directory-health.ts';
import { failuresIn, quarantineRisk } from '../../domain/health/quarantine.ts';
import { Directory } from '../directories/directory-type.ts';
import { loadClientSecrets, loadTokens } from '../directories/load-directories.ts';
import { loadUnmapped } from '../fields/directory-fields-resolver.ts';
import { inOrder } from '../page/many.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadUser } from '../users/load-users.ts';
import { User } from '../users/user-type.ts';
import { ChecklistItem, DirectoryCoverage, DirectoryHealth } from './health-types.ts';

const loadHealth = (context: RequestContext, id: string): Promise<HealthRow> =>
  context
    .loader<string, HealthRow>('health', async (ids) => {
      const rows = inOrder(ids, await context.reads.health.ofDirectories(ids), (row) => row.directoryId);
      return rows.map((row) => row!);
    })
    .load(id);

const loadCoverage = (context: RequestContext, id: string): Promise<Coverage> =>
  context
    .loader<string, Coverage>('coverage', async (ids) => {
      const rows = inOrder(ids, await context.reads.health.coverage(ids), (row) => row.directoryId);
      return rows.map((row) => row!);
    })
    .load(id);

/** How a directory fares. */
@Resolver(() => Directory)
export class DirectoryHealthResolver {
  @FieldResolver(() => DirectoryHealth, { description: 'How it fares, by what the provisioning log counted.' })
  async health(@Root() directory: DirectoryRow, @Ctx() context: RequestContext) {
    const row = await loadHealth(context, directory.id);
    return {
      lastRequestAt: lastRequestAt(row),
      lastTestAt: row.testedAt,
      lastRefusal: lastRefusal(row),
      failuresInWindow: failuresIn(row.reasons),
      quarantineRisk: quarantineRisk(cycleOf(row)),
      reasons: row.reasons,
    };
  }

  @FieldResolver(() => DirectoryCoverage, { description: 'How many of its people are in none of its groups.' })
  coverage(@Root() directory: DirectoryRow, @Ctx() context: RequestContext) {
    return loadCoverage(context, directory.id);
  }

  @FieldResolver(() => [ChecklistItem], { description: 'What to check before it is left to itself.' })
  async checklist(@Root() { id }: DirectoryRow, @Ctx() context: RequestContext) {
    const [health, unmapped, tokens, clientSecrets] = await Promise.all([
      loadHealth(context, id),
      loadUnmapped(context, id),
      loadTokens(context, id),
      loadClientSecrets(context, id),
    ]);
    return checklist({ health, unmapped, secrets: [...tokens, ...clientSecrets] });
  }
}

/** The people of a coverage. */
@Resolver(() => DirectoryCoverage)
export class CoverageResolver {
  @FieldResolver(() => [User], { description: 'Some of the people in no group, the newest first: at most 10.' })
  async sample(@Root() { sample }: Coverage, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    const people = await Promise.all(sample.map((id) => loadUser(context, id, info.selection.names)));
    return people.filter((person) => person !== null);
  }
}
