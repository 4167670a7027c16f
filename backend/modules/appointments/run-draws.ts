import type { Platform } from '../../platform/platform.ts';
import { AppError } from '../../platform/errors.ts';
import { legalDayOf } from '../../platform/time.ts';
import { allot, commitmentOf, listHashOf } from './allot.ts';
import {
  calendarDayOf,
  calendarOf,
  isClosedDay,
  releaseOf,
  toDayNumber,
  toLegalDay,
} from './calendar-days.ts';
import { slotCollection } from './change-slot.ts';
import type { DrawDocument, IntentDocument } from './draw.model.ts';
import { drawCollection, drawnBookingId, intentCollection } from './enter-draw.ts';
import { eachWindow } from './each-window.ts';
import { HORIZON_DAYS } from './generate-slots.ts';
import { getScheduleOn, getSchedules, getService, scheduleOn } from './get-schedule.ts';
import { locateSeat } from './locate.ts';
import { findStanding } from './persons.ts';
import { planDay } from './plan-day.ts';
import { takeSeat } from './take-seat.ts';

const DAY_MS = 86_400_000;
/** Intents that were on their way at the close are let in for so long; nobody's clock decides the list, its writing down does. */
const GRACE_MS = 5_000;

const sealContext = (id: string): string => `draws|${id}|seed`;

/**
 * Makes the draws that are to come, a day before they close, each with its seed committed to. Inserted under its own id or not at
 * all, so the first commitment stays.
 */
export async function makeDraws(p: Platform): Promise<{ made: number }> {
  const [{ byHall }, calendar] = await Promise.all([getSchedules(p), calendarOf(p)]);
  const now = p.time.now();
  const today = toDayNumber(legalDayOf(now));
  let made = 0;
  for (const [hall, versions] of byHall) {
    for (let day = today + 1; day < today + HORIZON_DAYS; day += 1) {
      const date = toLegalDay(day);
      const schedule = scheduleOn(versions, date);
      if (schedule?.rules.release !== 'draw') continue;
      if (planDay(schedule, calendarDayOf(calendar, date)).windows.length === 0) continue;
      const closesAt = releaseOf(calendar, date, schedule.rules);
      const opensAt = new Date(closesAt.getTime() - DAY_MS);
      if (closesAt <= now || opensAt.getTime() > now.getTime() + DAY_MS) continue;
      const _id = `${hall}|${date}`;
      const seed = p.random.bytes(32).toString('hex');
      const draw: Omit<DrawDocument, '_id'> = {
        hall,
        date,
        state: 'collecting',
        commitment: commitmentOf(seed),
        sealed: p.crypto.fields.encrypt(seed, sealContext(_id)),
        seed: null,
        opensAt,
        closesAt,
        list: [],
        listHash: null,
        seats: [],
        results: [],
        drawnAt: null,
      };
      const { upsertedCount } = await drawCollection(p).updateOne(
        { _id },
        { $setOnInsert: draw },
        { upsert: true },
      );
      made += upsertedCount;
    }
  }
  return { made };
}

/**
 * Takes every draw whose hour has come one step after the other to its end. Cut off anywhere, the next run goes on; one that fails
 * does not hold up the others.
 */
export async function runDraws(p: Platform): Promise<{ drawn: number; failed: number }> {
  const before = new Date(p.time.now().getTime() - GRACE_MS);
  const due = await drawCollection(p)
    .find(
      { state: { $in: ['collecting', 'frozen', 'drawn'] }, closesAt: { $lte: before } },
      { projection: { _id: 1 }, hint: 'to-draw' },
    )
    .toArray();
  const failed = await eachWindow(p, 'appointments.draws', due, {
    idOf: ({ _id }) => _id,
    work: ({ _id }) => runDraw(p, _id),
  });
  return { drawn: due.length - failed, failed };
}

async function runDraw(p: Platform, id: string): Promise<void> {
  for (;;) {
    const draw = await drawCollection(p).findOne({ _id: id });
    if (!draw || draw.state === 'seated') return;
    if (draw.state === 'collecting') await freeze(p, draw);
    else if (draw.state === 'frozen') await reveal(p, draw);
    else await seat(p, draw);
  }
}

