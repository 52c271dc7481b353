import type { JsonObject } from '../json.ts';
import type { Language } from '../mail/language.ts';

/** What people are told of. */
export type NoticeKind =
  | 'FAILURE_RATE'
  | 'QUARANTINE_RISK'
  | 'TOKEN_EXPIRY'
  | 'SILENCE'
  | 'BRAKE'
  | 'SEATS'
  | 'WEBHOOK';

/** Something that people should know; of one kind and key, one is open at a time. */
export type NewNotice = {
  kind: NoticeKind;
  /** Stored id; null where it concerns the whole tenant. */
  directoryId: string | null;
  dedupeKey: string;
  /** What the words of the notice are made of; nothing personal and no secret. */
  facts: JsonObject;
};

/** A notice as it is kept. */
export type Notice = NewNotice & { id: string; openedAt: string; closedAt: string | null };

/** Whom notices go to; the salt is what the webhook's secret follows from, by the pepper of the hub. */
export type Recipients = {
  emails: string[];
  language: Language;
  webhookUrl: string | null;
  webhookSalt: string | null;
};
