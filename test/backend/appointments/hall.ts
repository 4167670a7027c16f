import { slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { appointmentsModule } from '../../../backend/modules/appointments/index.ts';
import { keysOf, waitKeyOf } from '../../../backend/modules/appointments/keys.ts';
import type { SlotDocument, Waiter } from '../../../backend/modules/appointments/slot.model.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { subscribers } from '../../../backend/subscriptions.ts';
import { makeWindow, newBookingId, prepareHall } from '../../faults/booking/windows.ts';
import { startPlatform, type TestPlatform, type TestPlatformOptions } from '../../support/platform.ts';

export * from '../../faults/booking/windows.ts';

/** Windows of a hall on a database of their own, below HTTP: what the rules of the seats are tried on. */
export interface Hall extends TestPlatform {
  p: Platform;
  /** Makes a window; `cap` seats, open now unless said otherwise. */
  window(at: string, cap: number, more?: Partial<SlotDocument>): Promise<string>;
  /** The next hour of the days from 2026-10-12 on that no test had yet, with `cap` seats. */
  freshWindow(cap: number): Promise<string>;
  slot(id: string): Promise<SlotDocument>;
  settle(): Promise<void>;
  startDelivery(): void;
}

export interface HallOptions extends TestPlatformOptions {
  /** Whether events are delivered by themselves; default true. */
  deliver?: boolean;
}

export async function openHall({ deliver = true, ...options }: HallOptions = {}): Promise<Hall> {
  const platform = await startPlatform(options);
  const { p, relay } = platform;
  await prepareHall(p);
  const models = appointmentsModule.models ?? [];
  const own = subscribers.filter(({ name }) => name.startsWith('appointments.'));
  if (deliver) relay.start(p, models, own);
  let [hour, day] = [7, 12];
  return {
    ...platform,
    window: (at, cap, more) => makeWindow(p, at, cap, more),
    freshWindow(cap) {
      hour += 1;
      if (hour > 20) [hour, day] = [8, day + 1];
      return makeWindow(p, `2026-10-${day} ${String(hour).padStart(2, '0')}:00`, cap);
    },
    async slot(id) {
      return (await slotCollection(p).findOne({ _id: id }))!;
    },
    settle: () => relay.drain(),
    startDelivery: () => relay.start(p, models, own),
  };
}

/** Somebody in line for a transfer, under an id of their own. */
export function newWaiter(p: Platform, person: string): Waiter {
  const b = newBookingId();
  return {
    b,
    p: person,
    w: waitKeyOf(person, 'transfer'),
    k: keysOf(b, { person, service: 'transfer', place: 0, unit: null }),
    sv: 'transfer',
    bt: null,
    unit: null,
    a: 'a'.repeat(24),
    at: p.time.now(),
  };
}
