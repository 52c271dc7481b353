import type { InvitationState } from '../domain/invitations/invitation.ts';
import type { Language } from '../domain/mail/language.ts';
import type { Page } from './page.ts';

/** What the page says: of a link in each state, of one that is none, and once it has done its work. */
export type Shown = InvitationState | 'UNKNOWN' | 'DONE';

const en: Record<Shown, (userName: string) => Page> = {
  OPEN: (userName) => ({
    title: 'Activate your account',
    sentences: [`This activates the account ${userName}.`],
    button: 'Activate the account',
  }),
  DONE: (userName) => ({ title: 'Your account is active', sentences: [`You can sign in as ${userName} now.`] }),
  USED: () => ({
    title: 'This link has been used',
    sentences: ['The account was activated with it before. If that was not you, tell whoever set the account up.'],
  }),
  EXPIRED: () => ({
    title: 'This link has expired',
    sentences: ['It was good for 72 hours. Ask whoever set the account up to send you a new one.'],
  }),
  ENDED: () => ({
    title: 'This link is no longer valid',
    sentences: ['A newer mail may hold another one. If there is none, ask whoever set the account up.'],
  }),
  UNKNOWN: () => ({
    title: 'There is nothing here',
    sentences: ['Please open the link exactly as it stands in the mail.'],
  }),
};

const de: Record<Shown, (userName: string) => Page> = {
  OPEN: (userName) => ({
    title: 'Konto aktivieren',
    sentences: [`Damit aktivieren Sie das Konto ${userName}.`],
    button: 'Konto aktivieren',
  }),
  DONE: (userName) => ({
    title: 'Ihr Konto ist aktiv',
    sentences: [`Sie können sich jetzt als ${userName} anmelden.`],
  }),
  USED: () => ({
    title: 'Dieser Link wurde schon benutzt',
    sentences: [
      'Das Konto wurde damit bereits aktiviert. Wenn nicht Sie das waren, sagen Sie es denen, die es eingerichtet haben.',
    ],
  }),
  EXPIRED: () => ({
    title: 'Dieser Link ist abgelaufen',
    sentences: ['Er galt 72 Stunden. Wer das Konto eingerichtet hat, kann Ihnen einen neuen schicken.'],
  }),
  ENDED: () => ({
    title: 'Dieser Link gilt nicht mehr',
    sentences: [
      'Vielleicht steht in einer neueren Mail ein anderer. Sonst fragen Sie, wer das Konto eingerichtet hat.',
    ],
  }),
  UNKNOWN: () => ({
    title: 'Hier ist nichts',
    sentences: ['Bitte öffnen Sie den Link genau so, wie er in der Mail steht.'],
  }),
};

const pages: Record<Language, Record<Shown, (userName: string) => Page>> = { en, de };

/** The page in that language. */
export const pageOf = (language: Language, shown: Shown, userName: string): Page => pages[language][shown](userName);
