import { describe, expect, it } from 'vitest';
import { modules } from '../../backend/modules.ts';
import type { RouteDefinition } from '../../backend/platform/http/route.ts';

const routes = modules.flatMap((module) => (module.routes ?? []) as unknown as RouteDefinition[]);

describe('every route', () => {
  it('is declared once', () => {
    const names = routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':x')}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('names its access rule and says in both languages what it does', () => {
    const incomplete = routes.filter(({ access, summary }) => !access?.name || !summary?.zh || !summary?.en);
    expect(incomplete.map(({ path }) => path)).toEqual([]);
  });

  it('never writes on GET: no GET declares a body', () => {
    expect(routes.filter(({ method, body }) => method === 'get' && body).map(({ path }) => path)).toEqual([]);
  });

  it('keeps personal data out of addresses: no parameter or query is an ID number, a phone, a name or free text', () => {
    const named = routes.flatMap(({ path, params, query }) =>
      [...Object.keys(params?.properties ?? {}), ...Object.keys(query?.properties ?? {})].map(
        (key) => `${path} ${key}`,
      ),
    );
    expect(
      named.filter((key) => /(idNumber|phone|holderName|name|password|text|search|keywords?|q)$/i.test(key)),
    ).toEqual([]);
  });

  it('is limited by address where a stranger could guess: sign-in, sign-up, verification', () => {
    const guessable = [
      '/api/sessions',
      '/api/accounts',
      '/api/certificates/verify',
      '/api/certificates/status',
    ];
    const unlimited = routes
      .filter(({ method, path }) => method === 'post' && guessable.includes(path))
      .filter(({ rateLimit }) => !rateLimit);
    expect(unlimited.map(({ path }) => path)).toEqual([]);
  });
});
