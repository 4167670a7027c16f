import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlots, settleDue } from '../../../backend/modules/appointments/index.ts';
import { displaceClosed } from '../../../backend/modules/appointments/displace.ts';
import { finishPublished } from '../../../backend/modules/appointments/follow-rules.ts';
import { forgetCalendar } from '../../../backend/modules/clock/get-calendar.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { newBookingId, wrongs } from './hall.ts';

/** The working calendar changes while people are booked: 2019-03-22 and 2020-01-27 were announced days ahead. */

const NOTICE = '国办发明电〔2026〕99号';

let api: TestApi;
let chief: TestPerson;
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  chief = await createStaff(api, { roles: ['administrator'] });
});
afterAll(() => api.close());

const slots = () => api.p.database.connection.collection<Json & { _id: string }>('slots');
const order = (slotId: string, service = 'transfer') => ({ id: newBookingId(), slotId, service });
const book = async (slotId: string) => {
  const person = await createCitizen(api);
  const made = await person.client.post('/api/appointments', order(slotId));
  expect([slotId, made.status]).toEqual([slotId, 201]);
  return { person, id: made.body.id as string };
};
const viewOf = async ({ person, id }: { person: TestPerson; id: string }) =>
  (await person.client.get(`/api/appointments/${id}`)).body;
const lastMessage = async (person: TestPerson) =>
  (await person.client.get('/api/notifications?limit=1')).body.items[0];

/** The year as it is published, with changes. */
async function yearWith(change: (year: Json) => Json): Promise<Json> {
  const { years, version } = (await chief.client.get('/api/admin/calendars')).body;
  const { version: _version, ...year } = years.find((one: Json) => one.year === 2026);
  const notice = { title: '关于调整放假安排的通知', number: NOTICE };
  return { ...year, ...change(year), notice, publishedOn: '2026-10-09', basedOn: version };
}
const publish = async (change: (year: Json) => Json) =>
  expect((await chief.client.post('/api/admin/calendars', await yearWith(change))).status).toBe(201);
const dayOff = (on: string) => (year: Json) => ({
  off: [...year.off, { from: on, to: on, name: 'nationalDay' }],
});
const worked = (on: string) => (year: Json) => ({
  off: year.off.filter(({ from, to }: Json) => from !== on || to !== on),
});

