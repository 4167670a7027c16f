import type { Me, SignInAnswer, SignInState, StaffRole } from '../../backend/modules/accounts/contract.ts';
import { api, onAccount, onFactorNeeded, onSessionEnded } from './api.ts';
import { forgetTab, keepTabFor } from './tab-storage.ts';

const HINT = 'signed-in';
const WHOEVER = { quiet: true, anyAccount: true } as const;

function hint(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return true;
  }
}

function setHint(on: boolean): void {
  try {
    if (on) localStorage.setItem(HINT, '1');
    else localStorage.removeItem(HINT);
  } catch {
    // Without storage the session is asked for at each start.
  }
}

/** Who is signed in on this device. Holds nothing but what GET /api/me says. */
export class Session {
  /** Null: nobody. */
  me = $state.raw<Me | null>(null);
  /** False until the server has been asked once. */
  known = $state(false);
  /** The server ended a session that this page still shows: the dialog over the page asks to sign in again. */
  ended = $state(false);
  /** An act of weight waits until it is confirmed once more that it is who signed in. */
  confirming = $state(false);
  #unconfirmed: ((confirmed: boolean) => void)[] = [];
  #waiting: ((again: boolean) => void)[] = [];
  readonly #reload: () => void;

  constructor(reload: () => void = () => location.reload()) {
    this.#reload = reload;
    onSessionEnded(() => this.#askAgain());
    onFactorNeeded(() => this.#askToConfirm());
    onAccount(() => this.me?.id ?? null);
  }

  /** Asks the server; a visitor who never signed in on this device costs no request. */
  async start(): Promise<void> {
    if (hint()) await this.refresh();
    this.known = true;
  }

  /** Reads again who is signed in. Keeps what is shown when the server cannot be reached; false then. */
  async refresh(): Promise<boolean> {
    let heard = true;
    try {
      const { signIn } = await api.get<SignInState>('/api/sessions/current', WHOEVER);
      this.me = signIn === 'complete' ? await api.get<Me>('/api/me', WHOEVER) : null;
      if (this.me) keepTabFor(this.me.id);
      setHint(signIn === 'complete');
    } catch {
      // Offline or the server is down: the strip says so; nothing is known to have changed.
      heard = false;
    }
    this.known = true;
    return heard;
  }

  hasRole(...roles: StaffRole[]): boolean {
    return roles.some((role) => this.me?.roles.includes(role));
  }

  /** Throws AppFailure. `secondFactor`: the code page comes next. */
  async signIn(login: string, password: string): Promise<SignInAnswer['next']> {
    const { next } = await api.post<SignInAnswer>('/api/sessions', { login, password }, WHOEVER);
    if (next === 'complete') await this.#settled();
    return next;
  }

  async secondFactor(code: string): Promise<void> {
    await api.post('/api/sessions/second-factor', { code }, WHOEVER);
    await this.#settled();
  }

  /** Throws AppFailure; what waits for it goes on by itself. */
  async confirm(factor: string): Promise<void> {
    const proof = this.me?.factor === 'totp' ? { totp: factor.replace(/\D/g, '') } : { password: factor };
    await api.post('/api/sessions/confirm', proof);
    this.endConfirm(true);
  }

  /** Not confirmed: the acts that wait fail, each where it was begun. */
  endConfirm(confirmed: boolean): void {
    this.confirming = false;
    const waiting = this.#unconfirmed;
    this.#unconfirmed = [];
    for (const resolve of waiting) resolve(confirmed);
  }

  /** Throws AppFailure when the server could not be told; the session may then still be open there. */
  async signOut(): Promise<void> {
    await api.delete('/api/sessions', WHOEVER);
    forgetTab();
    setHint(false);
    this.me = null;
  }

  /** The visitor closed the dialog without signing in: waiting requests fail with 401. */
  giveUp(): void {
    this.ended = false;
    this.me = null;
    forgetTab();
    setHint(false);
    this.#release(false);
  }

  async #settled(): Promise<void> {
    setHint(true);
    const before = this.me;
    const heard = await this.refresh();
    if (this.ended && (!heard || before?.id !== this.me?.id)) {
      // The page and the act that waits are somebody else's, or might be: they are left as they are, never repeated
      // under the name of who has signed in now.
      this.#waiting = [];
      this.#reload();
      return;
    }
    this.ended = false;
    this.#release(true);
  }

  #askAgain(): Promise<boolean> {
    if (!this.me) return Promise.resolve(false);
    this.ended = true;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #askToConfirm(): Promise<boolean> {
    this.confirming = true;
    return new Promise((resolve) => this.#unconfirmed.push(resolve));
  }

  #release(again: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(again);
  }
}
