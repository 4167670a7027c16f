import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { personsConcerned } from '../applications/index.ts';
import { staffDirectory } from './directory.ts';
import { findHolders } from './escalation.ts';
import { orders, type OrderDocument } from './order.model.ts';
import { addresseesOf, eventOf, findTargetCases } from './orders.ts';

const BATCH = 100;

/** 科长 of the hall that the order is about: of the case, of the hall itself, or of the clerk. 回避 holds for them as well. */
async function headsOf(p: Platform, { target, addressees }: OrderDocument): Promise<string[]> {
  const directory = await staffDirectory(p);
  const everybody = Object.values(directory).flatMap((list) => list ?? []);
  const [found] = target.kind === 'case' ? await findTargetCases(p, { _id: target.id }) : [];
  const clerk = everybody.find(({ accountId }) => accountId === addressees[0]?.accountId);
  const officeId = target.kind === 'office' ? target.id : found ? found.officeId : (clerk?.officeId ?? null);
  const partyIndexes = found ? personsConcerned(found) : [];
  return findHolders(directory, 'sectionHead', { officeId, handlerId: null, role: null, partyIndexes }).map(
    ({ accountId }) => accountId,
  );
}

/**
 * Tells addressees, head and issuer, once, that an order was not answered in its time. One guarded update marks the order and carries
 * the event: of two processes one tells, and a reply that comes meanwhile wins. An order that was returned has a new time, and is told of again.
 * @returns orders told of
 */
export async function remindOfOrders(p: Platform, now: Date): Promise<number> {
  const { collection } = orders(p);
  const due = { open: true, state: 'issued', overdueTold: { $ne: true } } as const;
  const found = (await collection
    .find({ ...due, replyDueAt: { $lt: now } } as never, { projection: { outbox: 0 }, hint: 'open' })
    .sort({ replyDueAt: 1 })
    .limit(BATCH)
    .toArray()) as unknown as OrderDocument[];
  let told = 0;
  for (const order of found) {
    const accountIds = [
      ...new Set([...addresseesOf(order), ...(await headsOf(p, order)), order.issuedBy.accountId]),
    ];
    const event = eventOf(p, 'order_reply_overdue', order, null, accountIds);
    const { modifiedCount } = await collection.updateOne(
      { _id: order._id as never, ...due, replyDueAt: order.replyDueAt } as never,
      { $set: { overdueTold: true } as never, $push: { outbox: event } as never },
    );
    told += modifiedCount;
  }
  if (told > 0) p.outbox.notify('supervision-orders');
  return told;
}

export const remindOrders: Job = {
  name: 'supervision.orders',
  everyMs: 60_000,
  async run(p, now) {
    return { overdueOrders: await remindOfOrders(p, now) };
  },
};
