import { type Language, languageFor } from '../domain/mail/language.ts';
import { plainName } from '../domain/mail/markup.ts';
import { htmlOf, type Letter, textOf } from './layout.ts';
import type { Mail } from './mailer.ts';

/** Who is invited, where to, and by which link. */
export type InvitationParts = {
  address: string;
  name: string;
  userName: string;
  preferredLanguage: string | null;
  url: string;
};

const subjects: Record<Language, string> = {
  en: 'Activate your account',
  de: 'Aktivieren Sie Ihr Konto',
};

type Words = (name: string, userName: string, url: string) => Letter;

const letters: Record<Language, Words> = {
  en: (name, userName, url) => ({
    before: [`Hello ${name},`, `an account has been set up for you: ${userName}.`],
    button: { label: 'Activate the account', url },
    after: [
      'The link works once and for 72 hours. After that, whoever set the account up can send you a new one.',
      'If you expected no such mail, you need not do anything.',
    ],
  }),
  de: (name, userName, url) => ({
    before: [`Guten Tag ${name},`, `für Sie wurde ein Konto eingerichtet: ${userName}.`],
    button: { label: 'Konto aktivieren', url },
    after: [
      'Der Link gilt einmal und 72 Stunden lang. Danach kann Ihnen einen neuen schicken, wer das Konto eingerichtet hat.',
      'Wenn Sie diese Nachricht nicht erwartet haben, brauchen Sie nichts zu tun.',
    ],
  }),
};

/** The mail with an activation link, in the person's language (seeds S11, S26). */
export function invitationMail({ address, name, userName, preferredLanguage, url }: InvitationParts): Omit<Mail, 'id'> {
  const language = languageFor(preferredLanguage);
  const shownName = plainName(name);
  const letter = letters[language](shownName, plainName(userName), url);
  return {
    to: { name: shownName, address },
    subject: subjects[language],
    text: textOf(letter),
    html: htmlOf(language, letter),
  };
}
