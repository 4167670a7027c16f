import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { displaceClosed } from '../../../backend/modules/appointments/displace.ts';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { freeUntilOf, LATE_GRACE_MINUTES } from '../../../backend/modules/appointments/no-show.ts';
import { schedules } from '../../../backend/modules/appointments/schedule.model.ts';
import zh from '../../../frontend/i18n/zh-CN/appointments.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { newBookingId, wrongs } from './hall.ts';

/** Who could not give a seat up in time, because they had none yet or did not choose it. Over HTTP. */
let api: TestApi;
const HALL = 'liaocheng-centre';
/** Monday: 16:00 is the last free moment for Tuesday. */
const at = async (time: string, ...people: TestPerson[]) => {
  api.setNow(new Date(`2026-10-12T${time}:00+08:00`));
  for (const person of people) person.client = await signInAs(api, person.account);
};
beforeAll(async () => {
  api = await startApi();
  api.setNow(new Date('2026-10-12T09:00:00+08:00'));
  await generateSlots(api.p);
});
afterAll(() => api.close());

const book = async (person: TestPerson, window: string) => {
  const made = await person.client.post('/api/appointments', {
    id: newBookingId(),
    slotId: `${HALL}|${window}|public`,
    service: 'transfer',
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.body.id);
};
const view = async (person: TestPerson, id: string) =>
  (await person.client.get(`/api/appointments/${id}`)).body;
const move = (person: TestPerson, id: string, window: string) =>
  person.client.post(`/api/appointments/${id}/reschedule`, {
    moveId: newBookingId(),
    slotId: `${HALL}|${window}|public`,
  });
/** Whether giving it up counts, when it is done and once it is known everywhere. */
const cancel = async (person: TestPerson, id: string) => {
  const { body } = await person.client.post(`/api/appointments/${id}/cancel`);
  await api.settle();
  const { standing } = (await person.client.get('/api/appointments')).body;
  expect(standing.noShows).toBe(body.countsAsNoShow ? 1 : 0);
  return body.countsAsNoShow as boolean;
};

describe('booked when the hour of free cancelling was past', () => {
  it('can be given up for a quarter of an hour, and counts from then on', async () => {
    await at('16:30');
    const [soon, late] = [await createCitizen(api), await createCitizen(api)];
    const [one, other] = [await book(soon, '2026-10-13|0900'), await book(late, '2026-10-13|0900')];
    expect(await view(soon, one)).toMatchObject({
      cancelFreeUntil: '2026-10-12T08:45:00.000Z',
      can: { reschedule: true },
    });
    await at('16:45', soon);
    expect(await cancel(soon, one)).toBe(false);
    await at('16:46', late);
    expect((await view(late, other)).can.reschedule).toBe(false);
    expect(await cancel(late, other)).toBe(true);
  });

  it('a move there by its holder begins the quarter of an hour anew', async () => {
    await at('15:00');
    const person = await createCitizen(api);
    const id = await book(person, '2026-10-14|0900');
    await at('17:00', person);
    expect((await move(person, id, '2026-10-13|0930')).status).toBe(200);
    await at('17:14', person);
    expect(await cancel(person, id)).toBe(false);
  });

  it('a move within that time does not begin it anew', async () => {
    await at('16:30');
    const [mover, keeper] = [await createCitizen(api), await createCitizen(api)];
    const ids = [await book(mover, '2026-10-13|0900'), await book(keeper, '2026-10-13|0900')] as const;
    await at('16:44', mover, keeper);
    expect((await move(mover, ids[0], '2026-10-13|1100')).status).toBe(200);
    expect((await move(keeper, ids[1], '2026-10-13|1100')).status).toBe(200);
    expect((await view(mover, ids[0])).cancelFreeUntil).toBe('2026-10-12T08:45:00.000Z');
    await at('16:46', mover, keeper);
    const again = await move(mover, ids[0], '2026-10-13|1400');
    expect(again.body.error.code).toBe('appointments.move_too_late');
    expect(await cancel(mover, ids[0])).toBe(true);
    expect(await cancel(keeper, ids[1])).toBe(true);
  });

  it('nor does the second of two moves into the next day', async () => {
    await at('15:00');
    const person = await createCitizen(api);
    const id = await book(person, '2026-10-14|0930');
    await at('17:00', person);
    expect((await move(person, id, '2026-10-13|1400')).status).toBe(200);
    await at('17:14', person);
    expect((await move(person, id, '2026-10-13|1430')).status).toBe(200);
    await at('17:16', person);
    expect(await cancel(person, id)).toBe(true);
  });

  it('taking a seat that was held begins it as well', async () => {
    await at('15:58');
    const clerk = await createStaff(api, { roles: ['acceptance'], officeId: HALL });
    const person = await createCitizen(api);
    const held = await clerk.client.post('/api/appointments/for-others', {
      id: newBookingId(),
      slotId: `${HALL}|2026-10-13|0900|phone`,
      service: 'transfer',
      idNumber: person.account.idNumber,
      name: person.account.name,
      hold: true,
    });
    await at('16:01', person);
    const id = String(held.body.id);
    expect((await person.client.post(`/api/appointments/${id}/confirm`)).body.status).toBe('booked');
    await at('16:10', person);
    expect(await cancel(person, id)).toBe(false);
  });

  it('is said in the same number where one books', () => {
    expect(zh.ruleLateCounts).toContain(`${LATE_GRACE_MINUTES} 分钟`);
  });

  it('ends with the beginning of the window, and leaves who booked in time as they were', () => {
    const time = (text: string) => new Date(`2026-10-12T${text}:00+08:00`);
    const hall = { hallFree: time('12:00'), startAt: time('15:00') };
    expect(freeUntilOf({ at: time('14:55') }, hall)).toEqual(time('15:00'));
    expect(freeUntilOf({ at: time('12:00') }, hall)).toEqual(time('12:00'));
    expect(freeUntilOf({ at: time('11:59') }, hall)).toEqual(time('12:00'));
  });
});

describe('moved by the office', () => {
  /** Closes a window as a new schedule does that moves its bookings on. */
  const closeAndMove = async (window: string) => {
    await schedules(api.p).collection.updateMany({ hall: HALL }, { $set: { displaced: 'move' } });
    await slotCollection(api.p).updateOne(
      { _id: `${HALL}|${window}|public` },
      { $set: { open: false, closedWhy: 'schedule' }, $inc: { ver: 1 } },
    );
    expect((await displaceClosed(api.p, HALL)).moved).toBe(1);
  };

  it('into a window whose free hour is past, can be given up until it begins', async () => {
    await at('10:00');
    const person = await createCitizen(api);
    const id = await book(person, '2026-10-13|1000');
    await at('17:00', person);
    await closeAndMove('2026-10-13|1000');
    const moved = await view(person, id);
    expect(moved).toMatchObject({ status: 'booked', date: '2026-10-13', can: { reschedule: true } });
    expect(moved.cancelFreeUntil).toBe(moved.startAt);
    await at('23:00', person);
    expect(await cancel(person, id)).toBe(false);
    expect(await wrongs(api.p)).toEqual([]);
  });

  it('counts like any other once its holder has moved it on', async () => {
    await at('10:00');
    const person = await createCitizen(api);
    const id = await book(person, '2026-10-13|1030');
    await at('17:00', person);
    await closeAndMove('2026-10-13|1030');
    expect((await move(person, id, '2026-10-13|1500')).status).toBe(200);
    await at('17:16', person);
    expect(await cancel(person, id)).toBe(true);
  });
});
