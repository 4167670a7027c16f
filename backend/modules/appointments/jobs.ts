import type { Job } from '../../platform/jobs/scheduler.ts';
import { passOffersOn } from './clear-slot.ts';
import { generateSlots } from './generate-slots.ts';
import { finishPublished } from './follow-rules.ts';
import { makeDraws, runDraws } from './run-draws.ts';
import { remindDue } from './remind.ts';
import { resolveMoves } from './resolve-moves.ts';
import { settleDue } from './settle-slot.ts';

/** Each can be run again after being cut off anywhere, and by any process. */
export const appointmentJobs: readonly Job[] = [
  {
    name: 'appointments.generate',
    everyMs: 60_000,
    run: async (p) => ({ ...(await generateSlots(p)) }),
  },
  {
    name: 'appointments.offers',
    everyMs: 2_000,
    restFactor: 5,
    run: async (p) => ({ ...(await passOffersOn(p)) }),
  },
  {
    name: 'appointments.moves',
    everyMs: 5_000,
    restFactor: 5,
    run: async (p) => ({ ...(await resolveMoves(p)) }),
  },
  { name: 'appointments.settle', everyMs: 30_000, run: async (p) => ({ ...(await settleDue(p)) }) },
  { name: 'appointments.remind', everyMs: 30_000, run: async (p) => ({ ...(await remindDue(p)) }) },
  {
    // A day that is closed by a new calendar is booked by nobody from the first second; who is in it learns of it by this.
    name: 'appointments.displace',
    everyMs: 20_000,
    restFactor: 5,
    run: async (p) => ({ ...(await finishPublished(p)) }),
  },
  { name: 'appointments.make-draws', everyMs: 600_000, run: async (p) => ({ ...(await makeDraws(p)) }) },
  {
    name: 'appointments.draws',
    everyMs: 5_000,
    restFactor: 5,
    run: async (p) => ({ ...(await runDraws(p)) }),
  },
];
