import type { Collection } from 'mongodb';

/** Four weeks of two halls that were: every status, closed windows, tickets with and without a call. Made up from a fixed seed. */
export const HISTORY = { from: '2026-09-01', to: '2026-09-28' } as const;

const HALLS = ['liaocheng-centre', 'yanggu'];
const STATUSES = [
  'served',
  'served',
  'served',
  'missed',
  'cancelled',
  'cancelled',
  'withdrawnByOffice',
  'expired',
  'held',
  'booked',
  'arrived',
];
const SERVICES = ['transfer', 'transfer', 'mortgage', 'consult'];
const TYPES = ['ZY02', 'DY01', null];
const HOURS = [9, 10, 11, 13, 14, 15, 16];

/** Park and Miller: the same numbers each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

export async function fillHistory(read: (name: string) => Collection): Promise<void> {
  const pick = numbers(20_261_009);
  const of = <T>(list: readonly T[]): T => list[pick(list.length)] as T;
  const [slots, bookings, tickets]: Record<string, unknown>[][] = [[], [], []];
  for (let day = 1; day <= 28; day += 1)
    for (const hall of HALLS) {
      const date = `2026-09-${String(day).padStart(2, '0')}`;
      let n = 0;
      for (const hour of HOURS) {
        const startAt = new Date(
          `${date}T${String(hour).padStart(2, '0')}:${pick(2) ? '30' : '00'}:00+08:00`,
        );
        const cap = 1 + pick(9);
        slots!.push({
          _id: `${hall}|${date}|${hour}|made`,
          hall,
          date,
          pool: 'public',
          startAt,
          endAt: startAt,
          opensAt: startAt,
          open: false,
          closedWhy: of(['dayOver', 'dayOver', null, 'closure', 'schedule']),
          settled: true,
          schedule: 1,
          cap,
          used: 0,
          rem: cap,
          seq: 0,
          ver: 0,
          seats: [],
          cool: [],
          wait: [],
          out: [],
        });
        for (let turn = pick(4); turn > 0; turn -= 1) {
          const status = of(STATUSES);
          bookings!.push({
            _id: `made-${bookings!.length}`,
            hall,
            date,
            startAt,
            service: of(SERVICES),
            businessType: of(TYPES),
            status,
            late: status === 'cancelled' && pick(2) === 0,
            u: 1 + pick(3),
            cases: 1,
            remindAt: null,
          });
        }
        for (let turn = pick(4); turn > 0; turn -= 1) {
          const issuedAt = new Date(startAt.getTime() + pick(29 * 60_000));
          const state = of(['finished', 'finished', 'finished', 'missed', 'waiting', 'parked']);
          const called = state !== 'waiting' || pick(2) === 0;
          const firstCalledAt = new Date(issuedAt.getTime() + pick(50 * 60_000));
          const calledAt = new Date(firstCalledAt.getTime() + pick(3) * 60_000);
          n += 1;
          tickets!.push({
            _id: `made-${tickets!.length}`,
            hall,
            date,
            n,
            no: `A${n}`,
            service: of(SERVICES),
            state,
            ...(pick(2) ? { booking: `made-${tickets!.length}` } : { booking: null }),
            issuedAt,
            ...(called ? { firstCalledAt } : {}),
            calledAt: called ? calledAt : null,
            endedAt: state === 'finished' ? new Date(calledAt.getTime() + pick(40 * 60_000)) : null,
          });
        }
      }
    }
  await read('slots').insertMany(slots as never);
  await read('bookings').insertMany(bookings as never);
  await read('tickets').insertMany(tickets as never);
}
