import type { Platform } from '../../platform/platform.ts';
import type { Actor } from '../accounts/index.ts';
import { cursorOf } from '../../platform/cursor.ts';
import { placeOf } from './cursor.ts';
import { errors } from './errors.ts';
import { queries, type QueryDocument } from './query.model.ts';

const PAGE = 20;

export interface QueryPage {
  items: QueryDocument[];
  next: string | null;
}

export interface PageOf {
  cursor?: string;
  limit?: number;
}

/** Of the desk: with what the clerk may see (desk-scope.ts). */
export interface DeskPageOf extends PageOf {
  scope: Record<string, unknown>;
}

/** Whoever asked, and nobody else: another's and none are the same. @throws query.notFound */
export async function getOwn(
  p: Platform,
  actor: Pick<Actor, 'accountId'>,
  id: string,
): Promise<QueryDocument> {
  const query = await queries(p).findOne({ _id: id }, { outbox: 0 }).lean<QueryDocument>();
  return query?.asker.accountId === actor.accountId ? query : errors.fail('query.notFound');
}

/** @throws query.notFound */
export async function getForClerk(p: Platform, id: string): Promise<QueryDocument> {
  const query = await queries(p).findOne({ _id: id }, { outbox: 0 }).lean<QueryDocument>();
  return query ?? errors.fail('query.notFound');
}

/** One's own, newest first. */
export async function findOwn(
  p: Platform,
  accountId: string,
  { cursor, limit = PAGE }: PageOf,
): Promise<QueryPage> {
  const own = { 'asker.accountId': accountId };
  const rows = await queries(p)
    .find(cursor ? { $and: [own, before('askedAt', cursor)] } : own, { outbox: 0, 'result.record': 0 })
    .sort({ askedAt: -1, _id: -1 })
    .limit(limit + 1)
    .hint('queries_by_asker')
    .lean<QueryDocument[]>();
  return pageOf(rows, limit, ({ askedAt }) => askedAt);
}

/** What waits for a clerk, what is due first at its head. */
export async function findWaiting(
  p: Platform,
  { cursor, limit = PAGE, scope }: DeskPageOf,
): Promise<QueryPage> {
  const waiting = { ...scope, state: 'waiting' as const };
  const rows = await queries(p)
    .find(cursor ? { $and: [waiting, after('due.promisedAt', cursor)] } : waiting, { outbox: 0 })
    .sort({ 'due.promisedAt': 1, _id: 1 })
    .limit(limit + 1)
    .hint('queries_waiting')
    .lean<QueryDocument[]>();
  return pageOf(rows, limit, ({ due, askedAt }) => due?.promisedAt ?? askedAt);
}

/** What clerks decided, newest first. */
export async function findDecided(
  p: Platform,
  { cursor, limit = PAGE, scope }: DeskPageOf,
): Promise<QueryPage> {
  const decided: Record<string, unknown> = { ...scope, 'decision.by': { $type: 'object' } };
  const rows = await queries(p)
    .find(cursor ? { $and: [decided, before('decision.at', cursor)] } : decided, { outbox: 0 })
    .sort({ 'decision.at': -1, _id: -1 })
    .limit(limit + 1)
    .hint('queries_decided')
    .lean<QueryDocument[]>();
  return pageOf(rows, limit, ({ decision, askedAt }) => decision?.at ?? askedAt);
}

/** How many wait, and for how many of them the office's own promise has passed. */
export async function countWaiting(
  p: Platform,
  now: Date,
  scope: Record<string, unknown>,
): Promise<{ waiting: number; late: number }> {
  const hint = 'queries_waiting';
  const [waiting, late] = await Promise.all([
    queries(p)
      .countDocuments({ ...scope, state: 'waiting' })
      .hint(hint),
    queries(p)
      .countDocuments({ ...scope, state: 'waiting', 'due.promisedAt': { $lt: now } })
      .hint(hint),
  ]);
  return { waiting, late };
}

/** By the blind index of a QR's token. */
export function findByTokenKey(p: Platform, tokenKey: string): Promise<QueryDocument | null> {
  return queries(p).findOne({ 'result.tokenKey': tokenKey }, { outbox: 0 }).lean<QueryDocument>();
}

function before(field: string, cursor: string) {
  const { at, id } = placeOf(cursor);
  return { $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] };
}

function after(field: string, cursor: string) {
  const { at, id } = placeOf(cursor);
  return { $or: [{ [field]: { $gt: at } }, { [field]: at, _id: { $gt: id } }] };
}

function pageOf(rows: QueryDocument[], limit: number, atOf: (query: QueryDocument) => Date): QueryPage {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorOf({ at: atOf(last), id: last._id }) : null };
}
