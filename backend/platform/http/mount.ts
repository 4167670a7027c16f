import type { Context, Middleware } from 'koa';
import type { TSchema } from 'typebox';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { AppError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { byArea } from './areas.ts';
import { closeObjects, createAjv, problemsOf } from './ajv.ts';
import { networkOf } from './client-network.ts';
import { refuseCrossSite } from './cross-site.ts';
import { httpErrors } from './errors.ts';
import { readJsonBody } from './json-body.ts';
import { languageOf } from './language.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { Answer, AnyRoute, Principal, RouteDefinition, RouteRequest } from './route.ts';
import { requestPlatform } from './request-platform.ts';
import { readSessionToken } from './session.ts';

export interface MountParts {
  p: Platform;
  routes: readonly AnyRoute[];
  /** The session's owner, or null for an unknown or ended session. */
  authenticate(p: Platform, token: string): Promise<Principal | null>;
  rateLimiter: RateLimiter;
}

interface Compiled {
  params: ValidateFunction | null;
  query: ValidateFunction | null;
  body: ValidateFunction | null;
  answers: Map<number, ValidateFunction | string | null>;
}

const KEY = /^[\x21-\x7e]{1,128}$/;

const bodies = () => createAjv('body');
const parameters = () => createAjv('parameters');

function compile(definition: RouteDefinition, production: boolean): Compiled {
  const close = (schema: TSchema | undefined) => (schema ? (closeObjects(schema) as object) : null);
  const query = close(definition.query ?? ({ type: 'object', properties: {} } as unknown as TSchema));
  const params = close(definition.params);
  const body = close(definition.body);
  const answers = new Map<number, ValidateFunction | string | null>();
  for (const [status, schema] of Object.entries(definition.answers)) {
    const compiled =
      schema === null || typeof schema === 'string'
        ? schema
        : createAjv(production ? 'answer-lenient' : 'answer').compile(closeObjects(schema) as object);
    answers.set(Number(status), compiled);
  }
  return {
    params: params && parameters().compile(params),
    query: query && parameters().compile(query),
    body: body && bodies().compile(body),
    answers,
  };
}

/** Routes are declared once for the process, however many apps mount them. */
const made = { production: new WeakMap<object, Compiled>(), elsewhere: new WeakMap<object, Compiled>() };

/** At the route's first request: compiled together, they would take most of every start. */
function compiledOnce(definition: RouteDefinition, production: boolean): Compiled {
  const shelf = made[production ? 'production' : 'elsewhere'];
  const known = shelf.get(definition);
  if (known) return known;
  const compiled = compile(definition, production);
  shelf.set(definition, compiled);
  return compiled;
}

function check(validate: ValidateFunction | null, value: unknown, prefix: string): void {
  if (!validate || validate(value)) return;
  throw new AppError('platform.invalid_input', {}, problemsOf(validate.errors, prefix));
}

/** Repeated parameters (`?a=1&a=2`) would become an array inside a filter: refused here, once. */
function singleQuery(ctx: Context): Record<string, unknown> {
  const query: Record<string, unknown> = { ...ctx.query };
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      throw new AppError('platform.invalid_input', {}, [
        { pointer: `/query/${name}`, code: 'validation.duplicate_items' },
      ]);
    }
  }
  return query;
}

function idempotencyKeyOf(ctx: Context): string | null {
  const key = ctx.get('Idempotency-Key');
  if (key === '') return null;
  if (!KEY.test(key)) httpErrors.fail('platform.idempotency_key_malformed');
  return key;
}

function authorize(definition: RouteDefinition, actor: Principal | null): void {
  const verdict = definition.access.check(actor);
  if (verdict.allowed) return;
  if (verdict.reason === 'signIn') httpErrors.fail('platform.sign_in_required');
  if (verdict.reason === 'forbidden') httpErrors.fail('platform.forbidden');
  throw new AppError((verdict.reason as { code: string }).code);
}

/**
 * Two windows of one browser share a session. A page tells for whom it was made (`X-Account`), so that what one person began
 * is never done under the name of another who signed in meanwhile.
 */
function refuseOtherAccount(ctx: Context, actor: Principal | null): void {
  const madeFor = ctx.get('X-Account');
  if (actor && madeFor !== '' && madeFor !== actor.accountId) httpErrors.fail('platform.other_account');
}

