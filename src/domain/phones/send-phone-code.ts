import { type Call, type Command, type Hub, run } from '../command.ts';
import { digestOf, newCode, wordsOf } from './code.ts';
import { CODE_MS } from './code-limits.ts';
import type { CodeMessage, CodeSender } from './code-sender.ts';

/**
 * Makes the code that was asked for and sends it. The code is made at the last moment and kept as a digest alone, so it
 * is readable nowhere but on its way; one that could not be sent is replaced by the next attempt, for ten minutes.
 */
export async function sendPhoneCode(hub: Hub, call: Call, send: CodeSender, id: string): Promise<void> {
  const message = await run(hub, call, issuePhoneCode, id);
  if (message) await send(message);
}

const issuePhoneCode: Command<string, CodeMessage | null> = {
  name: 'issuePhoneCode',
  needs: 'users:write',
  atomicity: 'statement',
  async perform({ tx, origin, seal }, id) {
    const code = newCode();
    const [askedAfter, expiresAt] = [-CODE_MS, CODE_MS].map((ms) => new Date(Date.parse(origin.at) + ms).toISOString());
    const digest = digestOf(seal, id, code);
    const addressee = await tx.phones.issue({ id, digest, expiresAt: expiresAt!, askedAfter: askedAfter! });
    return addressee && { to: addressee.e164, code, text: wordsOf(code, addressee.language) };
  },
};