/** Writes the list and the free seats down: from here on everything follows. What is not in it by now is not drawn. */
async function freeze(p: Platform, { _id, hall, date }: DrawDocument): Promise<void> {
  const intents = await intentCollection(p)
    .find({ draw: _id }, { projection: { windows: 1 }, hint: 'one-intent' })
    .toArray();
  const slots = await slotCollection(p)
    .find({ hall, date, pool: 'public', open: true } as never, { projection: { rem: 1 }, hint: 'hall-day' })
    .sort({ _id: 1 })
    .toArray();
  const list = intents.map(({ _id: one, windows }) => ({ id: one, windows }));
  list.sort((a, b) => (a.id < b.id ? -1 : 1));
  await drawCollection(p).updateOne(
    { _id, state: 'collecting' },
    {
      $set: {
        state: 'frozen',
        list,
        listHash: listHashOf(list),
        seats: slots.map(({ _id: slotId, rem }) => ({ slotId, free: rem })),
      },
    },
  );
}

async function reveal(p: Platform, { _id, sealed, list, seats }: DrawDocument): Promise<void> {
  const seed = p.crypto.fields.decrypt(sealed, sealContext(_id));
  const results = allot(seed, list, seats);
  await drawCollection(p).updateOne(
    { _id, state: 'frozen' },
    { $set: { state: 'drawn', seed, results, drawnAt: p.time.now() } },
  );
}

/** Seats the winners in the order of the draw, each under an id that follows from the intent's: done again, each finds the seat it has. */
async function seat(p: Platform, { _id, results }: DrawDocument): Promise<void> {
  for (const { id, slotId } of results) {
    const intent = await intentCollection(p).findOne({ _id: id, state: 'waiting' });
    if (!intent) continue;
    const won = slotId !== null && (await seatWinner(p, intent, slotId));
    await settleIntent(p, intent, won ? slotId : null);
  }
  // Arrived while the list was written down, and not in it.
  const late = await intentCollection(p)
    .find({ draw: _id, state: 'waiting' }, { hint: 'one-intent' })
    .toArray();
  for (const intent of late) await settleIntent(p, intent, null);
  p.outbox.notify('draw-intents');
  await drawCollection(p).updateOne({ _id, state: 'drawn' }, { $set: { state: 'seated' } });
}

async function settleIntent(
  p: Platform,
  { _id, accountId }: IntentDocument,
  slotId: string | null,
): Promise<void> {
  const lost = p.outbox.event('appointments.draw_lost', null, { intentId: _id, accountId });
  await intentCollection(p).updateOne({ _id, state: 'waiting' }, {
    $set: { state: slotId === null ? 'lost' : 'won', slotId },
    ...(slotId === null ? { $push: { outbox: lost } } : {}),
  } as never);
}

/**
 * False: the person has booked the service elsewhere meanwhile, holds too many, or is suspended by now, and the seat is released with
 * what is left; or the day has become a day off.
 */
async function seatWinner(p: Platform, intent: IntentDocument, slotId: string): Promise<boolean> {
  const [hall = '', date = ''] = intent.draw.split('|');
  const schedule = await getScheduleOn(p, hall, date);
  const { suspendedUntil } = await findStanding(p, intent.p, schedule.rules.noShow);
  // Seated by a run that was cut off: then it is a booking, and stays one.
  const id = drawnBookingId(p, intent._id);
  const barred = suspendedUntil !== null || isClosedDay(schedule, await calendarOf(p), date);
  if (barred && !(await locateSeat(p, id))) return false;
  try {
    await takeSeat(p, {
      id,
      slotId,
      hall,
      pool: 'public',
      schedule,
      service: await getService(p, schedule, intent.service),
      businessType: intent.businessType,
      unit: intent.unit,
      cases: 1,
      booker: { person: intent.p, accountId: intent.accountId, kind: 'person' },
      channel: 'draw',
      actorId: null,
      early: true,
    });
    return true;
  } catch (error) {
    // An id that is taken is a defect to look into, and no reason to tell a winner that they lost.
    const lost =
      error instanceof AppError && !['appointments.busy', 'appointments.id_reused'].includes(error.code);
    if (lost) return false;
    throw error;
  }
}
