import { randomUUID } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { AppError, findErrorDefinition, sentenceOf, type Language, type Problem } from '../errors.ts';
import type { Log } from '../log.ts';
import { languageOf } from './language.ts';

export interface WireProblem {
  pointer: string;
  code: string;
  message: string;
}

export interface WireError {
  error: { code: string; message: string; details?: WireProblem[]; requestId: string };
}

const REQUEST_ID = /^[\w-]{8,64}$/;
/** Enough for any form; a hostile body cannot make the answer larger than itself. */
const MOST_DETAILS = 200;

function wireProblem(problem: Problem, language: Language): WireProblem {
  const source = problem.sentence ?? findErrorDefinition(problem.code);
  return {
    pointer: problem.pointer,
    code: problem.code,
    message: source ? sentenceOf(source, language, problem.params) : problem.code,
  };
}

/** The one error shape. Unknown errors show nothing of themselves but the request's id. */
export function wireError(error: AppError, language: Language, requestId: string): WireError {
  const definition = findErrorDefinition(error.code);
  const body: WireError['error'] = {
    code: error.code,
    message: definition ? sentenceOf(definition, language, error.params) : error.code,
    requestId,
  };
  if (error.problems.length > 0) {
    body.details = error.problems.slice(0, MOST_DETAILS).map((problem) => wireProblem(problem, language));
  }
  return { error: body };
}

export interface ErrorMiddlewareParts {
  log: Log;
  /** Translates a driver's error where no use case did; null when it is a defect. */
  classify(error: unknown): AppError | null;
  /** Whether a proxy of ours writes `X-Request-Id`: a client's own could pass for somebody else's request in the audit. */
  trustRequestId: boolean;
}

function answer(ctx: Context, error: AppError, requestId: string): void {
  const status = findErrorDefinition(error.code)?.status ?? 500;
  ctx.status = status;
  if (status === 503) ctx.set('Retry-After', '2');
  if (status === 429) ctx.set('Retry-After', String(error.params.seconds ?? 60));
  ctx.set('Cache-Control', 'no-store');
  ctx.body = wireError(error, languageOf(ctx), requestId);
}

/** Outermost but for the headers: names the request, times it, turns every failure into the one shape. */
export function errorMiddleware({ log, classify, trustRequestId }: ErrorMiddlewareParts): Middleware {
  return async (ctx, next) => {
    const given = ctx.get('X-Request-Id');
    const requestId = trustRequestId && REQUEST_ID.test(given) ? given : randomUUID();
    ctx.set('X-Request-Id', requestId);
    ctx.state.requestId = requestId;
    const startedAt = performance.now();
    try {
      await next();
    } catch (thrown) {
      const known = thrown instanceof AppError ? thrown : classify(thrown);
      if (!known) log.error({ requestId, err: thrown, route: ctx.state.route as string }, 'request failed');
      if (ctx.headerSent) {
        ctx.req.destroy();
        return;
      }
      answer(ctx, known ?? new AppError('platform.unexpected'), requestId);
    } finally {
      log.info(
        {
          requestId,
          method: ctx.method,
          route: ctx.state.route ?? null,
          status: ctx.status,
          ms: Math.round(performance.now() - startedAt),
        },
        'request',
      );
    }
  };
}
