import { loadSchedules } from '../backend/modules/appointments/index.ts';
import { loadCatalogue } from '../backend/modules/catalogue/index.ts';
import { loadCalendars } from '../backend/modules/clock/index.ts';
import { loadDemoAccounts } from './demo/accounts.ts';
import { loadDemoAppointments } from './demo/appointments.ts';
import { loadDemoCases } from './demo/cases.ts';
import { loadDemoRegister } from './demo/register/load.ts';
import type { Platform } from '../backend/platform/platform.ts';

/** What a real deployment needs before it can serve: catalogue, calendars, halls' schedules. Idempotent. */
export async function loadReference(p: Platform): Promise<void> {
  await loadCalendars(p);
  await loadCatalogue(p);
  await loadSchedules(p);
}

/** People, units, cases and appointments to try the portal with, the same at every load. Idempotent; refused in production. */
export async function loadDemo(p: Platform): Promise<void> {
  if (p.config.production) throw new Error('demo data is refused in production');
  await loadDemoAccounts(p);
  await loadDemoRegister(p);
  await loadDemoCases(p);
  await loadDemoAppointments(p);
}
