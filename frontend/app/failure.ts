import type { MessageKey } from '../i18n/areas.ts';

/** One thing wrong with what was typed; `pointer` is a JSON pointer into the body that was sent (`/idNumber`). */
export interface FailureProblem {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** Failures that this side notices by itself; every other code comes from the server, with its sentence. */
export const LOCAL_FAILURES = {
  /** This device has no connection: nothing was sent. */
  'network.offline': 'app.failOffline',
  /** Connected, but no answer; nothing could have changed. */
  'network.unreachable': 'app.failUnreachable',
  /** A write was sent and its answer never came: it may or may not have been done. Never called a failure. */
  'network.unknownOutcome': 'app.failUnknownOutcome',
  'network.badAnswer': 'app.failBadAnswer',
  'session.ended': 'app.failSessionEnded',
} as const satisfies Record<string, MessageKey>;
export type LocalFailure = keyof typeof LOCAL_FAILURES;

/** The only error that the API client throws. `message` is a sentence for people, in their language. */
export class AppFailure extends Error {
  override readonly name = 'AppFailure';
  readonly code: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly problems: readonly FailureProblem[];
  /** For asking about it at the counter or by phone. */
  readonly requestId: string | null;
  /** Seconds to wait before trying again, when the server said so. */
  readonly retryAfterSeconds: number | null;

  constructor(parts: {
    code: string;
    message: string;
    status?: number;
    problems?: readonly FailureProblem[];
    requestId?: string | null;
    retryAfterSeconds?: number | null;
  }) {
    super(parts.message);
    this.code = parts.code;
    this.status = parts.status ?? 0;
    this.problems = parts.problems ?? [];
    this.requestId = parts.requestId ?? null;
    this.retryAfterSeconds = parts.retryAfterSeconds ?? null;
  }

  /** The sentence for one field, if the server marked it. */
  problemAt(pointer: string): string | undefined {
    return this.problems.find((problem) => problem.pointer === pointer)?.message;
  }

  get notFound(): boolean {
    return this.status === 404 || this.status === 403;
  }
}
