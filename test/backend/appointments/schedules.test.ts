import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlots, makeDraws } from '../../../backend/modules/appointments/index.ts';
import { displaceClosed } from '../../../backend/modules/appointments/displace.ts';
import type { HallSchedule } from '../../../backend/modules/appointments/contract.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, type TestPerson } from '../../support/people.ts';
import { newBookingId, wrongs } from './hall.ts';

let api: TestApi;
let chief: TestPerson;
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  chief = await createStaff(api, { roles: ['administrator'] });
});
afterAll(() => api.close());

const slots = () =>
  api.p.database.connection.collection<{
    _id: string;
    open: boolean;
    cap: number;
    used: number;
    opensAt: Date;
  }>('slots');
const schedulesOf = async (hall: string): Promise<HallSchedule[]> =>
  (await chief.client.get(`/api/offices/${hall}/schedules`)).body.items;
const inputOf = async (hall: string) => {
  const { hall: _hall, version, ...schedule } = (await schedulesOf(hall))[0]!;
  return { version, schedule };
};
const book = async (slotId: string) => {
  const person = await createCitizen(api);
  const made = await person.client.post('/api/appointments', {
    id: newBookingId(),
    slotId,
    service: 'transfer',
  });
  expect(made.status).toBe(201);
  return { person, id: made.body.id as string };
};
const reason = { zh: '设备检修', en: 'maintenance' };

describe('windows made ahead', () => {
  it('are made once, however often and by how many at once', async () => {
    const before = await slots().countDocuments();
    expect(before).toBeGreaterThan(1_000);
    await Promise.all([generateSlots(api.p), generateSlots(api.p)]);
    expect(await slots().countDocuments()).toBe(before);
    expect(await generateSlots(api.p)).toEqual({ made: 0 });
  });

  it('run out half way are completed by the next run, and what is there is not touched', async () => {
    const { id } = await book('chiping|2026-10-14|0900|public');
    await slots().deleteMany({ _id: /^chiping\|2026-10-15/ as never });
    expect((await generateSlots(api.p)).made).toBe(14 * 4);
    expect(await slots().findOne({ _id: 'chiping|2026-10-14|0900|public' })).toMatchObject({
      used: 1,
      seats: [{ r: id }],
    });
  });
});

