import { perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { ScreenView } from './contract.ts';
import { getScheduleOn, getSchedules } from './get-schedule.ts';
import { ticketCollection } from './tickets.ts';
import { lineAhead } from './view-ticket.ts';

/** Screens and phones ask every few seconds: the hall is looked at once a second, whoever asks. */
const FRESH_MS = 1_000;
const NEXT_SHOWN = 8;

interface Cached {
  readAt: number;
  view: Promise<ScreenView>;
}

const cacheOf = perPlatform(() => new Map<string, Cached>());

async function look(p: Platform, hall: string): Promise<ScreenView> {
  const now = p.time.now();
  const date = legalDayOf(now);
  const [schedule, { services }] = await Promise.all([getScheduleOn(p, hall, date), getSchedules(p)]);
  const [called, next] = await Promise.all([
    ticketCollection(p)
      .find({ hall, date, state: 'called' }, { projection: { outbox: 0 }, hint: 'line' })
      .sort({ calledAt: -1 })
      .toArray(),
    ticketCollection(p)
      .find({ hall, date, state: 'waiting' }, { projection: { no: 1 }, hint: 'line' })
      .sort({ rank: 1, n: 1 })
      .limit(NEXT_SHOWN)
      .toArray(),
  ]);
  const waiting = await Promise.all(
    schedule.services.map(async (service) => ({
      service,
      name: services.get(service)?.name ?? { zh: service, en: service },
      count: await ticketCollection(p).countDocuments({ hall, date, state: 'waiting', service }),
      estimatedMinutes: (await lineAhead(p, schedule, { date, service, before: null })).minutes,
    })),
  );
  return {
    hall,
    date,
    countedAt: now.toISOString(),
    called: called.flatMap(({ no, desk, calledAt, calls }) =>
      desk !== null && calledAt ? [{ no, desk, calledAt: calledAt.toISOString(), calls }] : [],
    ),
    waiting,
    next: next.map(({ no }) => no),
  };
}

/** What the hall's screen shows and says. No names: numbers only. */
export function readScreen(p: Platform, hall: string): Promise<ScreenView> {
  const cache = cacheOf(p);
  const known = cache.get(hall);
  if (known && performance.now() - known.readAt < FRESH_MS) return known.view;
  const view = look(p, hall);
  cache.set(hall, { readAt: performance.now(), view });
  view.catch(() => cache.delete(hall));
  return view;
}
