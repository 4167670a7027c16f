import Koa from 'koa';
import { modules } from './modules.ts';
import { authenticate } from './modules/accounts/index.ts';
import { setContactSource } from './modules/notifications/index.ts';
import { missingStructures } from './platform/database/migrations.ts';
import type { Relay } from './platform/database/relay.ts';
import { classifyDatabaseError } from './platform/database/unavailable.ts';
import { docsPage } from './platform/http/docs-page.ts';
import { errorMiddleware } from './platform/http/error-middleware.ts';
import { httpErrors } from './platform/http/errors.ts';
import { securityHeaders } from './platform/http/headers.ts';
import { healthRoutes } from './platform/http/health.ts';
import { mountRoutes } from './platform/http/mount.ts';
import { openApiDocument } from './platform/http/openapi.ts';
import { rateLimiterOf, sweepRateLimits } from './platform/http/rate-limit.ts';
import type { AnyRoute } from './platform/http/route.ts';
import { sessionCookieName } from './platform/http/session.ts';
import { staticFiles } from './platform/http/static.ts';
import { startScheduler, type Job, type Scheduler } from './platform/jobs/scheduler.ts';
import { platformModels } from './platform/models.ts';
import type { Platform } from './platform/platform.ts';
import { findContactOf, subscribers } from './subscriptions.ts';

export const allModels = [...platformModels, ...modules.flatMap((module) => module.models ?? [])];

export interface App {
  readonly koa: Koa;
  readonly routes: readonly AnyRoute[];
  readonly scheduler: Scheduler;
  /** Refuses new work, then waits for jobs and for events on their way. The database is the caller's to close. */
  stop(): Promise<void>;
}

export interface AppParts {
  p: Platform;
  relay: Relay;
  /** The built portal; null where only the API is served. */
  publicDirectory: string | null;
  /** Whether jobs run by themselves; tests run them by name. */
  timers: boolean;
  /** Beside those of the modules. */
  jobs?: readonly Job[];
}

/**
 * Builds the app from given parts. Throws when a declared collection or index is missing: invariants rest on them, so
 * the app refuses to serve without.
 */
export async function createApp({
  p,
  relay,
  publicDirectory,
  timers,
  jobs: more = [],
}: AppParts): Promise<App> {
  const missing = await missingStructures(p, allModels);
  if (missing.length > 0)
    throw new Error(`the database lacks ${missing.join(', ')}: run the migrations first`);

  let stopping = false;
  const routes = [...healthRoutes(() => stopping), ...modules.flatMap((module) => module.routes ?? [])];
  const koa = new Koa({ proxy: p.config.trustProxy, maxIpsCount: 1 });
  // What fails after the headers are sent reaches only this event; koa's own handler would print it in full.
  koa.on('error', (error: unknown) => p.log.warn({ err: error }, 'response broke off'));
  koa.use(securityHeaders(p.config));
  koa.use(
    errorMiddleware({
      log: p.log,
      classify: classifyDatabaseError,
      trustRequestId: p.config.trustProxy,
    }),
  );
  koa.use(async (ctx, next) => {
    if (stopping) ctx.set('Connection', 'close');
    await next();
  });
  if (publicDirectory) koa.use(staticFiles(publicDirectory));
  koa.use(docsPage(() => openApiDocument(routes, p.config.publicOrigin, sessionCookieName(p.config))));
  koa.use(async (ctx, next) => {
    await next();
    if (!ctx.path.startsWith('/api/') || ctx.body != null) return;
    if (ctx.status === 405 || ctx.status === 501) httpErrors.fail('platform.method_not_allowed');
    if (ctx.status === 404 && ctx.method !== 'OPTIONS') httpErrors.fail('platform.not_found');
  });
  koa.use(mountRoutes({ p, routes, authenticate, rateLimiter: rateLimiterOf(p) }));

  setContactSource(findContactOf);
  relay.start(p, allModels, subscribers);
  const jobs = [relay.sweep, sweepRateLimits, ...modules.flatMap((module) => module.jobs ?? []), ...more];
  const scheduler = startScheduler(p, jobs, timers);
  return {
    koa,
    routes,
    scheduler,
    async stop() {
      stopping = true;
      await scheduler.stop();
      await relay.drain();
    },
  };
}
