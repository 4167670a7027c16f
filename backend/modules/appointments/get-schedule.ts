import { perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { listOffices, type Office } from '../catalogue/index.ts';
import type { HallSchedule, HallService } from './contract.ts';
import { errors } from './errors.ts';
import { schedules, services, type ScheduleDocument, type ServiceDocument } from './schedule.model.ts';

/** A version published by another process is seen within this time; one that this process publishes, at once. */
const FRESH_MS = 1_000;

export interface Schedules {
  /** Versions by hall, oldest first. */
  readonly byHall: ReadonlyMap<string, readonly HallSchedule[]>;
  readonly services: ReadonlyMap<string, HallService>;
  readonly offices: ReadonlyMap<string, Office>;
}

interface Cache {
  value: Schedules | null;
  readAt: number;
  reading: Promise<Schedules> | null;
}

const cacheOf = perPlatform((): Cache => ({ value: null, readAt: -Infinity, reading: null }));

async function read(p: Platform): Promise<Schedules> {
  const [versions, known, offices] = await Promise.all([
    schedules(p)
      .collection.find({}, { projection: { outbox: 0 } })
      .sort({ hall: 1, version: 1 })
      .toArray() as Promise<unknown> as Promise<ScheduleDocument[]>,
    services(p).collection.find().toArray() as Promise<unknown> as Promise<ServiceDocument[]>,
    listOffices(p),
  ]);
  const byHall = new Map<string, HallSchedule[]>();
  for (const { hall, content } of versions) byHall.set(hall, [...(byHall.get(hall) ?? []), content]);
  return {
    byHall,
    services: new Map(known.map(({ _id, ...rest }) => [_id, { code: _id, ...rest }])),
    offices: new Map(offices.map((office) => [office.id, office])),
  };
}

export function forgetSchedules(p: Platform): void {
  cacheOf(p).value = null;
}

/** All schedules and services, from the process's memory. */
export async function getSchedules(p: Platform): Promise<Schedules> {
  const cache = cacheOf(p);
  if (cache.value && performance.now() - cache.readAt < FRESH_MS) return cache.value;
  cache.reading ??= read(p)
    .then((value) => {
      cache.value = value;
      cache.readAt = performance.now();
      return value;
    })
    .finally(() => (cache.reading = null));
  return cache.reading;
}

/**
 * The version in force on a day: of those that have begun the one that began last, of two that begin on the same day the newer; before the
 * first, the first. So winter hours that are published for next month stay in force from then on, whatever is changed for the
 * days before; a version is replaced by one that begins on its own day or later.
 */
export function scheduleOn(versions: readonly HallSchedule[], date: string): HallSchedule | null {
  let found: HallSchedule | null = null;
  for (const version of versions) {
    if (version.validFrom <= date && (!found || version.validFrom >= found.validFrom)) found = version;
  }
  return found ?? versions[0] ?? null;
}

/** @throws appointments.hall_unknown */
export async function getScheduleOn(p: Platform, hall: string, date: string): Promise<HallSchedule> {
  const { byHall } = await getSchedules(p);
  return scheduleOn(byHall.get(hall) ?? [], date) ?? errors.fail('appointments.hall_unknown');
}

/** A service as this hall's schedule has it. */
export function serviceIn(schedule: Pick<HallSchedule, 'serviceMinutes'>, service: HallService): HallService {
  const own = schedule.serviceMinutes?.find((one) => one.service === service.code);
  return own ? { ...service, minutes: own.minutes } : service;
}

/** @throws appointments.service_unknown */
export async function getService(p: Platform, schedule: HallSchedule, code: string): Promise<HallService> {
  const found = schedule.services.includes(code) ? (await getSchedules(p)).services.get(code) : undefined;
  return found ? serviceIn(schedule, found) : errors.fail('appointments.service_unknown');
}