describe('another schedule', () => {
  it('shows whom it touches, and moves them: told, with the booking under the same id', async () => {
    const hall = 'linqing';
    const booked = [
      await book(`${hall}|2026-10-14|0900|public`),
      await book(`${hall}|2026-10-14|0930|public`),
    ];
    const { version, schedule } = await inputOf(hall);
    const next = { ...schedule, specials: [{ on: '2026-10-14', segments: [], why: reason }] };
    const preview = await chief.client.post(`/api/offices/${hall}/schedules/preview`, { schedule: next });
    expect([
      preview.status,
      preview.body.closed,
      preview.body.touched.map(({ id }: Json) => id).sort(),
    ]).toEqual([200, 14 * 4, booked.map(({ id }) => id).sort()]);
    expect(preview.body.touched[0].name).toMatch(/\*|＊|＊|某/);
    const done = await chief.client.post(`/api/offices/${hall}/schedules`, {
      schedule: next,
      basedOn: version,
      displaced: 'move',
      reason,
    });
    expect([done.status, done.body.moved, done.body.withdrawn]).toEqual([201, 2, 0]);
    await api.settle();
    for (const { person, id } of booked) {
      const view = (await person.client.get(`/api/appointments/${id}`)).body;
      expect([view.status, view.date > '2026-10-14', view.moves]).toEqual(['booked', true, 1]);
      const titles = (await person.client.get('/api/notifications')).body.items.map(
        ({ title }: Json) => title,
      );
      expect(titles).toContain('预约时间改了');
    }
    expect(await slots().countDocuments({ _id: /^linqing\|2026-10-14/ as never, open: true })).toBe(0);
    const stale = await chief.client.post(`/api/offices/${hall}/schedules`, {
      schedule: next,
      basedOn: version,
      displaced: 'move',
      reason,
    });
    expect(stale.body.error.code).toBe('appointments.schedule_changed');
    expect(await wrongs(api.p)).toEqual([]);
  });

  it('or withdraws their bookings with the reason, counted against nobody; opens the day again later', async () => {
    const hall = 'yanggu';
    const { person, id } = await book(`${hall}|2026-10-14|0900|public`);
    const { version, schedule } = await inputOf(hall);
    const next = { ...schedule, specials: [{ on: '2026-10-14', segments: [], why: reason }] };
    const done = await chief.client.post(`/api/offices/${hall}/schedules`, {
      schedule: next,
      basedOn: version,
      displaced: 'withdraw',
      reason,
    });
    expect([done.body.moved, done.body.withdrawn]).toEqual([0, 1]);
    await api.settle();
    const mine = (await person.client.get('/api/appointments')).body;
    expect([mine.active, mine.past[0].id, mine.past[0].status, mine.standing.noShows]).toEqual([
      [],
      id,
      'withdrawnByOffice',
      0,
    ]);
    const [message] = (await person.client.get('/api/notifications?limit=1')).body.items;
    expect(message.text).toContain('设备检修');
    const again = await chief.client.post(`/api/offices/${hall}/schedules`, {
      schedule,
      basedOn: version + 1,
      displaced: 'withdraw',
      reason,
    });
    expect([again.status, again.body.withdrawn]).toEqual([201, 0]);
    expect(await slots().countDocuments({ _id: /^yanggu\|2026-10-14/ as never, open: false })).toBe(0);
  });

  it('that was cut off after closing windows is finished by the job', async () => {
    const hall = 'chiping';
    const { person, id } = await book(`${hall}|2026-10-16|0900|public`);
    await slots().updateOne(
      { _id: `${hall}|2026-10-16|0900|public` },
      { $set: { open: false, closedWhy: 'schedule' } as never, $inc: { ver: 1 } as never },
    );
    expect(await displaceClosed(api.p)).toEqual({ moved: 0, withdrawn: 1, failed: 0 });
    expect(await displaceClosed(api.p)).toEqual({ moved: 0, withdrawn: 0, failed: 0 });
    await api.settle();
    expect((await person.client.get(`/api/appointments/${id}`)).body.status).toBe('withdrawnByOffice');
  });

  it('shrinks windows to what is taken, and never below; grows them', async () => {
    const hall = 'liaocheng-centre';
    for (let n = 0; n < 3; n += 1) await book(`${hall}|2026-10-14|0900|public`);
    const { version, schedule } = await inputOf(hall);
    const next = { ...schedule, capacity: { ...schedule.capacity, public: 2, phone: 3 } };
    const done = await chief.client.post(`/api/offices/${hall}/schedules`, {
      schedule: next,
      basedOn: version,
      displaced: 'move',
      reason,
    });
    expect([done.body.impact.touched, done.body.impact.keptAbove]).toEqual([[], 1]);
    expect(await slots().findOne({ _id: `${hall}|2026-10-14|0900|public` })).toMatchObject({
      cap: 3,
      used: 3,
      rem: 0,
    });
    expect(await slots().findOne({ _id: `${hall}|2026-10-14|0930|public` })).toMatchObject({ cap: 2 });
    expect(await slots().findOne({ _id: `${hall}|2026-10-14|0930|phone` })).toMatchObject({ cap: 3, rem: 3 });
    expect(await wrongs(api.p)).toEqual([]);
  });

  it('goes over to draws and back: what is released, or drawn as announced, stays as it was', async () => {
    const hall = 'linqing';
    const now = api.p.time.now();
    const opening = async () => {
      const found = await slots()
        .find({ hall, pool: 'public', startAt: { $gt: now } })
        .toArray();
      return new Map(found.map(({ _id, opensAt }) => [String(_id), opensAt.getTime()]));
    };
    const publish = async (release: 'draw' | 'firstCome') => {
      const { version, schedule } = await inputOf(hall);
      const next = { ...schedule, rules: { ...schedule.rules, release } };
      const order = { schedule: next, basedOn: version, displaced: 'move', reason };
      const answer = await chief.client.post(`/api/offices/${hall}/schedules`, order);
      expect(answer.status).toBe(201);
      return answer.body.impact.retimed as number;
    };
    const before = await opening();
    const later = (ids: readonly string[]) => ids.filter((id) => (before.get(id) ?? 0) > now.getTime());
    const unreleased = later([...before.keys()]);
    expect([unreleased.length > 0, unreleased.length < before.size]).toEqual([true, true]);

    expect(await publish('draw')).toBe(unreleased.length);
    const drawn = await opening();
    for (const [id, opensAt] of before)
      expect([id, drawn.get(id)]).toEqual([id, opensAt + (unreleased.includes(id) ? 30 * 60_000 : 0)]);

    // One day is announced; on the others the hall changes its mind.
    await makeDraws(api.p);
    const draws = api.p.database.connection.collection('draws');
    const days = (await draws.find({ hall }).toArray()).map(({ date }) => String(date));
    expect(days.length).toBeGreaterThan(0);
    const announced = (id: string) => days.some((day) => id.startsWith(`${hall}|${day}|`));
    await publish('firstCome');
    const after = await opening();
    for (const [id, opensAt] of before)
      expect([id, after.get(id)]).toEqual([id, announced(id) ? drawn.get(id) : opensAt]);
    await draws.deleteMany({ hall });
  });

  it('is refused when it contradicts itself, and is the administrator’s alone', async () => {
    const { version, schedule } = await inputOf('chiping');
    const wrong = { ...schedule, makeUpHours: [{ from: '12:00', to: '09:00' }] };
    const order = { schedule: wrong, basedOn: version, displaced: 'move', reason };
    expect((await chief.client.post('/api/offices/chiping/schedules', order)).body.error.code).toBe(
      'appointments.schedule_wrong',
    );
    const band = (from: string, to: string, pool = 'public') => ({ from, to, pool, seats: 2 });
    const bands = (...capacityAt: Json[]) => ({ schedule: { ...schedule, capacityAt } });
    const clash = await chief.client.post(
      '/api/offices/chiping/schedules/preview',
      bands(band('09:00', '11:00'), band('10:30', '12:00', 'phone'), band('10:00', '12:00')),
    );
    expect(clash.body.error.message).toMatch(/09:00–11:00.*10:00–12:00.*重叠/);
    const apart = bands(band('09:00', '10:00'), band('10:00', '12:00'), band('09:30', '12:00', 'phone'));
    expect((await chief.client.post('/api/offices/chiping/schedules/preview', apart)).status).toBe(200);
    const clerk = await createStaff(api, { roles: ['acceptance'] });
    expect((await clerk.client.post('/api/offices/chiping/schedules', { ...order, schedule })).status).toBe(
      403,
    );
  });
});
