import type { CodeSender } from '../../domain/phones/code-sender.ts';

const PATIENCE_MS = 10_000;

/** Posts codes as JSON (`to`, `text`, `code`) to whoever sends text messages. Any answer but 2xx is a failure. */
export const codesToWebhook =
  (url: string): CodeSender =>
  async (message) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The SMS webhook answered ${response.status}.`);
  };
