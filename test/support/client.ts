/** What a test reads of an answer. `body` is parsed JSON where the answer is JSON, text otherwise. */
export interface Reply<T = unknown> {
  status: number;
  body: T;
  headers: Headers;
}

export interface ClientTarget {
  url: string;
  p: { config: { publicOrigin: string } };
}

/** The bodies of answers are looked into freely by tests, so they are typed as deep records. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- every test reads other fields; its assertions are the check
export type Json = any;

export interface SendOptions {
  headers?: Record<string, string>;
  language?: 'zh-CN' | 'en';
}

/** One browser: keeps cookies, sends Origin as a browser does, speaks JSON. */
export class Client {
  readonly cookies = new Map<string, string>();
  readonly target: ClientTarget;
  /**
   * What this person gives where an act asks once more that it is they, as the portal does: the act is then sent again. Null: they
   * give nothing, and the refusal is the answer.
   */
  confirmWith: (() => { password: string } | { totp: string }) | null = null;

  constructor(target: ClientTarget) {
    this.target = target;
  }

  get(path: string, options?: SendOptions): Promise<Reply<Json>> {
    return this.send('GET', path, undefined, options);
  }

  post(path: string, body?: unknown, options?: SendOptions): Promise<Reply<Json>> {
    return this.send('POST', path, body, options);
  }

  patch(path: string, body?: unknown, options?: SendOptions): Promise<Reply<Json>> {
    return this.send('PATCH', path, body, options);
  }

  put(path: string, body?: unknown, options?: SendOptions): Promise<Reply<Json>> {
    return this.send('PUT', path, body, options);
  }

  delete(path: string, options?: SendOptions): Promise<Reply<Json>> {
    return this.send('DELETE', path, undefined, options);
  }

  /** `body`: a value to send as JSON, or bytes, a form or a stream to send as they are. */
  async send(method: string, path: string, body?: unknown, options: SendOptions = {}): Promise<Reply<Json>> {
    const reply = await this.#sendOnce(method, path, body, options);
    const asked = (reply.body as Json)?.error?.code === 'accounts.fresh_factor_needed';
    if (!asked || !this.confirmWith) return reply;
    const confirmed = await this.#sendOnce('POST', '/api/sessions/confirm', this.confirmWith(), {});
    return confirmed.status === 204 ? this.#sendOnce(method, path, body, options) : reply;
  }

  async #sendOnce(method: string, path: string, body: unknown, options: SendOptions): Promise<Reply<Json>> {
    const raw = body instanceof FormData || body instanceof Uint8Array || body instanceof ReadableStream;
    const headers: Record<string, string> = { ...options.headers };
    if (method !== 'GET') headers.Origin ??= this.target.p.config.publicOrigin;
    if (this.cookies.size > 0) headers.Cookie ??= this.cookieHeader();
    if (options.language) headers['Accept-Language'] = options.language;
    if (body !== undefined && !raw) headers['Content-Type'] ??= 'application/json';
    const response = await fetch(this.target.url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    this.keepCookies(response.headers.getSetCookie());
    return { status: response.status, body: await read(response), headers: response.headers };
  }

  private cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keepCookies(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(';');
      const [name, value] = splitOnce(pair!.trim());
      const expired = attributes.some((text) => /^\s*expires=Thu, 01 Jan 1970/i.test(text));
      if (expired || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

async function read(response: Response): Promise<unknown> {
  const type = response.headers.get('Content-Type') ?? '';
  if (/json/.test(type)) return response.json();
  if (/^text\//.test(type)) return response.text();
  const bytes = Buffer.from(await response.arrayBuffer());
  return bytes.length === 0 ? null : bytes;
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
