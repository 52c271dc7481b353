import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Directory as DirectoryRow } from '../../domain/directories/directory-store.ts';
import { wireId } from '../../domain/ids.ts';
import type { Notice as NoticeRow } from '../../domain/notices/notice.ts';
import { noticeWords } from '../../domain/notices/notice-words.ts';
import { Directory } from '../directories/directory-type.ts';
import { loadDirectory } from '../directories/load-directories.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import { loadNoticesOf } from './load-notices.ts';
import { Notice, NoticeRecipients } from './notice-types.ts';

/** Fields of a notice that follow from the row at once. */
export const noticePlain: PlainResolvers<NoticeRow> = {
  id: ({ id }) => wireId('ntc', id),
  message: (notice) => noticeWords(notice, 'en').message,
};

/** What people are told of, and who. */
@Resolver(() => Notice)
export class NoticeResolver {
  @FieldResolver(() => Directory, { nullable: true, description: 'The directory that it is about.' })
  directory(@Root() notice: NoticeRow, @Ctx() context: RequestContext) {
    return notice.directoryId === null ? null : loadDirectory(context, notice.directoryId);
  }

  @Query(() => [Notice], { description: 'Notices, the newest first, at most 200.' })
  notices(
    @Arg('open', () => Boolean, { nullable: true, description: 'True: only those that last; false: the others.' })
    open: boolean | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return context.reads.notices.list(open ?? null);
  }

  @Query(() => NoticeRecipients, { description: 'Whom notices go to.' })
  noticeRecipients(@Ctx() context: RequestContext) {
    return context.reads.notices.recipients();
  }
}

/** The notices of a directory. */
@Resolver(() => Directory)
export class DirectoryNoticesResolver {
  @FieldResolver(() => [Notice], { description: 'Its notices, the newest first, at most 50.' })
  notices(@Root() directory: DirectoryRow, @Ctx() context: RequestContext) {
    return loadNoticesOf(context, directory.id);
  }
}
