import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../../frontend/app/api.ts';
import { Session } from '../../../frontend/app/session.svelte.ts';

const ME = { id: 'a', kind: 'citizen', name: '孙晓岚', roles: [] };
const OTHER = { id: 'b', kind: 'citizen', name: '赵明远', roles: [] };

/** A server that knows who is signed in. */
function server() {
  const state = { signedIn: false, me: ME, calls: [] as string[], accounts: [] as (string | null)[] };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    state.calls.push(`${init.method} ${url}`);
    state.accounts.push(new Headers(init.headers).get('X-Account'));
    const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
    if (url === '/api/sessions/current') return json(200, { signIn: state.signedIn ? 'complete' : 'none' });
    if (url === '/api/sessions' && init.method === 'POST') {
      state.signedIn = true;
      return json(201, { next: 'complete' });
    }
    if (url === '/api/sessions' && init.method === 'DELETE') {
      state.signedIn = false;
      return new Response(null, { status: 204 });
    }
    return state.signedIn
      ? json(200, state.me)
      : json(401, { error: { code: 'platform.sign_in_needed', message: '请登录' } });
  });
  return state;
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => vi.unstubAllGlobals());

describe('a session', () => {
  it('costs a stranger no request', async () => {
    const { calls } = server();
    const session = new Session();
    await session.start();
    expect(session).toMatchObject({ me: null, known: true });
    expect(calls).toEqual([]);
  });

  it('is found again by who signed in on this device before', async () => {
    const state = server();
    await new Session().signIn('13800000102', 'x');
    const later = new Session();
    await later.start();
    expect(later.me?.name).toBe('孙晓岚');
    state.signedIn = false;
    await later.refresh();
    expect(later.me).toBeNull();
  });

  it('names its account in every request but those that ask or change who is signed in', async () => {
    const state = server();
    const session = new Session();
    await session.signIn('13800000102', 'x');
    await api.get('/api/inbox');
    await session.refresh();
    await session.signOut();
    expect(state.calls.filter((_, n) => state.accounts[n] !== null)).toEqual(['GET /api/inbox']);
    expect(state.accounts).toContain('a');
    await api.get('/api/business-types').catch(() => undefined);
    expect(state.accounts.at(-1)).toBeNull();
  });

  it('that ends while a page is open asks again and lets the request go on', async () => {
    const state = server();
    const session = new Session();
    await session.signIn('13800000102', 'x');
    state.signedIn = false;
    const reading = api.get<{ name: string }>('/api/me');
    await vi.waitFor(() => expect(session.ended).toBe(true));
    expect(session.me).not.toBeNull();
    await session.signIn('13800000102', 'x');
    expect((await reading).name).toBe('孙晓岚');
    expect(session.ended).toBe(false);
  });

  it('that is given up fails the waiting request', async () => {
    const state = server();
    const session = new Session();
    await session.signIn('13800000102', 'x');
    state.signedIn = false;
    const reading = api.get('/api/me').catch((error: { status: number }) => error.status);
    await vi.waitFor(() => expect(session.ended).toBe(true));
    session.giveUp();
    expect(await reading).toBe(401);
    expect(session.me).toBeNull();
  });

  /** A page of ME's whose write waits for a new sign-in. */
  async function endedInAnAct() {
    const state = server();
    const reload = vi.fn();
    const session = new Session(reload);
    await session.signIn('13800000102', 'x');
    state.signedIn = false;
    let answered = false;
    void api.post('/api/acts').finally(() => (answered = true));
    await vi.waitFor(() => expect(session.ended).toBe(true));
    const acts = () => state.calls.filter((call) => call === 'POST /api/acts').length;
    expect(acts()).toBe(1);
    return { state, session, reload, acts, answered: () => answered };
  }

  it('that ends goes on with the act for the same person', async () => {
    const { session, reload, acts } = await endedInAnAct();
    await session.signIn('13800000102', 'x');
    await vi.waitFor(() => expect(acts()).toBe(2));
    expect(reload).not.toHaveBeenCalled();
  });

  it('never repeats the act of one person under the name of another who signs in', async () => {
    const { state, session, reload, acts, answered } = await endedInAnAct();
    sessionStorage.setItem('typed-1', '她写的');
    state.me = OTHER;
    await session.signIn('13800000101', 'x');
    expect(reload).toHaveBeenCalledOnce();
    await new Promise((resolve) => setImmediate(resolve));
    expect([acts(), answered()]).toEqual([1, false]);
    expect(sessionStorage.getItem('typed-1')).toBeNull();
  });

  it('does not repeat it either when it cannot be told who has signed in', async () => {
    const { session, reload, acts } = await endedInAnAct();
    const fetched = globalThis.fetch;
    vi.stubGlobal('navigator', { onLine: false });
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      url === '/api/me' ? Promise.reject(new TypeError('down')) : fetched(url, init),
    );
    await session.signIn('13800000101', 'x');
    expect(reload).toHaveBeenCalledOnce();
    expect(acts()).toBe(1);
  });

  it.each(['signOut', 'giveUp'] as const)('leaves nothing of a person in the tab after %s', async (leave) => {
    server();
    const session = new Session();
    await session.signIn('13800000102', 'x');
    sessionStorage.setItem('checks-1', '{"a":"same"}');
    await session.refresh();
    expect(sessionStorage.getItem('checks-1')).not.toBeNull();
    await session[leave]();
    expect(sessionStorage.length).toBe(0);
  });

  it('keeps what it knows when the server is down', async () => {
    server();
    const session = new Session();
    await session.signIn('13800000102', 'x');
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('down')));
    vi.stubGlobal('navigator', { onLine: false });
    await session.refresh();
    expect(session.me?.name).toBe('孙晓岚');
  });
});
