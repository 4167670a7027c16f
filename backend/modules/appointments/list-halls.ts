import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { HallView } from './contract.ts';
import { errors } from './errors.ts';
import { getSchedules, scheduleOn, serviceIn } from './get-schedule.ts';

/** Halls with a schedule, by id, each with what it takes today. */
export async function listHalls(p: Platform): Promise<HallView[]> {
  const { byHall, services, offices } = await getSchedules(p);
  const today = legalDayOf(p.time.now());
  return [...offices.values()].flatMap((office) => {
    const schedule = scheduleOn(byHall.get(office.id) ?? [], today);
    if (!schedule) return [];
    const { id, name, districtCode, address, phone, transport, accessibility } = office;
    const offered = schedule.services
      .flatMap((code) => services.get(code) ?? [])
      .map((service) => serviceIn(schedule, service));
    return [
      {
        id,
        name,
        districtCode,
        address,
        phone,
        transport,
        accessibility,
        hours: schedule.hours,
        services: offered.map(({ code, name: label, minutes, businessTypes, pools }) => ({
          code,
          name: label,
          minutes,
          businessTypes,
          pools,
        })),
        desks: schedule.desks,
        rules: schedule.rules,
        scheduleVersion: schedule.version,
      },
    ];
  });
}

/** The first service of the hall that takes a business type; null without one. @throws appointments.service_unknown */
export async function serviceFor(
  p: Platform,
  hall: string,
  businessType: string | undefined,
): Promise<string | null> {
  if (businessType === undefined) return null;
  const { byHall, services } = await getSchedules(p);
  const schedule = scheduleOn(byHall.get(hall) ?? [], legalDayOf(p.time.now()));
  const code = schedule?.services.find((one) => services.get(one)?.businessTypes.includes(businessType));
  return code ?? errors.fail('appointments.service_unknown');
}
