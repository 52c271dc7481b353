import type { AddressInfo } from 'node:net';
import { domainToASCII } from 'node:url';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { vi } from 'vitest';

/** A mail as a server received it: to whom, byte for byte, and read. */
export type Caught = { from: string; to: string[]; raw: string; mail: Email };

/** A real mail server that keeps what it receives. */
export type MailCatcher = {
  url: string;
  caught: Caught[];
  /** The mail to that address, once it is there; the newest of several. */
  to(address: string, count?: number): Promise<Caught>;
  stop(): Promise<void>;
};

/** The server library shows domains in Unicode; on the wire they were ASCII. */
const asSent = ({ address }: { address: string }): string => {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + domainToASCII(address.slice(at));
};

/** Starts one, on that port or on a free one; an address that begins with `nobody@` is refused. */
export async function catchMail(port = 0): Promise<MailCatcher> {
  const caught: Caught[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const refusal = Object.assign(new Error('No such mailbox'), { responseCode: 550 });
      done(address.startsWith('nobody@') ? refusal : null);
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks);
        const mail = await PostalMime.parse(raw);
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        caught.push({ from, to: envelope.rcptTo.map(asSent), raw: raw.toString('utf8'), mail });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const own = (server.server.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${own}`,
    caught,
    to: (address, count = 1) =>
      vi.waitFor(
        () => {
          const own = caught.filter(({ to }) => to.includes(address));
          if (own.length < count) throw new Error(`${own.length} mails to ${address}`);
          return own.at(-1)!;
        },
        { timeout: 20_000, interval: 50 },
      ),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
