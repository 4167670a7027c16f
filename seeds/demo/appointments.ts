import { createHash } from 'node:crypto';
import { bookFor, book, generateSlots, issueTicket } from '../../backend/modules/appointments/index.ts';
import {
  residentCheckDigit,
  type ApplicantActor,
  type StaffActor,
} from '../../backend/modules/accounts/index.ts';
import { dayNumberOf, getCalendar, isWorkday, toLegalDay } from '../../backend/modules/clock/index.ts';
import { AppError } from '../../backend/platform/errors.ts';
import type { Platform } from '../../backend/platform/platform.ts';
import { instantAt, legalDayOf } from '../../backend/platform/time.ts';
import { cast } from './cases/people.ts';

/** Where the demo staff work. */
const HALL = 'liaocheng-centre';

/** Booked by telephone: made-up people without an account, the place in the list being their serial number. */
const CALLERS = [
  { name: '马春生', born: '19620314', service: 'transfer', day: 0, from: '0830' },
  { name: '高桂芬', born: '19551120', service: 'rename', day: 0, from: '0900' },
  { name: '田海涛', born: '19840607', service: 'discharge', day: 0, from: '0930' },
  { name: '冯玉兰', born: '19480901', service: 'pickup', day: 0, from: '1000' },
  { name: '邱建平', born: '19760218', service: 'mortgage', day: 0, from: '1330' },
  { name: '邵丽娜', born: '19910825', service: 'transfer', day: 1, from: '0830' },
  { name: '尹洪亮', born: '19690502', service: 'discharge', day: 1, from: '1400' },
  { name: '石文静', born: '19880113', service: 'rename', day: 2, from: '0930' },
] as const;

/** In line today: minutes since each took a number. */
const IN_LINE = [
  { service: 'transfer', minutes: 22, priority: 'none' },
  { service: 'rename', minutes: 17, priority: 'none' },
  { service: 'mortgage', minutes: 13, priority: 'none' },
  { service: 'pickup', minutes: 9, priority: 'elderly' },
  { service: 'discharge', minutes: 4, priority: 'none' },
] as const;

/** A line stands in these hours of a working day: the doors have been open for half an hour. */
const HOURS = [
  ['09:00', '12:00'],
  ['14:00', '17:00'],
] as const;

/** Always the same for the same thing, so that loading again makes nothing twice. */
const idOf = (text: string): string => createHash('sha256').update(`demo ${text}`).digest('hex').slice(0, 24);

/** Valid by its check digit; the region and the serial belong to nobody in the demo. */
function idNumberOf(born: string, place: number): string {
  const body = `371521${born}${String(880 + place)}`;
  return body + residentCheckDigit(body);
}

/** The next `count` days after today on which halls are open to all: working days. */
async function comingWorkdays(p: Platform, count: number): Promise<string[]> {
  const calendar = await getCalendar(p);
  const days: string[] = [];
  for (let day = dayNumberOf(p.time.now()) + 1; days.length < count; day += 1) {
    if (isWorkday(calendar, day)) days.push(toLegalDay(day));
  }
  return days;
}

/** A seat that is gone, or was booked by an earlier load on another day, is no reason to stop. */
async function unlessRefused(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/**
 * Appointments of the coming working days in the hall of the demo staff, and a line of walk-ins where it is open right now, made
 * through the use cases. Loading again adds nothing. Needs the demo accounts.
 * @returns how many bookings and tickets there are now
 */
export async function loadDemoAppointments(p: Platform): Promise<{ bookings: number; tickets: number }> {
  if (p.config.production) throw new Error('demo data is refused in production');
  await generateSlots(p);
  const people = await cast(p);
  const days = await comingWorkdays(p, 3);
  const slot = (day: number, from: string, pool: string) => `${HALL}|${days[day]}|${from}|${pool}`;
  const clerk = people.acceptance.actor as StaffActor;
  let booked = 0;
  const count = async (act: () => Promise<unknown>) => {
    if (await unlessRefused(act)) booked += 1;
  };

  for (const [place, { name, born, service, day, from }] of CALLERS.entries()) {
    const idNumber = idNumberOf(born, place);
    const slotId = slot(day, from, 'phone');
    await count(() => bookFor(p, clerk, { id: idOf(name), slotId, service, idNumber, name }));
  }
  const own = [
    { person: people.elder, service: 'pickup', slotId: slot(0, '0930', 'public') },
    { person: people.buyer, service: 'transfer', slotId: slot(1, '1000', 'public') },
    { person: people.bank, service: 'batch', slotId: slot(1, '1430', 'organisation') },
  ];
  for (const { person, ...order } of own) {
    const { actor } = person;
    await count(() => book(p, actor as ApplicantActor, { id: idOf(actor.name), ...order }));
  }
  return { bookings: booked, tickets: await fillLine(p) };
}

/** Nobody stands in a hall that is closed: outside of its hours there is no line. */
async function fillLine(p: Platform): Promise<number> {
  const now = p.time.now();
  const today = legalDayOf(now);
  // On a day off the hall itself refuses.
  const open = HOURS.some(([from, to]) => now >= instantAt(today, from) && now < instantAt(today, to));
  if (!open) return 0;
  let waiting = 0;
  for (const [place, { service, minutes, priority }] of IN_LINE.entries()) {
    const moment = new Date(now.getTime() - minutes * 60_000);
    const then: Platform = { ...p, time: { now: () => new Date(moment) } };
    const id = idOf(`ticket ${place + 1} of ${today}`);
    const order = { id, hall: HALL, service, priority, booked: null };
    if (await unlessRefused(() => issueTicket(then, order))) waiting += 1;
  }
  return waiting;
}
