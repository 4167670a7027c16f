import { createHash } from 'node:crypto';
import { newId } from '../../platform/ids.ts';
import { reserveNumber, settleNumber } from '../../platform/database/numbers.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { StaffActor } from '../accounts/index.ts';
import {
  applications,
  demandUnconcerned,
  personsConcerned,
  type ApplicationDocument,
} from '../applications/index.ts';
import { findOffice } from '../catalogue/index.ts';
import { dueAfterWorkdays, getCalendar } from '../clock/index.ts';
import type {
  CloseOrder,
  IssueOrder,
  OrderPage,
  OrderQuery,
  OrderTarget,
  OrderView,
  ReplyOrder,
  ReturnOrder,
} from './contract.ts';
import { cursorOf } from '../../platform/cursor.ts';
import { olderThan } from './cursor.ts';
import { staffDirectory } from './directory.ts';
import { errors } from './errors.ts';
import { findHolders, type StaffMember } from './escalation.ts';
import { orders, type OrderDocument } from './order.model.ts';
import { withoutOwnCases } from './own-cases.ts';
import { isAddressee, nextState, ORDER_ACTS, type OrderAct, type OrderReader } from './transitions.ts';

/** The life of a supervision order (督办单), from its number to its closing opinion. */

const readerOf = ({ accountId, roles }: StaffActor): OrderReader => ({
  accountId,
  supervisor: roles.includes('supervisor'),
  readsAll: roles.includes('supervisor') || roles.includes('leader'),
});

const personOf = ({ accountId, name }: { accountId: string; name: string }) => ({ accountId, name });

interface Resolved {
  target: OrderTarget;
  addressees: StaffMember[];
}

/** What is asked of a case that an order is about. */
const CASE_FIELDS = { no: 1, officeId: 1, handler: 1, partyIndexes: 1, agentIndexes: 1 } as const;
type TargetCase = Pick<ApplicationDocument, '_id' | keyof typeof CASE_FIELDS>;

export const findTargetCases = async (p: Platform, filter: Record<string, unknown>): Promise<TargetCase[]> =>
  (await applications(p)
    .collection.find(filter as never, { projection: CASE_FIELDS })
    .toArray()) as unknown as TargetCase[];

/**
 * A case is answered for by who has it, or by the head of its hall; a hall by its head; a clerk by themselves.
 * @throws supervision.target_unknown, applications.recused
 */
async function resolve(
  p: Platform,
  actor: StaffActor,
  { kind, id }: IssueOrder['target'],
): Promise<Resolved> {
  const directory = await staffDirectory(p);
  const everybody = Object.values(directory).flatMap((list) => list ?? []);
  const heads = (officeId: string | null, partyIndexes: readonly string[] = []) =>
    findHolders(directory, 'sectionHead', { officeId, handlerId: null, role: null, partyIndexes });
  if (kind === 'office') {
    const office = await findOffice(p, id);
    if (!office) return errors.fail('supervision.target_unknown');
    return { target: { kind, id: office.id, name: office.name.zh }, addressees: heads(office.id) };
  }
  if (kind === 'clerk') {
    const clerk = everybody.find(({ accountId }) => accountId === id);
    if (!clerk) return errors.fail('supervision.target_unknown');
    return { target: { kind, id, name: clerk.name }, addressees: [clerk] };
  }
  const filter = /^[0-9a-f]{24}$/.test(id) ? { _id: id as never } : { no: id };
  const [found] = await findTargetCases(p, filter);
  if (!found?.no) return errors.fail('supervision.target_unknown');
  demandUnconcerned(found, actor);
  const { _id, no, officeId, handler } = found;
  const clerk = everybody.find(({ accountId }) => accountId === handler?.accountId);
  return {
    target: { kind, id: _id, name: no },
    addressees: clerk ? [clerk] : heads(officeId, personsConcerned(found)),
  };
}

/** `督〔2026〕0001号`. */
const orderNo = (year: string) => (serial: number) => `督〔${year}〕${String(serial).padStart(4, '0')}号`;

const replyDue = async (p: Platform, workdays: number) => {
  const { dueAt } = dueAfterWorkdays(await getCalendar(p), p.time.now(), workdays);
  return { replyDueAt: dueAt, replyDueOn: legalDayOf(dueAt) };
};

export const eventOf = (
  p: Platform,
  happened: string,
  order: OrderDocument,
  /** Null: the passing of time. */
  actorId: string | null,
  accountIds: string[],
) =>
  p.outbox.event(`supervision.${happened}`, actorId, {
    orderId: order._id,
    orderNo: order.no,
    target: order.target.name,
    replyDueOn: order.replyDueOn,
    accountIds,
  });

