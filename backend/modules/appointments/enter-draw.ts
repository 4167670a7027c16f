import type { Collection } from 'mongodb';
import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { countAttempt } from './attempts.ts';
import { readOrder } from './book.ts';
import { bookerOf, ownPoolsOf } from './booker.ts';
import type { IntentInput, IntentView } from './contract.ts';
import { draws, drawIntents, type DrawDocument, type IntentDocument } from './draw.model.ts';
import { errors } from './errors.ts';
import { findStanding } from './persons.ts';
import { readSlotId, weightOf } from './plan-day.ts';
import { refuseNotOffered, refuseSuspended } from './refuse.ts';

export const drawCollection = (p: Platform) => draws(p).collection as unknown as Collection<DrawDocument>;
export const intentCollection = (p: Platform) =>
  drawIntents(p).collection as unknown as Collection<IntentDocument>;

/** @throws appointments.draw_unknown */
export async function getDraw(p: Platform, hall: string, date: string): Promise<DrawDocument> {
  const found = await drawCollection(p).findOne({ _id: `${hall}|${date}` });
  return found ?? errors.fail('appointments.draw_unknown');
}

/**
 * Enters a draw, while it collects. The same id again answers the same intent; another one of the same person for the same
 * service replaces nothing and adds nothing. @throws appointments.draw_closed, appointments.already_in_draw
 */
export async function enterDraw(
  p: Platform,
  actor: ApplicantActor,
  at: { hall: string; date: string },
  body: IntentInput,
): Promise<IntentView> {
  const booker = bookerOf(p, actor);
  countAttempt(p, booker.person);
  const draw = await getDraw(p, at.hall, at.date);
  const now = p.time.now();
  if (draw.state !== 'collecting' || now < draw.opensAt || now >= draw.closesAt)
    return errors.fail('appointments.draw_closed');
  const windows = [...new Set(body.windows)];
  for (const slotId of windows) {
    const { hall, date } = readSlotId(slotId);
    if (hall !== at.hall || date !== at.date) return refuseNotOffered();
  }
  // What is drawn are public seats, for those who book there.
  const pools = ownPoolsOf(booker).filter((pool) => pool === 'public');
  const asked = await readOrder(p, { ...body, slotId: windows[0] ?? '' }, booker.kind, pools);
  if (weightOf(asked.service, asked.schedule.windowMinutes) > 1) return refuseNotOffered();
  const { suspendedUntil } = await findStanding(p, booker.person, asked.schedule.rules.noShow);
  if (suspendedUntil) return refuseSuspended(suspendedUntil);
  const intent: IntentDocument = {
    _id: body.id,
    draw: draw._id,
    p: booker.person,
    accountId: actor.accountId,
    service: body.service,
    businessType: asked.businessType,
    unit: asked.unit,
    windows,
    at: now,
    state: 'waiting',
    slotId: null,
  };
  try {
    await intentCollection(p).insertOne(intent);
    await refuseLate(p, intent, at);
    return viewIntent(p, intent);
  } catch (error) {
    if ((error as { code?: number }).code !== 11_000) throw error;
    const known = await intentCollection(p).findOne({ _id: body.id });
    return known?.p === booker.person && known.draw === draw._id
      ? viewIntent(p, known)
      : errors.fail('appointments.already_in_draw');
  }
}

/** On its way the list may have been written down: who is not in it is told so, and not left waiting for a draw that is over. */
async function refuseLate(
  p: Platform,
  { _id }: IntentDocument,
  { hall, date }: { hall: string; date: string },
): Promise<void> {
  const { state, list } = await getDraw(p, hall, date);
  if (state === 'collecting' || list.some(({ id }) => id === _id)) return;
  await intentCollection(p).deleteOne({ _id, state: 'waiting' });
  errors.fail('appointments.draw_closed');
}

/**
 * The id under which a winner is seated. The intent's own is published with the draw: whoever booked anything under it first would
 * keep the winner out, and it would open the winner's ticket.
 */
export const drawnBookingId = (p: Platform, intentId: string): string =>
  Buffer.from(p.crypto.mac('draw-seat', intentId), 'base64url').toString('hex').slice(0, 24);

export function viewIntent(p: Platform, intent: IntentDocument): IntentView {
  const { _id, draw, service, windows, at, state, slotId } = intent;
  const [hall = '', date = ''] = draw.split('|');
  const bookingId = state === 'won' ? drawnBookingId(p, _id) : null;
  return { id: _id, hall, date, service, windows, at: at.toISOString(), state, slotId, bookingId };
}

export async function listMyIntents(p: Platform, actor: ApplicantActor): Promise<IntentView[]> {
  const found = await intentCollection(p)
    .find({ p: bookerOf(p, actor).person }, { hint: 'person', projection: { outbox: 0 } })
    .sort({ at: -1 })
    .limit(50)
    .toArray();
  return found.map((intent) => viewIntent(p, intent));
}

/** While the draw collects; twice is as good as once. @throws appointments.draw_closed, appointments.not_found */
export async function leaveDraw(p: Platform, actor: ApplicantActor, id: string): Promise<void> {
  const { person } = bookerOf(p, actor);
  const intent = await intentCollection(p).findOne({ _id: id, p: person });
  if (!intent) return errors.fail('appointments.not_found');
  const [hall = '', date = ''] = intent.draw.split('|');
  const draw = await getDraw(p, hall, date);
  if (draw.state !== 'collecting' || p.time.now() >= draw.closesAt)
    return errors.fail('appointments.draw_closed');
  await intentCollection(p).deleteOne({ _id: id, p: person, state: 'waiting' });
}
