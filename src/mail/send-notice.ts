import type { Language } from '../domain/mail/language.ts';
import { plainName } from '../domain/mail/markup.ts';
import type { NoticeReader } from '../domain/notices/notice-store.ts';
import { noticeWords } from '../domain/notices/notice-words.ts';
import type { Sender } from '../domain/outbox/outbox-queue.ts';
import { htmlOf, type Letter, textOf } from './layout.ts';
import type { Mailer } from './mailer.ts';

/** What notices are mailed with; links begin with `publicUrl`. */
export type NoticePost = { notices: NoticeReader; mailer: Mailer; publicUrl: string };

/** Mails a notice to one recipient, while they are one. */
export const sendNoticeMail =
  ({ notices, mailer, publicUrl }: NoticePost): Sender =>
  async ({ tenantId, id, payload }) => {
    const [notice] = await notices.byIds(tenantId, [String(payload.notice)]);
    const { emails, language } = await notices.recipients(tenantId);
    const address = String(payload.email);
    if (!notice || !emails.includes(address)) return;
    const { subject, message } = noticeWords(notice, language);
    const letter: Letter = {
      before: [message],
      button: { label: labels[language], url: publicUrl },
      after: [endings[language]],
    };
    const [text, html] = [textOf(letter), htmlOf(language, letter)];
    await mailer({ id, to: { name: '', address }, subject: plainName(subject), text, html });
  };

const labels: Record<Language, string> = { en: 'Open Rollcall', de: 'Rollcall öffnen' };

const endings: Record<Language, string> = {
  en: 'You are told of this once, and not again while it lasts.',
  de: 'Sie erhalten dazu eine Nachricht und keine weitere, solange es andauert.',
};
