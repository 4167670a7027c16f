import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { getTicket } from '../../../backend/modules/appointments/tickets.ts';
import { viewTicket } from '../../../backend/modules/appointments/view-ticket.ts';
import { installCrashPoints } from '../../faults/recording-crash-points.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createStaff, type TestPerson } from '../../support/people.ts';

/** What a desk sees of its hall's line on a busy day, over HTTP. It is Friday 2026-10-09 10:30. */
let api: TestApi;
let clerk: TestPerson;
const HALL = 'liaocheng-centre';
const DATE = '2026-10-09';
const collection = () => api.p.database.connection.collection('tickets');

beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  clerk = await createStaff(api, { roles: ['acceptance'] });
});
afterAll(() => api.close());
beforeEach(() => collection().deleteMany({}));

const SERVICES = ['transfer', 'mortgage', 'rename', 'pickup'];
/** A ticket as it lies in the database; the later its number, the later its place. */
const ticket = (n: number, state: string, more: object = {}) => {
  const issuedAt = new Date(api.p.time.now().getTime() - 3 * 3_600_000 + n * 15_000);
  const called = state !== 'waiting';
  return {
    _id: String(n).padStart(24, '0'),
    hall: HALL,
    date: DATE,
    no: `A${n}`,
    n,
    service: SERVICES[n % SERVICES.length],
    priority: 'none',
    booking: null,
    accountId: null,
    p: null,
    rank: issuedAt.getTime(),
    state,
    desk: null,
    calls: called ? 1 : 0,
    issuedAt,
    calledAt: called ? issuedAt : null,
    endedAt: state === 'finished' || state === 'missed' ? new Date(issuedAt.getTime() + 7_200_000) : null,
    ...more,
  };
};
const many = (count: number, from: number, state: string) =>
  Array.from({ length: count }, (_, n) => ticket(from + n, state));
const put = (all: readonly object[]) => collection().insertMany(all as never);
const poll = async (desk?: number) => {
  const query = desk === undefined ? '' : `?desk=${desk}`;
  const answer = await clerk.client.get(`/api/offices/${HALL}/tickets${query}`);
  expect(answer.status).toBe(200);
  return answer.body as { items: Json[]; atDesk: Json | null };
};

describe('the line as a desk polls it', () => {
  it('asks the database as often for 150 that wait as for one', async () => {
    const points = installCrashPoints(api.database);
    /** The least of three polls: what is read anew only now and then, as the schedules, is not the line's. */
    const commandsOf = async () => {
      const counted: number[] = [];
      let shown = 0;
      for (let n = 0; n < 3; n += 1) {
        points.arm(null);
        shown = (await poll(1)).items.length;
        counted.push(points.count());
      }
      return { shown, commands: Math.min(...counted) };
    };
    try {
      await put([ticket(1, 'waiting')]);
      const one = await commandsOf();
      await put([...many(400, 2, 'finished'), ...many(150, 402, 'waiting')]);
      const busy = await commandsOf();
      expect([one.shown, busy.shown]).toEqual([1, 151]);
      expect(busy.commands).toBeLessThanOrEqual(one.commands);
      // The session's own included.
      expect(busy.commands).toBeLessThanOrEqual(10);
    } finally {
      points.uninstall();
    }
  });

  it('gives each the place and the minutes that the ticket alone gives', async () => {
    const waiting = many(60, 402, 'waiting').map((one, n) => ({
      ...one,
      // Two at one moment, and some that came before by rule.
      rank: n % 9 === 0 ? one.rank - 3_600_000 : n % 5 === 0 ? one.rank + 15_000 : one.rank,
    }));
    await put([
      ...many(40, 362, 'finished'),
      ...waiting,
      ...many(5, 500, 'parked'),
      ...many(5, 510, 'missed'),
    ]);
    const { items } = await poll();
    expect(items).toHaveLength(70);
    for (const one of items)
      expect(one).toEqual(await viewTicket(api.p, await getTicket(api.p, String(one.id))));
  });

  it('shows who can still be called before who was missed, however many that were', async () => {
    await put([...many(320, 1, 'missed'), ...many(30, 321, 'waiting')]);
    const { items } = await poll();
    expect(items.slice(0, 30).map(({ state }) => state)).toEqual(Array(30).fill('waiting'));
    // Of those who were missed the last, who may still come back.
    expect(items.at(-1)).toMatchObject({ no: 'A320', state: 'missed' });
  });

  it('names the ticket at the desk that asks, even where it is not in the list', async () => {
    const atDesk = { desk: 3, atDesk: `${HALL}|3` };
    await put([...many(310, 1, 'waiting'), ticket(400, 'called', atDesk)]);
    const { items, atDesk: own } = await poll(3);
    expect(items.map(({ no }) => no)).not.toContain('A400');
    expect(own).toMatchObject({ no: 'A400', state: 'called', desk: 3 });
    expect((await poll(2)).atDesk).toBeNull();
    expect((await poll()).atDesk).toBeNull();
    // What was left at it on an earlier day is not what it serves now.
    await collection().updateOne({ no: 'A400' }, { $set: { date: '2026-10-08' } });
    expect((await poll(3)).atDesk).toBeNull();
  });
});