/**
 * Issues an order. Sent again with the same key it answers the same order. Throws `supervision.target_unknown`,
 * `supervision.nobody_to_answer`, `supervision.order_to_oneself`, `supervision.key_reused`.
 */
export async function issueOrder(
  p: Platform,
  actor: StaffActor,
  body: IssueOrder,
  idempotencyKey: string | null,
): Promise<OrderView> {
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  const _id = newId();
  const key = idempotencyKey ?? _id;
  const known = await replayed(p, actor, key, fingerprint);
  if (known) return known;
  const { target, addressees } = await resolve(p, actor, body.target);
  if (addressees.length === 0) return errors.fail('supervision.nobody_to_answer');
  if (isAddressee(actor, addressees)) return errors.fail('supervision.order_to_oneself');
  const now = p.time.now();
  const year = legalDayOf(now).slice(0, 4);
  const no = await reserveNumber(p, { series: `order:${year}`, holder: _id, format: orderNo(year) });
  const order: OrderDocument = {
    _id,
    no,
    revision: 1,
    state: 'issued',
    open: true,
    target,
    reason: body.reason,
    addressees: addressees.map(personOf),
    issuedBy: personOf(actor),
    issuedAt: now,
    ...(await replyDue(p, body.replyWithinWorkdays)),
    replies: [],
    closing: null,
    created: { key, fingerprint },
  };
  const told = order.addressees.map(({ accountId }) => accountId);
  try {
    const outbox = [eventOf(p, 'order_issued', order, actor.accountId, told)];
    await orders(p).collection.insertOne({ ...order, outbox } as never);
  } catch (error) {
    if ((error as { code?: number }).code !== 11_000) throw error;
    await settleNumber(p, no, 'void', 'the same order was issued by another request');
    const other = await replayed(p, actor, key, fingerprint);
    if (other) return other;
    throw error;
  }
  await settleNumber(p, no, 'issued');
  p.outbox.notify('supervision-orders');
  return present(p, order, readerOf(actor));
}

async function replayed(p: Platform, actor: StaffActor, key: string, fingerprint: string) {
  const found = (await orders(p).collection.findOne({
    'issuedBy.accountId': actor.accountId,
    'created.key': key,
  })) as unknown as OrderDocument | null;
  if (!found) return null;
  if (found.created.fingerprint !== fingerprint) return errors.fail('supervision.key_reused');
  return present(p, found, readerOf(actor));
}

/**
 * The order for who issued orders or has to answer this one; to anybody else there is none.
 * @throws supervision.order_unknown, applications.recused
 */
async function getOrder(p: Platform, id: string, actor: StaffActor): Promise<OrderDocument> {
  const reader = readerOf(actor);
  const order = (await orders(p).collection.findOne({ _id: id as never })) as unknown as OrderDocument | null;
  const mine = order?.addressees.some(({ accountId }) => accountId === reader.accountId) ?? false;
  if (!order || !(reader.readsAll || mine)) return errors.fail('supervision.order_unknown');
  if (order.target.kind === 'case')
    for (const one of await findTargetCases(p, { _id: order.target.id })) demandUnconcerned(one, actor);
  return order;
}

interface Act {
  act: OrderAct;
  revision: number;
  /** What changes besides the state. */
  change(order: OrderDocument): Partial<OrderDocument> | Promise<Partial<OrderDocument>>;
  event: string;
  told(order: OrderDocument): string[];
}

/** One update, filtered by the revision that was read: of two who act at once, one is told that the order has changed. */
async function actOn(p: Platform, actor: StaffActor, id: string, act: Act): Promise<OrderView> {
  const reader = readerOf(actor);
  const order = await getOrder(p, id, actor);
  if (act.act !== 'reply' && isAddressee(reader, order.addressees))
    errors.fail('supervision.order_to_oneself');
  const state = nextState(order.state, act.act, reader, order.addressees);
  if (state === null) return errors.fail('supervision.act_not_possible');
  if (act.revision !== order.revision) return errors.fail('supervision.order_changed');
  const set = {
    ...(await act.change(order)),
    state,
    open: state === 'issued' || state === 'replied',
    revision: order.revision + 1,
  };
  const after: OrderDocument = { ...order, ...set };
  const event = eventOf(p, act.event, after, actor.accountId, act.told(after));
  const { matchedCount } = await orders(p).collection.updateOne(
    { _id: id as never, revision: order.revision },
    { $set: set as never, $push: { outbox: event } as never },
  );
  if (matchedCount === 0) return errors.fail('supervision.order_changed');
  p.outbox.notify('supervision-orders');
  return present(p, after, reader);
}

