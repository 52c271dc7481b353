import type { Language } from '../mail/language.ts';
import type { Notice, NoticeKind } from './notice.ts';

/** A notice for people: what a list shows, and what to do about it. */
export type NoticeWords = { subject: string; message: string };

type Facts = Record<string, string>;
type Words = (facts: Facts) => NoticeWords;

const secretsIn: Record<Language, Record<string, string>> = {
  en: { TOKEN: 'The token', CLIENT_SECRET: 'The client secret' },
  de: { TOKEN: 'Das Token', CLIENT_SECRET: 'Das Client Secret' },
};

const words: Record<Language, Record<NoticeKind, Words>> = {
  en: {
    FAILURE_RATE: ({ directory, failures, requests, reason }) => ({
      subject: `${directory}: many requests are refused`,
      message: `${failures} of ${requests} requests of ${directory} were refused or failed, most of them by ${reason}.`,
    }),
    QUARANTINE_RISK: ({ directory, percent, refusal }) => ({
      subject: `${directory}: Entra may put provisioning in quarantine`,
      message: `${directory} is ${percent} % of the way to quarantine. The last refusal: ${refusal}`,
    }),
    TOKEN_EXPIRY: ({ directory, secret, days, expiresAt }) => ({
      subject: `${directory}: ${secret} ends within ${days} days`,
      message: `${secret} of ${directory} ends on ${expiresAt}. Make a new one and give it to the identity provider.`,
    }),
    SILENCE: ({ directory, since }) => ({
      subject: `${directory}: no request for two hours`,
      message: `${directory} has asked for nothing since ${since}. Entra asks every 40 minutes; look whether provisioning is on.`,
    }),
    BRAKE: ({ directory }) => ({
      subject: `${directory}: mass changes are held back`,
      message: `The brake of ${directory} has tripped. Look at what it holds back, and allow or undo it.`,
    }),
    SEATS: () => ({ subject: 'No seat is left', message: 'Every seat is taken; whoever comes now has to wait.' }),
    WEBHOOK: ({ webhook }) => ({
      subject: `The webhook at ${webhook} is switched off`,
      message: `Nothing arrives at the webhook at ${webhook} any more, so it was switched off. Switch it on again when its receiver answers; nothing is lost meanwhile.`,
    }),
  },
  de: {
    FAILURE_RATE: ({ directory, failures, requests, reason }) => ({
      subject: `${directory}: viele Anfragen werden abgelehnt`,
      message: `${failures} von ${requests} Anfragen von ${directory} wurden abgelehnt oder schlugen fehl, die meisten wegen ${reason}.`,
    }),
    QUARANTINE_RISK: ({ directory, percent, refusal }) => ({
      subject: `${directory}: Entra könnte die Bereitstellung in Quarantäne nehmen`,
      message: `${directory} ist zu ${percent} % auf dem Weg in die Quarantäne. Die letzte Ablehnung: ${refusal}`,
    }),
    TOKEN_EXPIRY: ({ directory, secret, days, expiresAt }) => ({
      subject: `${directory}: ${secret} endet innerhalb von ${days} Tagen`,
      message: `${secret} von ${directory} endet am ${expiresAt}. Legen Sie ein neues an und geben Sie es dem Identitätsanbieter.`,
    }),
    SILENCE: ({ directory, since }) => ({
      subject: `${directory}: seit zwei Stunden keine Anfrage`,
      message: `${directory} hat seit ${since} nichts mehr angefragt. Entra fragt alle 40 Minuten; sehen Sie nach, ob die Bereitstellung läuft.`,
    }),
    BRAKE: ({ directory }) => ({
      subject: `${directory}: Massenänderungen werden zurückgehalten`,
      message: `Die Bremse von ${directory} hat ausgelöst. Sehen Sie an, was sie zurückhält, und erlauben Sie es oder machen Sie es rückgängig.`,
    }),
    SEATS: () => ({
      subject: 'Kein Platz ist frei',
      message: 'Alle Plätze sind vergeben; wer jetzt kommt, muss warten.',
    }),
    WEBHOOK: ({ webhook }) => ({
      subject: `Der Webhook bei ${webhook} ist abgeschaltet`,
      message: `Beim Webhook bei ${webhook} kommt nichts mehr an, deshalb wurde er abgeschaltet. Schalten Sie ihn wieder ein, sobald der Empfänger antwortet; bis dahin geht nichts verloren.`,
    }),
  },
};

/** The notice in that language. */
export function noticeWords({ kind, facts }: Pick<Notice, 'kind' | 'facts'>, language: Language): NoticeWords {
  const shown: Facts = {};
  for (const [name, value] of Object.entries(facts)) shown[name] = value === null ? '–' : shownValue(String(value));
  if (shown.secret) shown.secret = secretsIn[language][shown.secret] ?? shown.secret;
  return words[language][kind](shown);
}

const TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}(?:\.\d+)?Z$/;

const shownValue = (text: string): string => text.replace(TIME, '$1 $2 UTC');
