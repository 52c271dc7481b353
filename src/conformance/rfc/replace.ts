import { must, section } from '../check.ts';
import { demand, demandError, demandSame, demandStatus, demandUnassigned, demandValue } from '../demand.ts';
import { objectOf } from '../json.ts';
import { need } from '../server.ts';
import { ENTERPRISE, USER } from '../urns.ts';

/** Replacing resources (RFC 7644 §3.5.1). */
export const replace = section({
  title: 'PUT',
  checks: () => [
    must('RFC 7644 §3.5.1', 'A PUT answers 200 with the whole resource.', async (bench) => {
      need(bench.server, 'User', 'displayName');
      const { path, body, id } = await bench.user({ displayName: 'Before' });
      const sent = bench.userBody({ userName: body.userName, displayName: 'After' });
      const reply = demandStatus(await bench.put(path, sent), 200);
      demandValue(reply, 'displayName', 'After');
      demandValue(reply, 'id', id);
    }),
    must('RFC 7644 §3.5.1', 'What a PUT changed is there in the next GET.', async (bench) => {
      need(bench.server, 'User', 'displayName');
      const { path, body } = await bench.user({ displayName: 'Before' });
      await bench.put(path, bench.userBody({ userName: body.userName, displayName: 'After' }));
      demandValue(demandStatus(await bench.get(path), 200), 'displayName', 'After');
    }),
    must('RFC 7644 §3.5.1', 'A resource may be PUT as it was read: 200, and it is the same.', async (bench) => {
      const { path } = await bench.user();
      const { body } = await bench.get(path);
      const reply = demandStatus(await bench.put(path, body), 200);
      demandSame(reply, body);
    }),
    must('RFC 7644 §3.5.1', 'A PUT cannot make a resource: 404.', async (bench) => {
      demandError(await bench.put(`/Users/${bench.name()}`, bench.userBody()), 404);
    }),
    must('RFC 7644 §3.5.1', 'readOnly attributes in a PUT are ignored.', async (bench) => {
      const { path, body, id } = await bench.user();
      const meta = { ...objectOf(body.meta), created: '2001-01-01T00:00:00Z' };
      const sent = { ...bench.userBody({ userName: body.userName }), id, meta, groups: [{ value: 'none' }] };
      const reply = demandStatus(await bench.put(path, sent), 200);
      demandValue(reply, 'meta.created', objectOf(body.meta).created);
    }),
    must('RFC 7644 §3.5.1', 'A PUT without userName is 400, and changes nothing.', async (bench) => {
      need(bench.server, 'User', 'displayName');
      const { path, body } = await bench.user({ displayName: 'Stays' });
      demandError(
        await bench.put(path, bench.userBody({ userName: undefined, displayName: 'Goes' })),
        400,
        'invalidValue',
      );
      const reply = demandStatus(await bench.get(path), 200);
      demandValue(reply, 'userName', body.userName);
      demandValue(reply, 'displayName', 'Stays');
    }),
    must('RFC 7644 §3.5.1', 'A PUT with a userName that another has is 409 uniqueness.', async (bench) => {
      const { body } = await bench.user();
      const { path } = await bench.user();
      demandError(await bench.put(path, bench.userBody({ userName: body.userName })), 409, 'uniqueness');
    }),
    must('RFC 7644 §3.5.1', 'A PUT may change userName.', async (bench) => {
      const { path } = await bench.user();
      const userName = `${bench.name('renamed')}@conformance.example`;
      demandValue(demandStatus(await bench.put(path, bench.userBody({ userName })), 200), 'userName', userName);
    }),
    must('RFC 7643 §2.5', 'A null in a PUT unassigns.', async (bench) => {
      need(bench.server, 'User', 'nickName');
      const { path, body } = await bench.user({ nickName: 'Nick' });
      const reply = await bench.put(path, bench.userBody({ userName: body.userName, nickName: null }));
      demandStatus(reply, 200);
      demandUnassigned(await bench.get(path), 'nickName');
    }),
    must('RFC 7643 §2.5', 'An empty list in a PUT unassigns.', async (bench) => {
      need(bench.server, 'User', 'emails.value');
      const { path, body } = await bench.user({
        emails: [{ value: `${bench.name()}@conformance.example`, type: 'work' }],
      });
      demandStatus(await bench.put(path, bench.userBody({ userName: body.userName, emails: [] })), 200);
      demandUnassigned(await bench.get(path), 'emails');
    }),
    must('RFC 7644 §3.5.1', 'A PUT replaces the values of a multi-valued attribute.', async (bench) => {
      need(bench.server, 'User', 'emails.type');
      const [old, fresh] = [`${bench.name('old')}@conformance.example`, `${bench.name('new')}@conformance.example`];
      const { path, body } = await bench.user({ emails: [{ value: old, type: 'work' }] });
      const emails = [{ value: fresh, type: 'home' }];
      demandStatus(await bench.put(path, bench.userBody({ userName: body.userName, emails })), 200);
      demandValue(await bench.get(path), 'emails', emails);
    }),
    must('RFC 7644 §3.5.1', 'A PUT replaces extension attributes.', async (bench) => {
      need(bench.server, 'User', `${ENTERPRISE}:department`);
      const schemas = [USER, ENTERPRISE];
      const { path, body } = await bench.user({ schemas, [ENTERPRISE]: { department: 'Before' } });
      const sent = bench.userBody({ schemas, userName: body.userName, [ENTERPRISE]: { department: 'After' } });
      demandStatus(await bench.put(path, sent), 200);
      demandValue(await bench.get(path), `${ENTERPRISE}:department`, 'After');
    }),
    must('RFC 7644 §3.5.1', 'A PUT keeps id and meta.created, and moves meta.lastModified.', async (bench) => {
      const { path, body, id } = await bench.user();
      const reply = demandStatus(await bench.put(path, bench.userBody()), 200);
      const [before, after] = [objectOf(body.meta), objectOf(reply.body.meta)];
      demandValue(reply, 'id', id);
      demandValue(reply, 'meta.created', before.created);
      const later = Date.parse(String(after.lastModified)) >= Date.parse(String(before.lastModified));
      demand(reply, later, 'meta.lastModified not before the change');
    }),
    must('RFC 7644 §3.5.1', 'A PUT of a group replaces its members.', async (bench) => {
      const [first, second] = [await bench.user(), await bench.user()];
      const { path, body } = await bench.group([first]);
      const sent = bench.groupBody({ displayName: body.displayName, members: [{ value: second.id }] });
      demandStatus(await bench.put(path, sent), 200);
      demandValue(await bench.get(path), 'members', [{ value: second.id }]);
    }),
    must('RFC 7644 §3.5.1', 'A PUT with an empty list of members empties the group.', async (bench) => {
      const { path, body } = await bench.group([await bench.user()]);
      demandStatus(await bench.put(path, bench.groupBody({ displayName: body.displayName, members: [] })), 200);
      demandUnassigned(await bench.get(path), 'members');
    }),
    must('RFC 7644 §3.5.1', 'A body that is no JSON is 400, and changes nothing.', async (bench) => {
      const { path, body } = await bench.user();
      demandError(await bench.put(path, '{'), 400);
      demandSame(await bench.get(path), body);
    }),
  ],
});