function send(
  ctx: Context,
  definition: RouteDefinition,
  compiled: Compiled,
  answer: Answer,
  p: Platform,
): void {
  const declared = compiled.answers.get(answer.status);
  if (declared === undefined) {
    throw new Error(`${definition.method} ${definition.path} answered undeclared status ${answer.status}`);
  }
  ctx.status = answer.status;
  const seconds = definition.publicCacheSeconds;
  ctx.set('Cache-Control', seconds === undefined ? 'no-store' : `public, max-age=${seconds}`);
  for (const [name, value] of Object.entries(answer.headers ?? {})) ctx.set(name, value);
  if (declared === null) {
    ctx.body = null;
    ctx.status = answer.status;
    return;
  }
  if (typeof declared === 'string') {
    // JSON says everything in both languages; a file is in the reader's, and a cache that many share must not give it to all.
    if (seconds !== undefined) ctx.vary('Accept-Language, Cookie');
    ctx.type = answer.type ?? declared;
    ctx.body = answer.stream;
    return;
  }
  const text = answer.reusable ? checkedTexts.get(answer.body as object) : undefined;
  if (text !== undefined) {
    ctx.type = 'application/json';
    ctx.body = text;
    return;
  }
  const undeclared = !declared(answer.body);
  if (undeclared) {
    const where = (declared.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
    if (!p.config.production) {
      throw new Error(
        `${definition.method} ${definition.path} broke its declared answer: ${where.join('; ')}`,
      );
    }
    p.log.error({ route: definition.path, where }, 'answer differs from its declaration');
  }
  if (!answer.reusable) {
    ctx.body = answer.body;
    return;
  }
  const made = Buffer.from(JSON.stringify(answer.body));
  checkedTexts.set(answer.body as object, made);
  ctx.type = 'application/json';
  ctx.body = made;
}

/** JSON of reusable bodies, for as long as whoever made them keeps them. */
const checkedTexts = new WeakMap<object, Buffer>();

/**
 * Mounts the routes. A request goes through: cross-site check → session → access → rate limit → parameters, query
 * and body against their schemas → handler → the answer against its own schema.
 */
export function mountRoutes({ p, routes, authenticate, rateLimiter }: MountParts): Middleware {
  const areas = byArea();
  for (const anyRoute of routes) {
    const definition = anyRoute as unknown as RouteDefinition;
    if (!definition.access?.name) throw new Error(`${definition.path} names no access rule`);
    const name = `${definition.method.toUpperCase()} ${definition.path}`;
    areas.routerOf(definition.path)[definition.method](definition.path, async (ctx: Context) => {
      ctx.state.route = name;
      refuseCrossSite(ctx, p.config);
      const token = readSessionToken(ctx, p.config);
      const requestId = ctx.state.requestId as string;
      const own = requestPlatform(p, requestId);
      const actor = token === null ? null : await authenticate(own, token);
      ctx.state.actorId = actor?.accountId ?? null;
      refuseOtherAccount(ctx, actor);
      authorize(definition, actor);
      const compiled = compiledOnce(definition, p.config.production);
      const { rateLimit } = definition;
      const counter = rateLimit?.shared ?? name;
      const address = networkOf(ctx.ip);
      if (rateLimit && !rateLimit.counts) await rateLimiter.consume(counter, rateLimit, actor, address);
      const params: unknown = { ...(ctx.params as object) };
      check(compiled.params, params, '/params');
      const query = singleQuery(ctx);
      check(compiled.query, query, '/query');
      const body = definition.bodyKind === 'stream' || !definition.body ? undefined : await readJsonBody(ctx);
      if (compiled.body) check(compiled.body, body ?? {}, '');
      const request = {
        p: own,
        actor,
        params,
        query,
        body: body ?? (definition.body ? {} : undefined),
        language: languageOf(ctx),
        requestId,
        address,
        idempotencyKey: idempotencyKeyOf(ctx),
        ctx,
      } as unknown as RouteRequest<never, never, never, never>;
      // Entered with the body read: whoever sends it slowly keeps nobody waiting.
      const leave = rateLimit?.counts ? await rateLimiter.enter(counter, rateLimit, actor, address) : null;
      try {
        const answer = await (definition.handle as (r: typeof request) => Promise<Answer>)(request);
        if (rateLimit?.counts?.(answer)) await rateLimiter.consume(counter, rateLimit, actor, address);
        send(ctx, definition, compiled, answer, own);
      } finally {
        leave?.();
      }
    });
  }
  return areas.middleware();
}
