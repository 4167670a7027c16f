import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import Koa from 'koa';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../backend/platform/errors.ts';
import { errorMiddleware, type WireError } from '../../../backend/platform/http/error-middleware.ts';
import { securityHeaders } from '../../../backend/platform/http/headers.ts';
import { mountRoutes } from '../../../backend/platform/http/mount.ts';
import { createRateLimiter } from '../../../backend/platform/http/rate-limit.ts';
import { anyone, route, type AccessRule, type Principal } from '../../../backend/platform/http/route.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { classifyDatabaseError } from '../../../backend/platform/database/unavailable.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

const member: AccessRule<Principal> = {
  name: 'member',
  check: (actor) => (actor ? { allowed: true } : { allowed: false, reason: 'signIn' }),
};

const Echo = Type.Object({
  name: Type.String({ minLength: 1 }),
  area: Type.Optional(Type.Number({ minimum: 0 })),
});

let handled = 0;
const routes = [
  route({
    method: 'post',
    path: '/api/echo',
    summary: { zh: '回声', en: 'Echo' },
    access: anyone,
    body: Echo,
    answers: { 200: Echo },
    async handle({ body }) {
      handled += 1;
      return { status: 200, body };
    },
  }),
  route({
    method: 'get',
    path: '/api/members/:id',
    summary: { zh: '成员', en: 'Member' },
    access: member,
    params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{24}$' }) }),
    query: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1 })) }),
    answers: { 200: Type.Object({ id: Type.String(), page: Type.Integer() }) },
    async handle({ params, query }) {
      return { status: 200, body: { id: params.id, page: query.page ?? 1 } };
    },
  }),
  route({
    method: 'get',
    path: '/api/broken/:how',
    summary: { zh: '出错', en: 'Broken' },
    access: anyone,
    params: Type.Object({ how: Type.String() }),
    answers: { 200: Type.Object({}) },
    async handle({ params }) {
      if (params.how === 'throw') throw new Error('secret of the house: 371502199003070019');
      if (params.how === 'undeclared') return { status: 200, body: { extra: 'personal' } };
      if (params.how === 'status') return { status: 204 };
      throw new AppError('platform.forbidden');
    },
  }),
  route({
    method: 'get',
    path: '/api/limited',
    summary: { zh: '限流', en: 'Limited' },
    access: anyone,
    rateLimit: { points: 3, windowSeconds: 60, by: 'address' },
    answers: { 200: Type.Object({}) },
    async handle() {
      return { status: 200, body: {} };
    },
  }),
];

