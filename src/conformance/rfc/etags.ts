import type { Bench, Made } from '../bench.ts';
import { type Check, must, section } from '../check.ts';
import { demand, demandStatus, demandValue } from '../demand.ts';
import { valueAt } from '../json.ts';
import type { Reply } from '../line.ts';
import { need } from '../server.ts';
import { PATCH_OP } from '../urns.ts';

const cite = 'RFC 7644 §3.14';
const STALE = 'W/"of-no-version"';

/** The version of a resource as its answer says it, demanded to be there. */
function versionOf(reply: Reply): string {
  const version = reply.headers.get('etag');
  demand(reply, version !== null, 'an ETag header');
  return version!;
}

/** The three ways to write, with a condition. */
const WRITES: [string, (bench: Bench, made: Made, headers: Record<string, string>) => Promise<Reply>][] = [
  [
    'PUT',
    (bench, { path, body }, headers) =>
      bench.put(path, bench.userBody({ userName: body.userName, displayName: 'New' }), headers),
  ],
  [
    'PATCH',
    (bench, { path }, headers) => {
      const Operations = [{ op: 'replace', path: 'displayName', value: 'New' }];
      return bench.send('PATCH', path, { body: { schemas: [PATCH_OP], Operations }, headers });
    },
  ],
  ['DELETE', (bench, { path }, headers) => bench.delete(path, headers)],
];

/** Versions of resources, where the server offers them (RFC 7644 §3.14). */
export const etags = section({
  title: 'Versions',
  offered: (server) => (server.supports('etag') ? undefined : 'ServiceProviderConfig: no etag'),
  checks: (): Check[] => [
    must(cite, 'A GET has an ETag, and meta.version is the same.', async (bench) => {
      const reply = await bench.get((await bench.user()).path);
      demandValue(reply, 'meta.version', versionOf(reply));
    }),
    must(cite, 'The answer to a POST has an ETag, and a GET then has the same.', async (bench) => {
      const { reply, path } = await bench.user();
      const version = versionOf(reply);
      const read = await bench.get(path);
      demand(read, versionOf(read) === version, `ETag ${version}`);
    }),
    must(cite, 'A group has an ETag, too.', async (bench) => {
      versionOf(await bench.get((await bench.group()).path));
    }),
    must(cite, 'Resources in a list have meta.version.', async (bench) => {
      const { id, path } = await bench.user();
      const version = versionOf(await bench.get(path));
      const reply = await bench.query('User', { filter: `id eq "${id}"` });
      demand(
        reply,
        [valueAt(reply.body, 'Resources.meta.version')].flat().includes(version),
        `meta.version ${version}`,
      );
    }),
    must(cite, 'A change makes another version.', async (bench) => {
      need(bench.server, 'User', 'displayName');
      const made = await bench.user();
      const before = versionOf(made.reply);
      const reply = await bench.patched(made.path, { op: 'replace', path: 'displayName', value: 'New' });
      demand(reply, versionOf(reply) !== before, 'another ETag');
    }),
    must('RFC 7232 §4.1', 'If-None-Match with the version there is answers 304 without a body.', async (bench) => {
      const { reply, path } = await bench.user();
      const same = demandStatus(await bench.get(path, { 'if-none-match': versionOf(reply) }), 304);
      demand(same, same.text === '', 'no body');
    }),
    must('RFC 7232 §3.2', 'If-None-Match takes several versions.', async (bench) => {
      const { reply, path } = await bench.user();
      demandStatus(await bench.get(path, { 'if-none-match': `${STALE}, ${versionOf(reply)}` }), 304);
    }),
    must('RFC 7232 §3.2', 'If-None-Match with another version answers 200.', async (bench) => {
      const { path } = await bench.user();
      demandStatus(await bench.get(path, { 'if-none-match': STALE }), 200);
    }),
    ...WRITES.flatMap(([method, write]) => [
      must(cite, `${method} with the version there is succeeds.`, async (bench) => {
        need(bench.server, 'User', 'displayName');
        const made = await bench.user();
        demandStatus(await write(bench, made, { 'if-match': versionOf(made.reply) }), 200, 204);
      }),
      must(cite, `${method} with another version is 412, and changes nothing.`, async (bench) => {
        need(bench.server, 'User', 'displayName');
        const made = await bench.user();
        const before = versionOf(made.reply);
        demandStatus(await write(bench, made, { 'if-match': STALE }), 412);
        const after = demandStatus(await bench.get(made.path), 200);
        demand(after, versionOf(after) === before, `ETag ${before}`);
      }),
      must(cite, `${method} with a version that has passed is 412.`, async (bench) => {
        need(bench.server, 'User', 'displayName');
        const made = await bench.user();
        const passed = versionOf(made.reply);
        await bench.patched(made.path, { op: 'replace', path: 'displayName', value: 'Meanwhile' });
        demandStatus(await write(bench, made, { 'if-match': passed }), 412);
      }),
      must('RFC 7232 §3.1', `${method} with If-Match: * succeeds when the resource is there.`, async (bench) => {
        need(bench.server, 'User', 'displayName');
        demandStatus(await write(bench, await bench.user(), { 'if-match': '*' }), 200, 204);
      }),
    ]),
    must('entra.md G', 'A write without a condition is never 412.', async (bench) => {
      need(bench.server, 'User', 'displayName');
      const made = await bench.user();
      for (const [, write] of WRITES) demandStatus(await write(bench, made, {}), 200, 204);
    }),
    must(cite, 'Groups keep to If-Match, too.', async (bench) => {
      const { path } = await bench.group();
      const version = versionOf(await bench.get(path));
      demandStatus(await bench.delete(path, { 'if-match': STALE }), 412);
      demandStatus(await bench.delete(path, { 'if-match': version }), 204);
    }),
    must(cite, 'Members that come give the group another version.', async (bench) => {
      const { path } = await bench.group();
      const before = versionOf(await bench.get(path));
      const one = await bench.user();
      const reply = await bench.patched(path, { op: 'add', path: 'members', value: [{ value: one.id }] });
      demand(reply, versionOf(reply) !== before, 'another ETag');
    }),
  ],
});
