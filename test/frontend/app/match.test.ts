import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, match } from '../../../frontend/app/match.ts';
import { paths, to, type PathName } from '../../../frontend/app/paths.ts';
import { RouteTable } from '../../../frontend/app/router.svelte.ts';
import { routes } from '../../../frontend/app/routes.ts';

describe('an address', () => {
  it('gives its parameters, decoded', () => {
    expect(match(compile('/verify/:token'), '/verify/a%2Fb')).toEqual({ token: 'a/b' });
  });

  it('may end with a slash', () => {
    expect(match(compile('/services'), '/services/')).toEqual({});
  });

  it('that is badly encoded is nobody’s', () => {
    expect(match(compile('/verify/:token'), '/verify/%E0%A4%A')).toBeNull();
  });

  it('with more segments is another one', () => {
    expect(match(compile('/services/:code'), '/services/ZY02/check')).toBeNull();
  });

  it('comes back from the parameters it was made of', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (token) => {
        expect(match(compile(paths.verifyToken), to('verifyToken', { token }))).toEqual({ token });
      }),
    );
  });
});

describe('the table of pages', () => {
  const table = new RouteTable(routes);

  it('prefers fixed segments: a new application is not step “new” of a case', () => {
    expect(table.find('/applications/new/ZY02')?.route.path).toBe('newApplication');
  });

  it('knows every page once', () => {
    const names = routes.map((route) => route.path);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(routes.map((route) => [route.path]))('%s is found at its own address', (name: PathName) => {
    const address = paths[name].replace(/:\w+/g, 'x1');
    expect(table.find(address)?.route.path).toBe(name);
  });

  it('has nothing for an unknown address', () => {
    expect(table.find('/no/such/page')).toBeNull();
  });
});

describe('a link', () => {
  it('carries a query', () => {
    expect(to('signIn', null, { next: '/cases?x=1' })).toBe('/sign-in?next=%2Fcases%3Fx%3D1');
  });
});