describe('a route', () => {
  let platform: TestPlatform;
  let server: Server;
  let url: string;

  const listen = async (): Promise<Server> => {
    const { p } = platform;
    const koa = new Koa();
    koa.use(securityHeaders(p.config));
    koa.use(errorMiddleware({ log: p.log, classify: classifyDatabaseError, trustRequestId: false }));
    const authenticate = async (_: unknown, token: string) =>
      token === 'good' ? { accountId: 'a1', sessionId: 's1' } : null;
    koa.use(mountRoutes({ p, routes, authenticate, rateLimiter: createRateLimiter(p) }));
    const created = createServer(koa.callback());
    await new Promise<void>((resolve) => created.listen(0, '127.0.0.1', resolve));
    return created;
  };

  beforeAll(async () => {
    platform = await startPlatform();
    await migrate(platform.p, [], platformModels);
    server = await listen();
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await platform.close();
  });

  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/echo`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  const errorOf = async (response: Response) => ((await response.json()) as WireError).error;

  it('answers with what was declared, and with the security headers', async () => {
    const response = await post(JSON.stringify({ name: '䶮' }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ name: '䶮' });
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(response.headers.get('Content-Security-Policy')).not.toContain('unsafe');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('X-Request-Id')).toMatch(/^[\w-]{8,}$/);
  });

  const refused: [string, () => Promise<Response>, number, string][] = [
    ['an unknown field', () => post('{"name":"a","role":"admin"}'), 400, 'platform.invalid_input'],
    ['an operator in place of a string', () => post('{"name":{"$ne":null}}'), 400, 'platform.invalid_input'],
    ['a prototype key', () => post('{"name":"a","__proto__":{"admin":true}}'), 400, 'platform.invalid_input'],
    [
      'a constructor key',
      () => post('{"name":"a","constructor":{"prototype":{}}}'),
      400,
      'platform.invalid_input',
    ],
    ['a wrong type', () => post('{"name":5}'), 400, 'platform.invalid_input'],
    ['an array for an object', () => post('[]'), 400, 'platform.invalid_input'],
    ['no body', () => post(''), 400, 'platform.invalid_input'],
    ['half a JSON', () => post('{"name":'), 400, 'platform.malformed_json'],
    [
      'bytes that are not UTF-8',
      () => post(new Uint8Array([0x22, 0xff, 0x22])),
      400,
      'platform.malformed_json',
    ],
    [
      'JSON 100,000 deep',
      () => post('['.repeat(100_000) + ']'.repeat(100_000)),
      400,
      'platform.nested_too_deep',
    ],
    ['2 MB', () => post(JSON.stringify({ name: 'x'.repeat(2_000_000) })), 413, 'platform.body_too_large'],
    [
      'a form',
      () => post('name=a', { 'Content-Type': 'application/x-www-form-urlencoded' }),
      415,
      'platform.not_json',
    ],
    ['a compressed body', () => post('x', { 'Content-Encoding': 'gzip' }), 415, 'platform.not_json'],
    [
      'a foreign Origin',
      () => post('{"name":"a"}', { Origin: 'http://evil.example' }),
      403,
      'platform.cross_site',
    ],
    [
      'a cross-site fetch',
      () => post('{"name":"a"}', { 'Sec-Fetch-Site': 'cross-site' }),
      403,
      'platform.cross_site',
    ],
    [
      'a cookie without an Origin',
      () => post('{"name":"a"}', { Cookie: 'session=good' }),
      403,
      'platform.cross_site',
    ],
    [
      'nobody signed in',
      () => fetch(`${url}/api/members/${'a'.repeat(24)}`),
      401,
      'platform.sign_in_required',
    ],
    [
      'a page made for another account',
      () =>
        fetch(`${url}/api/members/${'a'.repeat(24)}`, {
          headers: { Cookie: 'session=good', 'X-Account': 'b'.repeat(24) },
        }),
      409,
      'platform.other_account',
    ],
    [
      'an id that is none',
      () => fetch(`${url}/api/members/$ne`, { headers: { Cookie: 'session=good' } }),
      400,
      'platform.invalid_input',
    ],
    [
      'a repeated parameter',
      () =>
        fetch(`${url}/api/members/${'a'.repeat(24)}?page=1&page=2`, { headers: { Cookie: 'session=good' } }),
      400,
      'platform.invalid_input',
    ],
    [
      'an unknown parameter',
      () => fetch(`${url}/api/members/${'a'.repeat(24)}?a[$ne]=1`, { headers: { Cookie: 'session=good' } }),
      400,
      'platform.invalid_input',
    ],
  ];
  it.each(refused)('refuses %s', async (_, act, status, code) => {
    const before = handled;
    const response = await act();
    expect(response.status).toBe(status);
    const error = await errorOf(response);
    expect(error.code).toBe(code);
    expect(error.message.length).toBeGreaterThan(5);
    expect(handled).toBe(before);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('names every problem at once, with its pointer, in the reader’s language', async () => {
    const zh = await errorOf(await post('{"area":-1,"x":1}'));
    expect(zh.details!.map(({ pointer, code }) => [pointer, code]).sort()).toEqual([
      ['/area', 'validation.too_small'],
      ['/name', 'validation.required'],
      ['/x', 'validation.unknown_field'],
    ]);
    expect(zh.details!.find(({ pointer }) => pointer === '/name')!.message).toBe('请填写这一项。');
    const en = await errorOf(await post('{}', { 'Accept-Language': 'en-GB,en' }));
    expect(en.details![0]!.message).toBe('Fill in this item.');
  });

  it('says in words what kind of value belongs there, never the name of a type', async () => {
    const { details } = await errorOf(await post('{"area":"abc","name":7}'));
    expect(details!.map(({ pointer, message }) => [pointer, message]).sort()).toEqual([
      ['/area', '这一项要填数字。'],
      ['/name', '这一项要填文字。'],
    ]);
  });

  it('takes a session cookie, and coerces parameters', async () => {
    const response = await fetch(`${url}/api/members/${'a'.repeat(24)}?page=2`, {
      headers: { Cookie: 'session=good' },
    });
    expect(await response.json()).toEqual({ id: 'a'.repeat(24), page: 2 });
  });

  it('does not take a sender who goes away in the middle for a lost database', async () => {
    const told = () =>
      platform.logLines.filter((line) => line.includes('"status":') && line.includes('api/echo'));
    const before = told().length;
    const { port } = server.address() as AddressInfo;
    const head =
      'POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{';
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    await new Promise((resolve) => server.once('request', resolve));
    socket.destroy();
    await expect.poll(() => told().length).toBe(before + 1);
    expect(told().at(-1)).toContain('"status":400');
  });

  it('takes no request id from a client: it could pass for another request in the audit', async () => {
    const response = await post('{"name":"a"}', { 'X-Request-Id': '371502199003070019' });
    expect(response.headers.get('X-Request-Id')).not.toBe('371502199003070019');
    expect(platform.logLines.join('')).not.toContain('371502199003070019');
  });

  it('shows nothing of an unexpected error, in the answer or in the log', async () => {
    const response = await fetch(`${url}/api/broken/throw`);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('secret');
    const line = platform.logLines.find((entry) => entry.includes('request failed'))!;
    expect(line).toContain(response.headers.get('X-Request-Id'));
    expect(line).not.toContain('371502199003070019');
  });

  it.each(['undeclared', 'status'])(
    'fails a test run on an answer that was not declared: %s',
    async (how) => {
      expect((await fetch(`${url}/api/broken/${how}`)).status).toBe(500);
    },
  );

  it('drops an undeclared field in production, and says so in the log', async () => {
    const config = platform.p.config as { production: boolean };
    config.production = true;
    const lenient = await listen();
    config.production = false;
    const { port } = lenient.address() as AddressInfo;
    config.production = true;
    const response = await fetch(`http://127.0.0.1:${port}/api/broken/undeclared`);
    config.production = false;
    expect(await response.json()).toEqual({});
    lenient.closeAllConnections();
    await new Promise((resolve) => lenient.close(resolve));
  });

  it('counts a rate limit over restarts', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 2; n += 1) statuses.push((await fetch(`${url}/api/limited`)).status);
    const second = await listen();
    const other = `http://127.0.0.1:${(second.address() as AddressInfo).port}`;
    for (let n = 0; n < 2; n += 1) statuses.push((await fetch(`${other}/api/limited`)).status);
    second.closeAllConnections();
    await new Promise((resolve) => second.close(resolve));
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  /** Writes the head of a request and spaces behind it until `most` bytes are out, whatever is answered meanwhile. */
  function writeOn(head: string, most: number): Promise<{ answer: string; bytes: number }> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve) => {
      let [answer, bytes] = ['', 0];
      const chunk = Buffer.alloc(1_048_576, 0x20);
      const socket = connect(Number(port), hostname);
      const pump = (): void => {
        while (bytes < most && !socket.destroyed) {
          bytes += chunk.length;
          if (!socket.write(chunk)) return void socket.once('drain', pump);
        }
        if (!socket.destroyed) socket.end();
      };
      socket.on('data', (data) => (answer += data.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve({ answer, bytes }));
      socket.write(head);
      pump();
    });
  }
  const headOf = (contentLength: number, type = 'application/json') =>
    `POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${contentLength}\r\n\r\n`;

  it.each<[string, string, number, RegExp]>([
    ['too large', headOf(40 * 1_048_576), 40 * 1_048_576, /^HTTP\/1\.1 413 [^]*platform\.body_too_large/],
    [
      'no JSON',
      headOf(40 * 1_048_576, 'text/plain'),
      40 * 1_048_576,
      /^HTTP\/1\.1 415 [^]*platform\.not_json/,
    ],
  ])('tells whoever sends %s to its end why it was refused', async (_name, head, most, expected) => {
    expect((await writeOn(head, most)).answer).toMatch(expected);
  });

  it('cuts off a sender that takes no notice of the answer', async () => {
    const { answer, bytes } = await writeOn(headOf(2_000 * 1_048_576), 1_000 * 1_048_576);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(bytes).toBeLessThan(300 * 1_048_576);
  });

  it('ends a 100 MB body early', async () => {
    const sent = await new Promise<{ status: number; bytes: number }>((resolve, reject) => {
      let bytes = 0;
      const client = request(`${url}/api/echo`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
      });
      const chunk = Buffer.alloc(65_536, 0x20);
      let answered = false;
      const pump = (): void => {
        while (!answered && bytes < 100_000_000) {
          bytes += chunk.length;
          if (!client.write(chunk)) return void client.once('drain', pump);
        }
      };
      client.on('response', (response) => {
        answered = true;
        resolve({ status: response.statusCode!, bytes });
        client.destroy();
      });
      client.on('error', (error) => {
        if (!answered) reject(error);
      });
      pump();
    });
    expect(sent.status).toBe(413);
    expect(sent.bytes).toBeLessThan(20_000_000);
  });
});
