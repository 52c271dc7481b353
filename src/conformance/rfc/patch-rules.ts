import { type Check, must, section, should } from '../check.ts';
import { demand, demandError, demandStatus, demandValue } from '../demand.ts';
import { objectOf } from '../json.ts';
import { need } from '../server.ts';
import { PATCH_OP } from '../urns.ts';
import { adaFor, type PatchCase, patchChecks, patchOffered } from './patch-case.ts';

const cite = 'RFC 7644 §3.5.2';

const cases: PatchCase[] = [
  {
    ...{ cite, title: 'Several operations are applied one after the other.', needs: ['nickName', 'title'] },
    operations: [
      { op: 'replace', path: 'nickName', value: 'First' },
      { op: 'replace', path: 'title', value: 'Programmer' },
      { op: 'replace', path: 'nickName', value: 'Last' },
    ],
    expected: [
      ['nickName', 'Last'],
      ['title', 'Programmer'],
    ],
  },
  {
    ...{ cite, title: 'When one operation is refused, none is applied.', needs: ['nickName'] },
    operations: [
      { op: 'replace', path: 'nickName', value: 'First' },
      { op: 'replace', path: 'id', value: 'chosen' },
    ],
    refused: [400],
  },
  {
    ...{ cite, title: 'When the first operation is refused, no later one is applied.', needs: ['nickName'] },
    operations: [{ op: 'remove' }, { op: 'replace', path: 'nickName', value: 'Second' }],
    refused: [400],
  },
  ...['id', 'meta.created'].map((path) => ({
    ...{ cite, title: `replace of ${path}, which is readOnly, is 400 mutability.`, needs: [] },
    operations: [{ op: 'replace', path, value: '2001-01-01T00:00:00Z' }],
    refused: [400, 'mutability'] as [number, string],
  })),
  {
    ...{ cite, title: 'An operation that there is not is refused with 400.', needs: ['nickName'] },
    operations: [{ op: 'increment', path: 'nickName', value: 'x' }],
    refused: [400, 'invalidSyntax', 'invalidValue'],
  },
  {
    ...{ cite, title: 'A path whose bracket is not closed is 400 invalidPath.', needs: ['emails.type'] },
    operations: [{ op: 'replace', path: 'emails[type eq "work"', value: 'x' }],
    refused: [400, 'invalidPath', 'invalidFilter'],
  },
  {
    ...{
      cite,
      title: 'A path whose filter does not parse is 400 invalidPath or invalidFilter.',
      needs: ['emails.type'],
    },
    operations: [{ op: 'replace', path: 'emails[type what "work"].value', value: 'x' }],
    refused: [400, 'invalidPath', 'invalidFilter'],
  },
  {
    ...{ cite, title: 'replace of userName by null is refused with 400.', needs: [] },
    operations: [{ op: 'replace', path: 'userName', value: null }],
    refused: [400, 'invalidValue', 'mutability'],
  },
  {
    ...{ cite, title: 'A value of the wrong type is 400 invalidValue.', needs: ['active'] },
    operations: [{ op: 'replace', path: 'active', value: 'perhaps' }],
    refused: [400, 'invalidValue', 'invalidSyntax'],
  },
];

const messages: [string, () => unknown][] = [
  ['A PATCH whose Operations are no list', () => ({ schemas: [PATCH_OP], Operations: 'replace' })],
  ['A PATCH without Operations', () => ({ schemas: [PATCH_OP] })],
  ['A PATCH whose operation is no object', () => ({ schemas: [PATCH_OP], Operations: ['replace'] })],
  ['A PATCH that is no JSON', () => '{"Operations": ['],
];

/** What holds for every PATCH (RFC 7644 §3.5.2). */
export const patchRules = section({
  title: 'PATCH in general',
  offered: patchOffered,
  checks: (): Check[] => [
    ...patchChecks(cases),
    ...messages.map(([what, body]) =>
      must(cite, `${what} is refused with 400.`, async (bench) => {
        const made = await bench.user();
        demandError(await bench.send('PATCH', made.path, { body: body() }), 400);
      }),
    ),
    must(cite, 'A 200 shows the resource as it is then.', async (bench) => {
      need(bench.server, 'User', 'nickName');
      const { path } = await bench.user(adaFor(bench.server));
      const reply = await bench.patch(path, { op: 'replace', path: 'nickName', value: 'Fresh' });
      demandStatus(reply, 200, 204);
      if (reply.status === 200) demandValue(reply, 'nickName', 'Fresh');
    }),
    must(cite, 'With attributes in the query, the answer is 200 and shows them.', async (bench) => {
      need(bench.server, 'User', 'nickName', 'title');
      const { path } = await bench.user(adaFor(bench.server));
      const operation = { op: 'replace', path: 'nickName', value: 'Fresh' };
      const reply = demandStatus(await bench.patch(`${path}?attributes=nickName`, operation), 200);
      demandValue(reply, 'nickName', 'Fresh');
      demand(reply, !('title' in reply.body), 'no attribute that was not asked for');
    }),
    must(cite, 'A userName that another has is 409 uniqueness.', async (bench) => {
      const other = await bench.user();
      const { path } = await bench.user();
      const operation = { op: 'replace', path: 'userName', value: other.body.userName };
      demandError(await bench.patch(path, operation), 409, 'uniqueness');
    }),
    must(cite, 'An attribute that there is not is refused with 400, or left out, and harms nothing.', async (bench) => {
      const { path, body } = await bench.user(adaFor(bench.server));
      const reply = await bench.patch(path, { op: 'replace', path: bench.name().replaceAll('-', ''), value: 'x' });
      if (reply.status >= 300) demandError(reply, 400, 'invalidPath', 'noTarget', 'invalidValue', 'invalidSyntax');
      demandValue(demandStatus(await bench.get(path), 200), 'userName', body.userName);
    }),
    must(cite, 'A PATCH moves meta.lastModified and leaves meta.created.', async (bench) => {
      need(bench.server, 'User', 'nickName');
      const { path, body } = await bench.user();
      const after = await bench.patched(path, { op: 'add', path: 'nickName', value: 'Later' });
      const [before, now] = [objectOf(body.meta), objectOf(after.body.meta)];
      demandValue(after, 'meta.created', before.created);
      const later = Date.parse(String(now.lastModified)) >= Date.parse(String(before.lastModified));
      demand(after, later, 'meta.lastModified not before the change');
    }),
    should('RFC 7644 §3.5.2.1', 'A PATCH that changes nothing leaves meta.lastModified.', async (bench) => {
      need(bench.server, 'User', 'nickName');
      const { path } = await bench.user(adaFor(bench.server));
      const before = (await bench.get(path)).body;
      const after = await bench.patched(path, { op: 'add', path: 'nickName', value: 'Countess' });
      demandValue(after, 'meta.lastModified', objectOf(before.meta).lastModified);
    }),
    should('entra.md B16', 'op is read in any case.', async (bench) => {
      need(bench.server, 'User', 'nickName');
      const { path } = await bench.user();
      demandValue(await bench.patched(path, { op: 'Replace', path: 'nickName', value: 'Any' }), 'nickName', 'Any');
    }),
  ],
});
