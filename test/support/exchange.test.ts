import { describe, expect, test } from 'vitest';
import { type Answer, fill, runScenario, type Scenario, type Send, type WireRequest } from './exchange.ts';

const SCIM = { 'content-type': 'application/scim+json; charset=utf-8' };
const answer = (status: number, body?: unknown, headers: Record<string, string> = SCIM): Answer => ({
  status,
  headers,
  body: body === undefined ? '' : JSON.stringify(body),
});

/** Answers one after the other and keeps what was asked. */
function script(...answers: Answer[]): { send: Send; asked: WireRequest[] } {
  const asked: WireRequest[] = [];
  const send: Send = async (request) => {
    asked.push(request);
    return answers[asked.length - 1]!;
  };
  return { send, asked };
}

const scenario = (...steps: Scenario['steps']): Scenario => ({ title: 'A1 x', steps });

describe('fill', () => {
  test('puts saved values into texts at any depth', () => {
    expect(fill({ a: ['{{user}}', 1, null, true] }, { user: 'usr_1' })).toEqual({ a: ['usr_1', 1, null, true] });
  });

  test('fills the innermost first', () => {
    expect(fill('{{user{{n}}}}', { n: '2', user2: 'usr_2' })).toBe('usr_2');
  });

  test('repeats an element', () => {
    expect(fill({ $repeat: 2, of: { value: '{{m{{i}}}}' } }, { m1: 'a', m2: 'b' })).toEqual([
      { value: 'a' },
      { value: 'b' },
    ]);
  });

  test('takes saved values literally inside a regular expression', () => {
    expect(fill({ $match: '^{{url}}$' }, { url: 'http://a.b/c' })).toEqual({ $match: '^http:\\/\\/a\\.b\\/c$' });
  });

  test('names a value that was never saved', () => {
    expect(() => fill('/Users/{{user}}', {})).toThrow('nothing was saved as user');
  });
});

describe('runScenario', () => {
  test('sends the literal path and a SCIM body, and saves for later steps', async () => {
    const { send, asked } = script(answer(201, { id: 'usr_1' }), answer(204));
    const found = await runScenario(
      scenario(
        {
          request: { method: 'POST', path: '//Users?x="%2b"', body: { userName: 'ada' } },
          expect: { status: 201, body: { id: '{{user}}' } },
          save: { user: 'id' },
        },
        { request: { method: 'DELETE', path: '/Users/{{user}}' }, expect: { status: [200, 204] } },
      ),
      send,
    );
    expect(found).toEqual([]);
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '//Users?x="%2b"',
        headers: { 'Content-Type': 'application/scim+json; charset=utf-8' },
        body: '{"userName":"ada"}',
        directory: undefined,
      },
      { method: 'DELETE', path: '/Users/usr_1', headers: {}, body: undefined, directory: undefined },
    ]);
  });

  test('stops at the first step that differs and says which', async () => {
    const { send, asked } = script(answer(200, { a: 1 }), answer(200, {}));
    const get = { method: 'GET', path: '/Users' };
    const found = await runScenario(
      scenario({ request: get, expect: { status: 200, body: { a: 2 } } }, { request: get, expect: { status: 200 } }),
      send,
    );
    expect(found).toEqual(['step 1: GET /Users: body.a: expected 2, got 1']);
    expect(asked).toHaveLength(1);
  });

  test('repeats a step with a counter', async () => {
    const { send, asked } = script(answer(201, { id: 'a' }), answer(201, { id: 'b' }), answer(204));
    const post = { method: 'POST', path: '/Users', body: { userName: 'user{{n}}' } };
    const found = await runScenario(
      scenario(
        { repeat: 2, step: { request: post, expect: { status: 201 }, save: { 'm{{n}}': 'id' } } },
        { request: { method: 'DELETE', path: '/Users/{{m2}}' }, expect: { status: 204 } },
      ),
      send,
    );
    expect(found).toEqual([]);
    expect(asked.map(({ path, body }) => body ?? path)).toEqual([
      '{"userName":"user1"}',
      '{"userName":"user2"}',
      '/Users/b',
    ]);
  });

  test('has all parallel requests in flight at once', async () => {
    let waiting = 0;
    let release = () => {};
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    const send: Send = async () => {
      waiting += 1;
      if (waiting === 3) release();
      await all;
      return answer(204);
    };
    const request = { method: 'DELETE', path: '/Users/{{n}}' };
    const exchange = { request, expect: { status: 204 } };
    expect(await runScenario(scenario({ parallel: [{ repeat: 3, step: exchange }] }), send)).toEqual([]);
  });

  const request = { method: 'GET', path: '/x' };
  test.each([
    [
      'a JSON type other than SCIM',
      answer(200, {}, { 'content-type': 'application/json' }),
      { status: 200 },
      /content-type/,
    ],
    ['a body with 204', answer(204, {}), { status: 204 }, /expected none with 204/],
    ['a body that is not JSON', { ...answer(200), body: '<html>' }, { status: 200 }, /not JSON/],
    ['an error without its schema', answer(404, { status: '404', detail: 'x' }), { status: 404 }, /error.schemas/],
    ['another status', answer(404, {}), { status: [200, 204] }, /expected 200 or 204, got 404/],
    ['a header', answer(200, {}), { status: 200, headers: { ETag: '^W/' } }, /header ETag/],
    ['a member that should be absent', answer(200, { a: null }), { status: 200, absent: ['a'] }, /body.a: expected/],
    ['more than an exact body', answer(200, { a: 1, b: 2 }), { status: 200, equals: { a: 1 } }, /surplus.b/],
    ['less than an exact body', answer(200, {}), { status: 200, equals: { a: 1 } }, /body.a/],
  ])('reports %s', async (_, given, expected, message) => {
    const found = await runScenario(scenario({ request, expect: expected }), script(given).send);
    expect(found.join()).toMatch(message);
  });

  test('reports a value that cannot be saved', async () => {
    const step = { request, expect: { status: 200 }, save: { id: 'Resources.0.id', tag: 'header:etag' } };
    expect(await runScenario(scenario(step), script(answer(200, { Resources: [] })).send)).toHaveLength(2);
  });
});
