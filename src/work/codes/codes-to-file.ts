import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeSender } from '../../domain/phones/code-sender.ts';
import { masked } from '../../domain/phones/e164.ts';

/**
 * Sends nothing: the log says that there was a code, for a number of which it shows a few digits. Where a folder is given,
 * as on the machine of a developer, the message is put there, in a file by the number.
 */
export const codesToFile =
  (folder: string | null, log: (line: string) => void): CodeSender =>
  async ({ to, text }) => {
    if (folder) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, `${to}.txt`), `${text}\n`, { mode: 0o600 });
    }
    log(`phones a code for ${masked(to)} ${folder ? `is in ${folder}` : 'was not sent: SMS_WEBHOOK_URL is not set'}`);
  };
