import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { type Answer, routeOf } from './floor-routes.ts';

/**
 * The least that any service must do for the same work: `node:http`, node-postgres with named prepared statements, JSON
 * in and out. No sign-in, no validation, no rules, and as a superuser no row-level security.
 */
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  // As the hub has it.
  options: '-c random_page_cost=1.1',
});
const tenant = process.env.TENANT!;
const directory = process.env.DIRECTORY!;

const server = createServer(async (request, response) => {
  try {
    const { status, body } = await answer(request);
    const text = body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, {
      ...(text && { 'Content-Type': 'application/json; charset=utf-8' }),
      ...(status !== 204 && { 'Content-Length': Buffer.byteLength(text) }),
    });
    response.end(text);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    response.writeHead(500).end();
  }
});

async function answer(request: IncomingMessage): Promise<Answer> {
  const route = routeOf(request.method!, request.url!);
  if (!route) return { status: request.url === '/ready' ? 200 : 404, body: {} };
  const body = request.method === 'GET' ? null : JSON.parse(await textOf(request));
  return route({ pool, tenant, directory, url: request.url!, body });
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => resolve(text));
    request.on('error', reject);
  });
}

server.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  pool.end().then(() => process.exit(0));
});
