import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { finishPublished } from '../../../backend/modules/appointments/follow-rules.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, type TestPerson } from '../../support/people.ts';
import { newBookingId, wrongs } from './hall.ts';

/** What a new schedule takes away beside windows: a service, and places in line. */

let api: TestApi;
let chief: TestPerson;
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  chief = await createStaff(api, { roles: ['administrator'] });
});
afterAll(() => api.close());

const slots = () => api.p.database.connection.collection<Json & { _id: string }>('slots');
const reason = { zh: '不再办这一项', en: 'not offered here any more' };
const inputOf = async (hall: string) => {
  const [latest] = (await chief.client.get(`/api/offices/${hall}/schedules`)).body.items;
  const { hall: _hall, version, ...schedule } = latest;
  return { version, schedule };
};
const book = async (slotId: string, service: string) => {
  const person = await createCitizen(api);
  const made = await person.client.post('/api/appointments', { id: newBookingId(), slotId, service });
  expect([slotId, made.status]).toEqual([slotId, 201]);
  return { person, id: made.body.id as string };
};
const wait = async (slotId: string, service: string) => {
  const person = await createCitizen(api);
  const body = { id: newBookingId(), slotId, service };
  expect((await person.client.post('/api/appointments/waiting', body)).status).toBe(201);
  return person;
};
/** Takes the seats that are left in a window. */
const fill = async (slotId: string) => {
  const { rem } = (await slots().findOne({ _id: slotId }))!;
  for (let n = 0; n < rem; n += 1) await book(slotId, 'transfer');
};
const viewOf = async ({ person, id }: { person: TestPerson; id: string }) =>
  (await person.client.get(`/api/appointments/${id}`)).body;
const inboxOf = async (person: TestPerson): Promise<Json[]> =>
  (await person.client.get('/api/notifications')).body.items;
const without = (schedule: Json, code: string) => ({
  ...schedule,
  services: schedule.services.filter((one: string) => one !== code),
  serviceMinutes: (schedule.serviceMinutes ?? []).filter(({ service }: Json) => service !== code),
  desks: schedule.desks
    .map((desk: Json) => ({ ...desk, services: desk.services.filter((one: string) => one !== code) }))
    .filter(({ services }: Json) => services.length > 0),
});
const publish = (hall: string, basedOn: number, schedule: Json, displaced = 'move') =>
  chief.client.post(`/api/offices/${hall}/schedules`, { schedule, basedOn, displaced, reason });

describe('a service that a hall stops', () => {
  const hall = 'chiping';
  const slotId = `${hall}|2026-10-14|0900|public`;

  it('shows who is booked for it, withdraws them with the reason, and touches nobody else', async () => {
    const gone = await book(slotId, 'mortgage');
    const stays = await book(slotId, 'transfer');
    const before = await book(`${hall}|2026-10-12|0900|public`, 'mortgage');
    const { version, schedule } = await inputOf(hall);
    const next = { ...without(schedule, 'mortgage'), validFrom: '2026-10-13' };
    const preview = await chief.client.post(`/api/offices/${hall}/schedules/preview`, { schedule: next });
    expect(preview.body.touched.map(({ id }: Json) => id)).toEqual([gone.id]);
    const done = await publish(hall, version, next);
    expect([done.status, done.body.moved, done.body.withdrawn]).toEqual([201, 0, 1]);
    await api.settle();
    expect((await viewOf(gone)).status).toBe('withdrawnByOffice');
    expect((await inboxOf(gone.person))[0]!.text).toContain(reason.zh);
    for (const one of [stays, before])
      expect(await viewOf(one)).toMatchObject({ status: 'booked', moves: 0 });
    expect((await slots().findOne({ _id: slotId }))!.open).toBe(true);
    expect(await wrongs(api.p)).toEqual([]);
  });

  it('is stopped by the job for who was booked by a process that had not seen it yet', async () => {
    const late = await book(`${hall}|2026-10-14|1000|public`, 'transfer');
    await slots().updateOne({ 'seats.r': late.id }, { $set: { 'seats.0.sv': 'mortgage' }, $inc: { ver: 1 } });
    expect(await finishPublished(api.p)).toMatchObject({ withdrawn: 1, failed: 0 });
    expect(await finishPublished(api.p)).toMatchObject({ withdrawn: 0, failed: 0 });
    await api.settle();
    expect((await viewOf(late)).status).toBe('withdrawnByOffice');
  });
});

