import { slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { appointmentsModule } from '../../../backend/modules/appointments/index.ts';
import type { SlotDocument } from '../../../backend/modules/appointments/slot.model.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { subscribers } from '../../../backend/subscriptions.ts';
import { makeWindow, prepareHall } from '../../faults/booking/windows.ts';
import { startPlatform, type TestPlatform, type TestPlatformOptions } from '../../support/platform.ts';

export * from '../../faults/booking/windows.ts';

/** Windows of a hall on a database of their own, below HTTP: what the rules of the seats are tried on. */
export interface Hall extends TestPlatform {
  p: Platform;
  /** Makes a window; `cap` seats, open now unless said otherwise. */
  window(at: string, cap: number, more?: Partial<SlotDocument>): Promise<string>;
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
  return {
    ...platform,
    window: (at, cap, more) => makeWindow(p, at, cap, more),
    async slot(id) {
      return (await slotCollection(p).findOne({ _id: id }))!;
    },
    settle: () => relay.drain(),
    startDelivery: () => relay.start(p, models, own),
  };
}
