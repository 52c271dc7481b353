import type { SyncRun } from '../../domain/requests/sync-run.ts';
import { enumOf } from '../enum-of.ts';

/** SyncRunKind. */
export const SyncRunKindEnum = enumOf<SyncRun['kind']>('SyncRunKind', 'What kind of run it is.', {
  INITIAL: 'Until it, no run of the directory had written anything.',
  INCREMENTAL: 'Any later one.',
});
