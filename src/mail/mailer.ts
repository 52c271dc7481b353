import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { Undeliverable } from '../domain/outbox/outbox-queue.ts';

/** Someone who writes or is written to; never one text, so that nobody parses an address out of a name. */
export type Correspondent = { name: string; address: string };

/** A mail as it leaves. `id` is the same whenever it is sent again. */
export type Mail = { id: string; to: Correspondent; subject: string; text: string; html: string };

/** Hands a mail over; Undeliverable where the other side will never take it. */
export type Mailer = (mail: Mail) => Promise<void>;

/** Longest silences of a mail server, in ms. */
const PATIENCE = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
/** A mail is made of what stands in it, never of files or addresses that it names. */
const CLOSED = { disableFileAccess: true, disableUrlAccess: true };

/** Hands mails to the server of that URL. */
export function smtpMailer(url: string, from: Correspondent): Mailer {
  const transport = createTransport({ url, ...PATIENCE, ...CLOSED });
  return async (mail) => {
    try {
      await transport.sendMail(messageOf(mail, from));
    } catch (error) {
      throw isRefused(error) ? new Undeliverable((error as Error).message) : error;
    }
  };
}

/** Writes each mail into the folder as `<id>.eml`, whole or not at all. */
export function fileMailer(folder: string, from: Correspondent): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, ...CLOSED });
  return async (mail) => {
    const { message } = await transport.sendMail(messageOf(mail, from));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${mail.id}.eml`);
    await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
    await rename(`${file}.part`, file);
  };
}

const messageOf = ({ id, to, subject, text, html }: Mail, from: Correspondent) => ({
  from,
  to,
  subject,
  text,
  html,
  messageId: `<${id}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
  // Nobody's absence is to be answered with (RFC 3834 §5).
  headers: { 'Auto-Submitted': 'auto-generated' },
  envelope: { from: from.address, to: to.address },
});

/** The server knows no such mailbox: that does not change by asking again. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'EENVELOPE' &&
  'command' in error &&
  error.command === 'RCPT TO' &&
  'responseCode' in error &&
  Number(error.responseCode) >= 500;
