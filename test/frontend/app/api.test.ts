import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, newIdempotencyKey, onSessionEnded } from '../../../frontend/app/api.ts';
import { AppFailure } from '../../../frontend/app/failure.ts';
import { network as trouble } from '../../../frontend/app/network.svelte.ts';

type Reply = Response | Error;

/** The network, by argument: replies in order; what was sent is kept. */
function network(...replies: Reply[]) {
  const sent: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const reply = replies.shift();
    if (!reply) throw new Error('nothing more was expected');
    if (reply instanceof Error) throw reply;
    return reply;
  });
  return sent;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
const refused = (status: number, code: string) =>
  json(status, { error: { code, message: '一句话', requestId: 'r1' } });
const broken = () => new TypeError('fetch failed');
const failureOf = async (work: Promise<unknown>) =>
  (await work.catch((error: unknown) => error)) as AppFailure;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
  onSessionEnded(() => Promise.resolve(false));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the API client', () => {
  it('asks in the reader’s language and leaves empty parameters out', async () => {
    const sent = network(json(200, { ok: true }));
    await api.get('/api/workdays', { query: { from: '2026-10-01', to: undefined, q: '' } });
    expect(sent[0]?.url).toBe('/api/workdays?from=2026-10-01');
    expect(new Headers(sent[0]?.init.headers).get('Accept-Language')).toBe('zh-CN');
  });

  it('turns a refusal into a failure with its sentence, its problems and its number', async () => {
    const body = {
      error: {
        code: 'accounts.invalid_fields',
        message: '有几项需要改',
        details: [{ pointer: '/idNumber', code: 'accounts.id_check_digit', message: '最后一位对不上' }],
        requestId: 'r1',
      },
    };
    network(json(422, body));
    const failure = await failureOf(api.post('/api/accounts', {}));
    expect(failure).toBeInstanceOf(AppFailure);
    expect(failure).toMatchObject({ code: 'accounts.invalid_fields', status: 422, requestId: 'r1' });
    expect(failure.problemAt('/idNumber')).toBe('最后一位对不上');
  });

  it('says how long to wait', async () => {
    network(json(429, { error: { code: 'platform.too_many', message: '太频繁' } }, { 'Retry-After': '30' }));
    expect(await failureOf(api.get('/api/offices'))).toMatchObject({ retryAfterSeconds: 30 });
  });

  it('reads again what only reads', async () => {
    const sent = network(broken(), json(200, { items: [] }));
    expect(await api.get('/api/offices')).toEqual({ items: [] });
    expect(sent).toHaveLength(2);
  });

  it('tells a device without a connection from a site that does not answer', async () => {
    network(broken(), broken(), broken());
    const away = await failureOf(api.get('/api/offices'));
    expect([away.code, trouble.trouble]).toEqual(['network.unreachable', 'server']);
    expect(away.message).not.toContain('网络断');
    vi.stubGlobal('navigator', { onLine: false });
    network(broken());
    const offline = await failureOf(api.get('/api/offices'));
    expect(offline.code).toBe('network.offline');
    expect(offline.message).toContain('网络断了');
    window.dispatchEvent(new Event('offline'));
    expect(trouble.trouble).toBe('offline');
    window.dispatchEvent(new Event('online'));
    expect(trouble.trouble).toBeNull();
  });

  it('never repeats a write by itself, and does not call it failed', async () => {
    const sent = network(broken());
    expect(await failureOf(api.post('/api/applications', {}))).toMatchObject({
      code: 'network.unknownOutcome',
      status: 0,
    });
    expect(sent).toHaveLength(1);
  });

  it('repeats a write that carries its key, with the same key', async () => {
    const sent = network(broken(), json(201, { id: '1' }));
    const idempotencyKey = newIdempotencyKey();
    expect(await api.post('/api/applications', {}, { idempotencyKey })).toEqual({ id: '1' });
    expect(sent.map(({ init }) => new Headers(init.headers).get('Idempotency-Key'))).toEqual([
      idempotencyKey,
      idempotencyKey,
    ]);
  });

  it('waits for signing in again on 401 and then goes on', async () => {
    const sent = network(refused(401, 'platform.sign_in'), json(200, { name: '孙晓岚' }));
    onSessionEnded(() => Promise.resolve(true));
    expect(await api.get('/api/me')).toEqual({ name: '孙晓岚' });
    expect(sent).toHaveLength(2);
  });

  it('leaves a quiet 401 to the caller', async () => {
    network(refused(401, 'accounts.sign_in_refused'));
    onSessionEnded(() => Promise.reject(new Error('must not be asked')));
    expect(await failureOf(api.post('/api/sessions', {}, { quiet: true }))).toMatchObject({ status: 401 });
  });

  it('does not know what became of a write whose answer cannot be read', async () => {
    network(new Response('<html>', { status: 200 }));
    expect(await failureOf(api.post('/api/applications', {}))).toMatchObject({
      code: 'network.unknownOutcome',
    });
  });

  it('answers nothing for 204', async () => {
    network(new Response(null, { status: 204 }));
    expect(await api.delete('/api/sessions')).toBeUndefined();
  });
});
