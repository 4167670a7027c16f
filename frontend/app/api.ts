import { i18n, t } from '../i18n/i18n.svelte.ts';
import { AppFailure, LOCAL_FAILURES, type FailureProblem, type LocalFailure } from './failure.ts';
import { network } from './network.svelte.ts';

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface RequestOptions {
  query?: Query;
  signal?: AbortSignal;
  /** Makes a repeated POST harmless; `newIdempotencyKey()` once per intention, kept over retries. */
  idempotencyKey?: string;
  /** A POST that only reads, because what is asked for may stand in no address: repeated like a GET. */
  reads?: boolean;
  /** A write whose body names what it makes (the id of a booking): sent twice it is done once, so it is repeated. */
  repeatable?: boolean;
  /** Do not open the “signed out” dialog on 401; the caller deals with it. */
  quiet?: boolean;
  /** Asks or changes who is signed in, and so is for whoever that is. */
  anyAccount?: boolean;
  timeoutMs?: number;
}

/** Longer than any answer of a healthy server, short enough that a person still waits. */
const TIMEOUT_MS = 30_000;
/** Pauses before a write with an idempotency key is sent again. */
const RETRY_MS = [800, 2_500] as const;

interface WireError {
  error?: { code?: string; message?: string; details?: FailureProblem[]; requestId?: string };
}

/** Set by the session: resolves true once the visitor is signed in again, so the request can be repeated. */
let signInAgain: (() => Promise<boolean>) | null = null;
export function onSessionEnded(handler: () => Promise<boolean>): void {
  signInAgain = handler;
}

const FACTOR_NEEDED = 'accounts.fresh_factor_needed';

/** Set by the session: resolves true once the visitor has confirmed to be who signed in, so the request can be repeated. */
let confirmAgain: (() => Promise<boolean>) | null = null;
export function onFactorNeeded(handler: () => Promise<boolean>): void {
  confirmAgain = handler;
}

/** Set by the session: the account that this page was made for. */
let accountOf: () => string | null = () => null;
export function onAccount(account: () => string | null): void {
  accountOf = account;
}

/** Has the server refuse what would be done under another name, where somebody else signed in in another window. */
export function accountHeader(): Record<string, string> {
  const account = accountOf();
  return account === null ? {} : { 'X-Account': account };
}

export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function localFailure(code: LocalFailure): AppFailure {
  return new AppFailure({ code, message: t(LOCAL_FAILURES[code]) });
}

function addressOf(path: string, query: Query | undefined): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

async function failureOf(response: Response): Promise<AppFailure> {
  const wire = (await response.json().catch(() => ({}))) as WireError;
  const wait = Number(response.headers.get('Retry-After'));
  return new AppFailure({
    code: wire.error?.code ?? 'network.badAnswer',
    message: wire.error?.message ?? t('app.failBadAnswer'),
    status: response.status,
    problems: wire.error?.details ?? [],
    requestId: wire.error?.requestId ?? response.headers.get('X-Request-Id'),
    retryAfterSeconds: Number.isFinite(wait) && wait > 0 ? wait : null,
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function send(method: string, path: string, body: unknown, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': i18n.language };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (!options.anyAccount) Object.assign(headers, accountHeader());
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  return fetch(addressOf(path, options.query), {
    method,
    headers,
    credentials: 'same-origin',
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Sends; where the connection breaks, repeats what may safely be repeated, and else says what is not known. */
async function sendSurely(
  method: string,
  path: string,
  body: unknown,
  options: RequestOptions,
): Promise<Response> {
  const reads = method === 'GET' || options.reads === true;
  const harmless = reads || options.repeatable === true || options.idempotencyKey !== undefined;
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await send(method, path, body, options);
      network.reached();
      return response;
    } catch (error) {
      if (options.signal?.aborted) throw error;
      network.missed();
      const wait = RETRY_MS[attempt];
      if (harmless && wait !== undefined && navigator.onLine) {
        await pause(wait);
        continue;
      }
      if (!reads) throw localFailure('network.unknownOutcome');
      throw localFailure(navigator.onLine ? 'network.unreachable' : 'network.offline');
    }
  }
}

async function call<T>(method: string, path: string, body: unknown, options: RequestOptions): Promise<T> {
  let response = await sendSurely(method, path, body, options);
  if (response.status === 401 && !options.quiet && signInAgain && (await signInAgain())) {
    response = await sendSurely(method, path, body, options);
  }
  if (!response.ok) {
    const failure = await failureOf(response);
    // Nothing was done yet, so what was asked for is sent again as it was.
    if (failure.code !== FACTOR_NEEDED || !confirmAgain || !(await confirmAgain())) throw failure;
    response = await sendSurely(method, path, body, options);
    if (!response.ok) throw await failureOf(response);
  }
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw localFailure(method === 'GET' ? 'network.badAnswer' : 'network.unknownOutcome');
  }
}

/**
 * The API. `T` is a type of `backend/modules/<module>/contract.ts` (import type only). Throws AppFailure, or the
 * AbortError of a signal that the caller gave.
 */
export const api = {
  get: <T>(path: string, options: RequestOptions = {}) => call<T>('GET', path, undefined, options),
  post: <T>(path: string, body: unknown = {}, options: RequestOptions = {}) =>
    call<T>('POST', path, body, options),
  put: <T>(path: string, body: unknown, options: RequestOptions = {}) => call<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown, options: RequestOptions = {}) =>
    call<T>('PATCH', path, body, options),
  delete: <T = undefined>(path: string, options: RequestOptions = {}) =>
    call<T>('DELETE', path, undefined, options),
};

/** Any thrown thing as a failure that can be shown. */
export function asFailure(error: unknown): AppFailure {
  return error instanceof AppFailure ? error : localFailure('network.badAnswer');
}
