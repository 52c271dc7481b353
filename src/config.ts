import { mailAddress } from './domain/mail/mail-address.ts';

/** Everything the environment decides. Read here and nowhere else. */
export type Config = {
  port: number;
  host: string;
  /** Address that people and Entra reach the hub by, without a slash at the end. */
  publicUrl: string;
  /** Null: the hub runs a PostgreSQL of its own in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  /** A bootstrap key with every scope, besides those in the database. */
  adminKey: string | null;
  /** Pepper of all digests; null: kept in `dataDir`, made at the first start. */
  secret: string | null;
  /** Where Entra's tenants issue their assertions, without a slash at the end. */
  entraAuthority: string;
  /** How many days the provisioning log is kept. */
  logDays: number;
  /** Points that the bucket of a caller of GraphQL is given each second. */
  pointsPerSecond: number;
  /** The mail server; null: mails are files in `dataDir`. */
  smtpUrl: string | null;
  /** Who mails are from. */
  mailFrom: { name: string; address: string };
  /** Where codes for phones are posted; null: nowhere. */
  smsWebhookUrl: string | null;
  /** On the machine of a developer: what would leave the hub, and has nowhere to go, is put into `dataDir`. */
  development: boolean;
  /** Webhooks may be on this machine, by http too: for trying out. */
  localWebhooks: boolean;
};

/** What is wrong with the environment; every problem at once, each naming its variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const SHORTEST_SECRET = 32;

/** Reads and checks the environment; throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const say = (problem: string) => void problems.push(problem);
  const given = (name: string) => env[name]?.trim() || null;
  const port = readPort(given('PORT') ?? '4000', say);
  const host = given('HOST') ?? '127.0.0.1';
  const publicUrl = readUrl(
    'PUBLIC_URL',
    given('PUBLIC_URL') ?? `http://${localName(host)}:${port}`,
    ['http:', 'https:'],
    say,
  );
  const databaseUrl = given('DATABASE_URL');
  if (databaseUrl) readUrl('DATABASE_URL', databaseUrl, ['postgres:', 'postgresql:'], say);
  const adminKey = readSecret('ROLLCALL_ADMIN_KEY', given('ROLLCALL_ADMIN_KEY'), say);
  const secret = readSecret('ROLLCALL_SECRET', given('ROLLCALL_SECRET'), say);
  const entraAuthority = readAuthority(given('ENTRA_AUTHORITY') ?? 'https://login.microsoftonline.com', say);
  if (databaseUrl && !secret) {
    say('ROLLCALL_SECRET is required with DATABASE_URL: every hub on that database must have the same.');
  }
  const logDays = readDays('ROLLCALL_LOG_DAYS', given('ROLLCALL_LOG_DAYS') ?? '30', say);
  const pointsPerSecond = readPoints(
    'ROLLCALL_POINTS_PER_SECOND',
    given('ROLLCALL_POINTS_PER_SECOND') ?? '100000',
    say,
  );
  const smtpUrl = given('SMTP_URL');
  if (smtpUrl) readUrl('SMTP_URL', smtpUrl, ['smtp:', 'smtps:'], say);
  if (smtpUrl && !given('MAIL_FROM')) say('MAIL_FROM is required with SMTP_URL: the address that mails are from.');
  const mailFrom = readSender(given('MAIL_FROM') ?? 'Rollcall <rollcall@rollcall.invalid>', say);
  const smsWebhookUrl = given('SMS_WEBHOOK_URL');
  if (smsWebhookUrl) readUrl('SMS_WEBHOOK_URL', smsWebhookUrl, ['https:', 'http:'], say);
  const localWebhooks = readSwitch('ROLLCALL_LOCAL_WEBHOOKS', given('ROLLCALL_LOCAL_WEBHOOKS') ?? 'off', say);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  const dataDir = given('ROLLCALL_DATA_DIR') ?? './.data';
  const development = env.NODE_ENV !== 'production';
  const base = { port, host, publicUrl, databaseUrl, dataDir, adminKey, secret, entraAuthority, logDays };
  return { ...base, pointsPerSecond, smtpUrl, mailFrom, smsWebhookUrl, development, localWebhooks };
}

type Say = (problem: string) => void;

function readPort(text: string, say: Say): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    say(`PORT must be a number from 0 to 65535, not "${text}".`);
  return port;
}

function readDays(name: string, text: string, say: Say): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3_650)
    say(`${name} must be a number of days from 1 to 3650, not "${text}".`);
  return days;
}

function readPoints(name: string, text: string, say: Say): number {
  const points = Number(text);
  if (!Number.isInteger(points) || points < 1 || points > 1_000_000_000)
    say(`${name} must be a number of points from 1 to 1000000000, not "${text}".`);
  return points;
}

function readSwitch(name: string, text: string, say: Say): boolean {
  if (text !== 'on' && text !== 'off') say(`${name} must be on or off, not "${text}".`);
  return text === 'on';
}

function readUrl(name: string, text: string, protocols: string[], say: Say): string {
  const url = URL.parse(text);
  if (!url || !protocols.includes(url.protocol)) {
    // The text itself may hold a password and is not repeated.
    say(`${name} must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`);
  }
  return withoutSlashes(text);
}

function withoutSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end--;
  return text.slice(0, end);
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Keys are read from there, so nobody on the way may change them: https, but for this machine itself. */
function readAuthority(text: string, say: Say): string {
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!isSafe || url.origin !== text.toLowerCase().replace(/\/$/, ''))
    say('ENTRA_AUTHORITY must be https:// and a host, with nothing behind it; http:// only for this machine.');
  return url?.origin ?? text;
}

/** `name@host.example`, or `Name <name@host.example>`. */
function readSender(text: string, say: Say): { name: string; address: string } {
  const start = text.endsWith('>') ? text.indexOf('<') : -1;
  const name = start < 0 ? 'Rollcall' : text.slice(0, start).trim() || 'Rollcall';
  const address = mailAddress(start < 0 ? text : text.slice(start + 1, -1));
  if (!address || /[\p{C}<>"]/u.test(name))
    say('MAIL_FROM must be an e-mail address, or a name and after it the address in <>.');
  return { name, address: address ?? '' };
}

function readSecret(name: string, text: string | null, say: Say): string | null {
  if (text && text.length < SHORTEST_SECRET) say(`${name} must have at least ${SHORTEST_SECRET} characters.`);
  return text;
}

const localName = (host: string): string =>
  host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
