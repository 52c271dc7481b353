import { readConfig } from './config.ts';
import { startHub } from './start-hub.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

try {
  const config = readConfig(process.env);
  const hub = await startHub(config, (line) => process.stderr.write(`${line}\n`));
  say(greeting(config.publicUrl, hub.firstKey));
  stopOn('SIGTERM', hub.stop);
  stopOn('SIGINT', hub.stop);
} catch (error) {
  process.stderr.write(`${told(error)}\n`);
  process.exit(1);
}

/** A start that fails says why in a sentence; only a mistake of the program shows where it happened. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isBug = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return isBug ? String(error.stack) : error.message;
}

function stopOn(signal: NodeJS.Signals, stop: () => Promise<void>): void {
  process.once(signal, () => {
    say('Stopping: no new requests; those under way may end.');
    stop().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`${error}\n`);
        process.exit(1);
      },
    );
  });
}

function greeting(url: string, firstKey: string | null): string {
  const key = firstKey ? `\n  Admin API key   ${firstKey}\n                  Shown this once. Keep it.\n` : '';
  return `
Rollcall is ready.
${key}
  GraphQL         ${url}/graphql
  SCIM            ${url}/scim/v2
  Health          ${url}/healthz  ${url}/readyz  ${url}/metrics

Next: make a directory and its token with the admin key (README.md, "First steps"),
give both to Entra ID, or try it with: npm run entra -- --url ${url}/scim/v2 --token <token>`;
}