export const addresseesOf = ({ addressees }: OrderDocument) => addressees.map(({ accountId }) => accountId);

/** 回复, by one of the addressees. */
export const replyToOrder = (p: Platform, actor: StaffActor, id: string, { revision, text }: ReplyOrder) =>
  actOn(p, actor, id, {
    act: 'reply',
    revision,
    change: ({ replies }) => ({
      replies: [
        ...replies,
        { by: personOf(actor), at: p.time.now(), text, returnedAt: null, returnedWith: null },
      ],
    }),
    event: 'order_replied',
    told: ({ issuedBy }) => [issuedBy.accountId],
  });

/** 退回重报: the reply is not enough, and a new time for another begins. */
export const returnOrder = (p: Platform, actor: StaffActor, id: string, body: ReturnOrder) =>
  actOn(p, actor, id, {
    act: 'return',
    revision: body.revision,
    change: async ({ replies }) => ({
      replies: replies.map((reply, place) =>
        place === replies.length - 1
          ? { ...reply, returnedAt: p.time.now(), returnedWith: body.reason }
          : reply,
      ),
      ...(await replyDue(p, body.replyWithinWorkdays)),
      overdueTold: false,
    }),
    event: 'order_issued',
    told: addresseesOf,
  });

/** 办结 with the closing opinion, or 撤销 with the reason. */
export const endOrder = (
  p: Platform,
  actor: StaffActor,
  id: string,
  act: 'close' | 'withdraw',
  { revision, opinion }: CloseOrder,
) =>
  actOn(p, actor, id, {
    act,
    revision,
    change: () => ({ closing: { by: personOf(actor), at: p.time.now(), opinion } }),
    event: act === 'withdraw' ? 'order_withdrawn' : 'order_ended',
    told: addresseesOf,
  });

const ref = ({ accountId, name }: { accountId: string; name: string }) => ({ id: accountId, name });

function present(p: Platform, order: OrderDocument, reader: OrderReader): OrderView {
  const { _id, no, revision, state, target, reason, addressees, replies, closing } = order;
  return {
    id: _id,
    no,
    revision,
    state,
    target,
    reason,
    addressees: addressees.map(ref),
    issuedBy: ref(order.issuedBy),
    issuedAt: order.issuedAt.toISOString(),
    replyDueOn: order.replyDueOn,
    replyDueAt: order.replyDueAt.toISOString(),
    overdue: state === 'issued' && p.time.now() > order.replyDueAt,
    replies: replies.map(({ by, at, text, returnedAt, returnedWith }) => ({
      by: ref(by),
      at: at.toISOString(),
      text,
      returnedAt: returnedAt?.toISOString() ?? null,
      returnedWith,
    })),
    closing: closing && { by: ref(closing.by), at: closing.at.toISOString(), opinion: closing.opinion },
    allowedActs: ORDER_ACTS.filter((act) => nextState(state, act, reader, addressees) !== null),
  };
}

export async function readOrder(p: Platform, actor: StaffActor, id: string): Promise<OrderView> {
  const reader = readerOf(actor);
  return present(p, await getOrder(p, id, actor), reader);
}

/** Newest first: all for a supervisor and, to read, for a leader; one's own for anybody else. */
export async function listOrders(p: Platform, actor: StaffActor, query: OrderQuery): Promise<OrderPage> {
  const { state, target, cursor, limit = 20 } = query;
  const reader = readerOf(actor);
  const filter = {
    ...(reader.readsAll ? {} : { 'addressees.accountId': reader.accountId }),
    ...(state ? { state } : {}),
    ...(target ? { 'target.id': target } : {}),
    ...olderThan('issuedAt', cursor),
  };
  const found = (await orders(p)
    .collection.find(filter as never, {
      projection: { outbox: 0 },
      hint: reader.readsAll ? 'newest' : 'addressee',
    })
    .sort({ issuedAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray()) as unknown as OrderDocument[];
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: (await withoutOwnCases(p, actor, shown, ({ target }) => target.id)).map((order) =>
      present(p, order, reader),
    ),
    nextCursor: found.length > limit && last ? cursorOf({ at: last.issuedAt, id: last._id }) : null,
  };
}

export async function ordersOfCase(p: Platform, actor: StaffActor, caseId: string): Promise<OrderView[]> {
  const found = (await orders(p)
    .collection.find({ 'target.id': caseId })
    .sort({ issuedAt: 1 })
    .toArray()) as unknown as OrderDocument[];
  return found.map((order) => present(p, order, readerOf(actor)));
}