describe('a day that becomes a day off', () => {
  const hall = 'chiping';
  const date = '2026-10-15';
  const slotId = `${hall}|${date}|0900|public`;

  it('is booked by nobody from that moment, and says why', async () => {
    const early = await book(slotId);
    const { basedOn: _basedOn, ...year } = await yearWith(dayOff(date));
    const previewed = '/api/admin/calendars/preview-bookings';
    const effect = (await chief.client.post(previewed, year)).body;
    expect([effect.bookings, effect.waiting, effect.halls]).toEqual([
      1,
      0,
      [{ id: hall, name: expect.anything(), bookings: 1, waiting: 0 }],
    ]);
    expect(effect.closed).toBe(await slots().countDocuments({ date, open: true }));
    expect((await early.person.client.post(previewed, year)).status).toBe(403);
    await publish(dayOff(date));
    const late = await createCitizen(api);
    const refused = await late.client.post('/api/appointments', order(`${hall}|${date}|1000|public`));
    expect([refused.status, refused.body.error.code]).toEqual([409, 'appointments.window_closed']);
    const line = await late.client.post('/api/appointments/waiting', order(slotId));
    expect(line.body.error.code).toBe('appointments.window_closed');
    const other = await book(`${hall}|2026-10-16|0900|public`);
    const moved = await other.person.client.post(`/api/appointments/${other.id}/reschedule`, {
      moveId: newBookingId(),
      slotId,
    });
    expect(moved.body.error?.code).toBe('appointments.window_closed');
    const path = `/api/offices/${hall}/slots?service=transfer&from=${date}&to=${date}`;
    const [day] = (await late.client.get(path)).body.days;
    expect([day.bookable, day.why, new Set(day.windows.map(({ level }: Json) => level))]).toEqual([
      false,
      'holiday',
      new Set(['closed']),
    ]);
    expect((await viewOf(early)).status).toBe('booked');
  });

  it('closes its windows by the job, which moves who was in them and does nothing twice', async () => {
    const [seat] = (await slots().findOne({ _id: slotId }))!.seats;
    const outcome = await finishPublished(api.p);
    expect(outcome).toMatchObject({ moved: 1, withdrawn: 0, failed: 0 });
    expect(await slots().countDocuments({ date, open: true })).toBe(0);
    expect(await slots().findOne({ _id: slotId })).toMatchObject({ closedWhy: 'calendar', seats: [] });
    const after = await slots().findOne({ 'seats.r': seat.r });
    expect([after?.hall, after!.date > date]).toEqual([hall, true]);
    expect(await finishPublished(api.p)).toEqual({ followed: 0, moved: 0, withdrawn: 0, failed: 0 });
    expect(await wrongs(api.p)).toEqual([]);
  });

  it('opens again where a later calendar takes it back', async () => {
    await publish(worked(date));
    await finishPublished(api.p);
    const again = await slots().find({ date }).toArray();
    expect(new Set(again.map(({ open, closedWhy }) => `${open} ${closedWhy}`))).toEqual(
      new Set(['true null']),
    );
  });

  it('withdraws whom no window is left for, naming the notice, and counts it against nobody', async () => {
    const booked = await book(slotId);
    await slots().updateMany({ hall, _id: { $ne: slotId }, used: 0 } as never, [
      { $set: { cap: 0, rem: 0, cool: [] } },
    ]);
    await slots().updateMany({ hall, _id: { $ne: slotId }, used: { $gt: 0 } } as never, [
      { $set: { cap: '$used', rem: 0, cool: [] } },
    ]);
    // Only closing and displacing: the seats that the test took away are not given back.
    await publish(dayOff(date));
    await slots().updateMany({ hall, date }, { $set: { open: false, closedWhy: 'calendar' } });

    expect(await displaceClosed(api.p, hall)).toEqual({ moved: 0, withdrawn: 1, failed: 0 });
    await api.settle();
    expect((await viewOf(booked)).status).toBe('withdrawnByOffice');
    expect((await lastMessage(booked.person)).text).toContain(NOTICE);
    const { standing } = (await booked.person.client.get('/api/appointments')).body;
    expect(standing.noShows).toBe(0);
    await publish(worked(date));
    await finishPublished(api.p);
  });
});

describe('a make-up day that is taken back', () => {
  const hall = 'yanggu';
  const slotId = `${hall}|2026-10-10|0900|public`;

  it('makes no no-show of who was booked, even where nothing was moved in time', async () => {
    const booked = await book(slotId);
    await publish((year) => ({ makeUp: year.makeUp.filter(({ on }: Json) => on !== '2026-10-10') }));
    api.setNow(new Date('2026-10-10T18:00:00+08:00'));
    forgetCalendar(api.p);
    await settleDue(api.p);
    await api.settle();
    booked.person.client = await signInAs(api, booked.person.account);
    const mine = (await booked.person.client.get('/api/appointments')).body;
    expect([mine.past[0].status, mine.standing.noShows]).toEqual(['withdrawnByOffice', 0]);
    expect((await lastMessage(booked.person)).text).toContain(NOTICE);
  });
});

describe('a day that becomes a working day', () => {
  it('gets windows', async () => {
    chief.client = await signInAs(api, chief.account);
    const date = '2026-10-17';
    expect(await slots().countDocuments({ date })).toBe(0);
    await publish((year) => ({ makeUp: [...year.makeUp, { on: date, name: 'nationalDay' }] }));
    await finishPublished(api.p);
    expect(await slots().countDocuments({ date, open: true })).toBeGreaterThan(0);
  });
});
