import { Router } from '@koa/router';
import type { Middleware } from 'koa';

/** `applications` of `/api/applications/:id/submit`. Routes ignore the case of a path, so this does, too. */
const areaOf = (path: string): string => path.split('/', 3)[2]?.toLowerCase() ?? '';

/**
 * A router for each area of the surface: one for all would try the patterns of some hundred and fifty routes, one after the
 * other, for every request.
 */
export function byArea(): { routerOf(path: string): Router; middleware(): Middleware } {
  const routers = new Map<string, Router>();
  return {
    routerOf(path) {
      const area = areaOf(path);
      const router = routers.get(area) ?? new Router();
      routers.set(area, router);
      return router;
    },
    middleware() {
      const handlers = new Map(
        [...routers].map(([area, router]) => {
          const [found, otherMethods] = [router.routes(), router.allowedMethods()];
          const handle: Middleware = (ctx, next) =>
            found(ctx as never, () => otherMethods(ctx as never, next) as Promise<void>);
          return [area, handle];
        }),
      );
      return (ctx, next) => handlers.get(areaOf(ctx.path))?.(ctx, next) ?? next();
    },
  };
}