describe('a version that begins later', () => {
  it('keeps its hours, whatever is changed for the days before it, and is replaced on its own day', async () => {
    const hall = 'linqing';
    const openOn = (date: string) => slots().countDocuments({ hall, date, open: true });
    const { version, schedule } = await inputOf(hall);
    const short = [{ from: '09:00', to: '10:00' }];
    const hours = { 1: short, 2: short, 3: short, 4: short, 5: short, 6: [], 7: [] };
    const later = { ...schedule, validFrom: '2026-10-15', hours };
    expect((await publish(hall, version, later)).status).toBe(201);
    const closure = { on: '2026-10-13', segments: [], why: { zh: '停电', en: 'no power' } };
    const before = { ...schedule, validFrom: '2026-10-10', specials: [closure] };
    const preview = await chief.client.post(`/api/offices/${hall}/schedules/preview`, { schedule: before });
    expect([preview.body.closed, preview.body.made]).toEqual([14 * 4, 0]);
    expect((await publish(hall, version + 1, before)).status).toBe(201);
    expect([await openOn('2026-10-13'), await openOn('2026-10-14')]).toEqual([0, 14 * 4]);
    expect([await openOn('2026-10-15'), await openOn('2026-10-16')]).toEqual([8, 8]);
    // The day on which it begins is also that of what replaces it.
    const whole = { ...schedule, validFrom: '2026-10-15' };
    expect((await publish(hall, version + 2, whole)).status).toBe(201);
    expect([await openOn('2026-10-13'), await openOn('2026-10-16')]).toEqual([0, 14 * 4]);
    const all = { ...schedule, validFrom: '2026-10-10' };
    expect((await publish(hall, version + 3, all)).status).toBe(201);
  });
});

describe('places in line', () => {
  it('of a window that is closed are counted, and each is told the next free window', async () => {
    const hall = 'linqing';
    const slotId = `${hall}|2026-10-14|0900|public`;
    await fill(slotId);
    const waiter = await wait(slotId, 'transfer');
    const { version, schedule } = await inputOf(hall);
    const why = { zh: '停电', en: 'no power' };
    const next = { ...schedule, specials: [{ on: '2026-10-14', segments: [], why }] };
    const preview = await chief.client.post(`/api/offices/${hall}/schedules/preview`, { schedule: next });
    expect(preview.body.waiting).toBe(1);
    expect((await publish(hall, version, next)).status).toBe(201);
    await api.settle();
    const [message] = await inboxOf(waiter);
    expect(message).toMatchObject({ title: '候补的时段停办了，请另约', link: { href: '/appointments/new' } });
    expect(message!.text).toMatch(/不再办这一项.*下一个有号的时段是10月\d+日/);
    expect((await waiter.client.get('/api/appointments')).body.waiting).toEqual([]);
  });

  it('for a service that the hall stops are closed, the others of that window are kept', async () => {
    const hall = 'yanggu';
    const slotId = `${hall}|2026-10-14|0900|public`;
    await fill(slotId);
    const gone = await wait(slotId, 'mortgage');
    const stays = await wait(slotId, 'transfer');
    const { version, schedule } = await inputOf(hall);
    const next = without(schedule, 'mortgage');
    const preview = await chief.client.post(`/api/offices/${hall}/schedules/preview`, { schedule: next });
    expect(preview.body.waiting).toBe(1);
    await publish(hall, version, next);
    await api.settle();
    expect((await inboxOf(gone))[0]!.title).toBe('候补的时段停办了，请另约');
    expect((await stays.client.get('/api/appointments')).body.waiting).toHaveLength(1);
    expect(await inboxOf(stays)).toEqual([]);
  });
});
