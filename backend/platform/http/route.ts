import type { Context } from 'koa';
import type { Static, TObject, TSchema } from 'typebox';
import type { Readable } from 'node:stream';
import type { Language, Sentence } from '../errors.ts';
import type { Platform } from '../platform.ts';

/** Who is asking, as far as the platform needs to know. Accounts extends it with what the domain needs. */
export interface Principal {
  readonly accountId: string;
  readonly sessionId: string;
}

export type AccessVerdict =
  | { allowed: true }
  /** `signIn`: nobody is signed in; `forbidden`: signed in, but not allowed; `code`: a module's own refusal. */
  | { allowed: false; reason: 'signIn' | 'forbidden' | { code: `${string}.${string}` } };

/** Named, so that the access matrix of every route can be listed and tested. */
export interface AccessRule<A extends Principal | null = Principal | null> {
  readonly name: string;
  check(actor: Principal | null): AccessVerdict;
  /** Carries the type of the actor that a handler receives; never set. */
  readonly actor?: A;
}

/** Nobody needs to sign in. A signed-in visitor is still told apart. */
export const anyone: AccessRule<Principal | null> = { name: 'anyone', check: () => ({ allowed: true }) };

export interface RateLimit {
  /** Requests allowed per window for one key. */
  points: number;
  windowSeconds: number;
  /** `account-and-address`: both must have points, so that more accounts buy no more tries; who is not signed in counts by address. */
  by: 'account' | 'address' | 'account-and-address';
  /**
   * Of an address under `account-and-address`, where it may have more than one account has: a hall or a carrier of mobile phones brings
   * many people through one. Not together with `counts`.
   */
  addressPoints?: number;
  /**
   * Counted in memory, by each process alone: for reads, where a counter in the database would cost as much as the read. What
   * it guards is the processor of this very process.
   */
  inMemory?: true;
  /** Routes that name the same count together: what one of them refuses is not to be had of another. Default: each for itself. */
  shared?: string;
  /** Counts a request by its answer, such as a miss only: who asks for what they know is not held up or slowed. */
  counts?(answer: Answer): boolean;
}

type Value<S extends TSchema | undefined> = S extends TSchema ? Static<S> : undefined;

export interface RouteRequest<A, P, Q, B> {
  readonly p: Platform;
  readonly actor: A;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly language: Language;
  readonly requestId: string;
  /** Client address, from the socket or from the one trusted proxy; of IPv6 its network, see client-network.ts. */
  readonly address: string;
  /** The `Idempotency-Key` header, 1 to 128 visible ASCII characters. */
  readonly idempotencyKey: string | null;
  /** For streams (uploads) and cookies only. */
  readonly ctx: Context;
}

export interface Answer {
  status: number;
  /** Checked against the declared schema of its status. */
  body?: unknown;
  /** The same body object is given again and never changed: it is checked and put into JSON once. */
  reusable?: boolean;
  headers?: Record<string, string>;
  /** Instead of a body: bytes of a declared media type. */
  stream?: Readable | Buffer;
  type?: string;
}

/** `TSchema` for JSON; a media type such as `application/pdf` for bytes; null for an empty answer. */
export type AnswerSchemas = Readonly<Record<number, TSchema | string | null>>;

export interface RouteDefinition<
  A extends Principal | null = Principal | null,
  P extends TObject | undefined = TObject | undefined,
  Q extends TObject | undefined = TObject | undefined,
  B extends TSchema | undefined = TSchema | undefined,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Koa path, `/api/applications/:id/submit`. */
  readonly path: string;
  readonly summary: Sentence;
  readonly access: AccessRule<A>;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** `stream`: the handler reads the request itself (uploads); default `json`. */
  readonly bodyKind?: 'json' | 'stream';
  readonly answers: AnswerSchemas;
  readonly rateLimit?: RateLimit;
  /** `public, max-age` in seconds for answers that are the same for everyone; default `no-store`. */
  readonly publicCacheSeconds?: number;
  handle(request: RouteRequest<A, Value<P>, Value<Q>, Value<B>>): Promise<Answer>;
}

/** A route of any shape, as the app registers it. */
export type AnyRoute = RouteDefinition<never, never, never, never>;

/** The one way to declare an endpoint; see `mount.ts` for what a request goes through. */
export function route<
  A extends Principal | null,
  P extends TObject | undefined = undefined,
  Q extends TObject | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(definition: RouteDefinition<A, P, Q, B>): AnyRoute {
  return definition as unknown as AnyRoute;
}
