import type { Notice } from '../../domain/notices/notice.ts';
import { inOrder } from '../page/many.ts';
import type { RequestContext } from '../request-context.ts';

/** The notice of that stored id, or null. */
export const loadNotice = (context: RequestContext, id: string): Promise<Notice | null> =>
  context
    .loader<string, Notice | null>('notice', async (ids) =>
      inOrder(ids, await context.reads.notices.byIds(ids), (notice) => notice.id),
    )
    .load(id);

/** The notices of that directory, the newest first. */
export const loadNoticesOf = (context: RequestContext, directoryId: string): Promise<Notice[]> =>
  context
    .loader<string, Notice[]>('notices of directories', async (ids) => {
      const byDirectory = Map.groupBy(await context.reads.notices.ofDirectories(ids), (notice) => notice.directoryId);
      return ids.map((id) => byDirectory.get(id) ?? []);
    })
    .load(directoryId);
