import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSlot } from '../../../backend/modules/appointments/change-slot.ts';
import { passOffersOn } from '../../../backend/modules/appointments/clear-slot.ts';
import { forgetSchedules } from '../../../backend/modules/appointments/get-schedule.ts';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { personKeyOf } from '../../../backend/modules/appointments/persons.ts';
import { schedules } from '../../../backend/modules/appointments/schedule.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { newBookingId, wrongs } from './hall.ts';

/** Rules that are not to be walked around: late moves, suspension, held seats, the line. Over HTTP; it is Friday 2026-10-09 10:30. */
let api: TestApi;
const HALL = 'liaocheng-centre';
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
});
afterAll(() => api.close());

const at = async (text: string, ...people: TestPerson[]) => {
  api.setNow(new Date(`${text}+08:00`));
  for (const person of people) person.client = await signInAs(api, person.account);
};
const book = (person: TestPerson, slotId: string, id = newBookingId()) =>
  person.client.post('/api/appointments', { id, slotId, service: 'transfer' });
const move = (person: TestPerson, id: string, slotId: string, moveId = newBookingId()) =>
  person.client.post(`/api/appointments/${id}/reschedule`, { moveId, slotId });
const view = async (person: TestPerson, id: string): Promise<Json> =>
  (await person.client.get(`/api/appointments/${id}`)).body;
const codesOf = ({ body }: Json) => [
  body.error?.code,
  ...(body.error?.details ?? []).map(({ code }: Json) => code),
];
/** Three appointments missed in the last days. */
const suspend = async (person: TestPerson) => {
  const { personIndex } = person.account as unknown as { personIndex: string };
  const now = api.p.time.now().getTime();
  const noShows = [1, 2, 3].map((days) => ({
    r: newBookingId(),
    hall: HALL,
    date: '2026-10-01',
    at: new Date(now - days * 86_400_000),
    appeal: null,
  }));
  await api.p.database.connection
    .collection<{ _id: string }>('booking-persons')
    .updateOne({ _id: personKeyOf(api.p, personIndex) }, { $set: { noShows } }, { upsert: true });
};

describe('moving after the time for free cancelling', () => {
  it('is refused where giving up late counts: one comes, or cancels, and knows what that means', async () => {
    await at('2026-10-09T10:30:00');
    const person = await createCitizen(api);
    const { id } = (await book(person, `${HALL}|2026-10-13|0900|public`)).body;
    await at('2026-10-12T16:00:00', person);
    expect((await view(person, id)).can.reschedule).toBe(true);
    const moveId = newBookingId();
    expect((await move(person, id, `${HALL}|2026-10-14|0900|public`, moveId)).status).toBe(200);
    // The time of the new window counts from now on.
    await at('2026-10-13T16:00:01', person);
    const refused = await move(person, id, `${HALL}|2026-10-19|0900|public`);
    expect([refused.status, ...codesOf(refused)]).toEqual([
      409,
      'appointments.move_too_late',
      'appointments.next_come_as_booked',
      'appointments.next_cancel_late',
    ]);
    expect(refused.body.error.message).toContain('10月13日（周二）16:00');
    expect(await view(person, id)).toMatchObject({
      status: 'booked',
      date: '2026-10-14',
      can: { reschedule: false, cancel: true },
    });
    // The move that was made is answered as before, however late it is asked for again.
    expect((await move(person, id, `${HALL}|2026-10-14|0900|public`, moveId)).body.date).toBe('2026-10-14');
    expect((await person.client.post(`/api/appointments/${id}/cancel`)).body.countsAsNoShow).toBe(true);
  });

  it('is allowed where giving up late counts for nothing, and a cancellation says so each time', async () => {
    await at('2026-10-09T10:30:00');
    const hall = 'linqing';
    const rule = (value: boolean) =>
      schedules(api.p).collection.updateMany(
        { hall },
        { $set: { 'content.rules.noShow.lateCancelCounts': value } },
      );
    await rule(false);
    forgetSchedules(api.p);
    try {
      const person = await createCitizen(api);
      const { id } = (await book(person, `${hall}|2026-10-13|0900|public`)).body;
      await at('2026-10-13T08:00:00', person);
      expect((await view(person, id)).can.reschedule).toBe(true);
      expect((await move(person, id, `${hall}|2026-10-14|0900|public`)).status).toBe(200);
      await at('2026-10-14T08:00:00', person);
      const cancel = () => person.client.post(`/api/appointments/${id}/cancel`);
      const told = [(await cancel()).body, (await cancel()).body];
      await api.settle();
      told.push((await cancel()).body);
      expect(told.map(({ already, countsAsNoShow }) => [already, countsAsNoShow])).toEqual([
        [false, false],
        [true, false],
        [true, false],
      ]);
    } finally {
      await rule(true);
      forgetSchedules(api.p);
    }
  });
});

describe('a rule about no-shows that is changed', () => {
  it('counts from the next no-show on, and is shown from the day on which it is in force', async () => {
    await at('2026-10-09T10:30:00');
    const hall = 'yanggu';
    const person = await createCitizen(api);
    const missOn = async (day: string) => {
      const { id } = (await book(person, `${hall}|${day}|1000|public`)).body;
      await at(`${day}T08:00:00`, person);
      expect((await person.client.post(`/api/appointments/${id}/cancel`)).body.countsAsNoShow).toBe(true);
      await api.settle();
    };
    const standing = async () => (await person.client.get('/api/appointments')).body.standing;
    const { collection } = schedules(api.p);
    const kept = (await collection.findOne({ hall }))!;
    const { version, content } = kept as Json;
    const stricter = { ...content.rules.noShow, count: 1, suspendDays: 60 };
    const publish = async (validFrom: string) => {
      const next = {
        ...content,
        version: version + 1,
        validFrom,
        rules: { ...content.rules, noShow: stricter },
      };
      await collection.replaceOne(
        { _id: `${hall}|${version + 1}` as never },
        { ...kept, _id: `${hall}|${version + 1}`, version: version + 1, content: next } as never,
        { upsert: true },
      );
      forgetSchedules(api.p);
    };
    try {
      await missOn('2026-10-13');
      expect(await standing()).toEqual({ suspendedUntil: null, noShows: 1, most: 3 });
      await publish('2026-11-02');
      expect(await standing()).toEqual({ suspendedUntil: null, noShows: 1, most: 3 });
      await publish('2026-10-13');
      expect(await standing()).toEqual({ suspendedUntil: null, noShows: 1, most: 1 });
      await missOn('2026-10-16');
      expect((await standing()).suspendedUntil).toBe('2026-12-15T16:00:00.000Z');
    } finally {
      await collection.deleteOne({ _id: `${hall}|${version + 1}` as never });
      forgetSchedules(api.p);
    }
  });
});

describe('who is suspended', () => {
  it('keeps the seat that is booked, and gets no other one by moving', async () => {
    await at('2026-10-09T10:30:00');
    const person = await createCitizen(api);
    const { id } = (await book(person, `${HALL}|2026-10-15|0900|public`)).body;
    await suspend(person);
    const refused = await move(person, id, `${HALL}|2026-10-15|1000|public`);
    expect([refused.status, ...codesOf(refused)]).toEqual([
      403,
      'appointments.suspended',
      'appointments.next_keep_booking',
      'appointments.next_apply_online',
      'appointments.next_appeal',
    ]);
    expect(await view(person, id)).toMatchObject({ status: 'booked', date: '2026-10-15', from: '09:00' });
    await at('2026-10-15T08:45:00', person);
    expect((await person.client.post(`/api/appointments/${id}/check-in`, {})).status).toBe(200);
  });

  it('is passed over in line, and does not take a seat that was offered before', async () => {
    await at('2026-10-09T10:30:00');
    const slotId = 'yanggu|2026-10-14|0900|public';
    const [holder, missed, next] = await Promise.all([1, 2, 3].map(() => createCitizen(api)));
    const { id } = (await book(holder!, slotId)).body;
    const wait = async (person: TestPerson) =>
      (
        await person.client.post('/api/appointments/waiting', {
          id: newBookingId(),
          slotId,
          service: 'transfer',
        })
      ).body.id as string;
    await wait(missed!);
    const offered = await wait(next!);
    await suspend(missed!);
    await holder!.client.post(`/api/appointments/${id}/cancel`);
    const slot = await api.p.database.connection.collection('slots').findOne({ _id: slotId as never });
    expect([slot?.wait, slot?.seats.map(({ b, s }: Json) => [b, s])]).toEqual([[], [[offered, 'H']]]);
    await suspend(next!);
    const refused = await next!.client.post(`/api/appointments/${offered}/confirm`);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'appointments.suspended']);
  });

  it('may repeat a confirmation that went through', async () => {
    await at('2026-10-09T10:30:00');
    const clerk = await createStaff(api, { roles: ['acceptance'], officeId: HALL });
    const person = await createCitizen(api);
    const { id } = (await hold(clerk, person, '2026-10-14|0900')).body;
    expect((await person.client.post(`/api/appointments/${id}/confirm`)).body.status).toBe('booked');
    await suspend(person);
    expect((await person.client.post(`/api/appointments/${id}/confirm`)).body.status).toBe('booked');
  });
});

const hold = (clerk: TestPerson, person: TestPerson, window: string) =>
  clerk.client.post('/api/appointments/for-others', {
    id: newBookingId(),
    slotId: `${HALL}|${window}|phone`,
    service: 'transfer',
    idNumber: person.account.idNumber,
    name: person.account.name,
    hold: true,
  });

describe('a held seat', () => {
  it('is held no longer than until its window begins', async () => {
    await at('2026-10-09T10:57:00');
    const clerk = await createStaff(api, { roles: ['acceptance'], officeId: HALL });
    const person = await createCitizen(api);
    const held = await hold(clerk, person, '2026-10-09|1100');
    expect(held.body).toMatchObject({ status: 'held', heldUntil: '2026-10-09T03:00:00.000Z' });
    await at('2026-10-09T11:00:00');
    const late = await person.client.post(`/api/appointments/${held.body.id}/confirm`);
    expect(late.body.error.code).toBe('appointments.past');
  });

  it('is not taken in a window that was closed meanwhile', async () => {
    await at('2026-10-09T10:30:00');
    const clerk = await createStaff(api, { roles: ['acceptance'], officeId: HALL });
    const person = await createCitizen(api);
    const { id } = (await hold(clerk, person, '2026-10-14|1000')).body;
    await changeSlot(api.p, `${HALL}|2026-10-14|1000|phone`, () => ({
      change: { open: false, closedWhy: 'staff' },
      result: undefined,
    }));
    const refused = await person.client.post(`/api/appointments/${id}/confirm`);
    expect([refused.status, ...codesOf(refused)]).toEqual([
      409,
      'appointments.window_closed',
      'appointments.next_other_window',
    ]);
    expect((await view(person, id)).status).toBe('held');
  });
});

describe('the line', () => {
  it('is not joined again under the id of a seat that one has, or had', async () => {
    await at('2026-10-09T10:30:00');
    const slotId = 'yanggu|2026-10-15|0900|public';
    const [holder, waiter, other] = await Promise.all([1, 2, 3].map(() => createCitizen(api)));
    const { id } = (await book(holder!, slotId)).body;
    const waitId = newBookingId();
    const join = (person: TestPerson, window = slotId) =>
      person.client.post('/api/appointments/waiting', { id: waitId, slotId: window, service: 'transfer' });
    expect((await join(waiter!)).status).toBe(201);
    expect((await join(waiter!)).body.place).toBe(1);
    await other!.client.post('/api/appointments/waiting', {
      id: newBookingId(),
      slotId,
      service: 'transfer',
    });
    await holder!.client.post(`/api/appointments/${id}/cancel`);
    // The seat is offered by now: that is what there is to see, here and in another window.
    const full = 'yanggu|2026-10-15|0930|public';
    await book(await createCitizen(api), full);
    expect(codesOf(await join(waiter!))).toEqual([
      'appointments.already_booked',
      'appointments.next_see_booking',
    ]);
    expect(codesOf(await join(waiter!, full))).toEqual([
      'appointments.already_booked',
      'appointments.next_see_booking',
    ]);
    // Nor once the offer has lapsed.
    await at('2026-10-09T11:01:00', waiter!);
    await passOffersOn(api.p);
    expect(codesOf(await join(waiter!))).toEqual(['appointments.id_given_up']);
    await api.settle();
    expect(codesOf(await join(waiter!))).toEqual(['appointments.id_given_up']);
    expect(codesOf(await join(waiter!, full))).toEqual(['appointments.id_given_up']);
    const slots = await api.p.database.connection
      .collection('slots')
      .find({ _id: { $in: [slotId, full] } as never })
      .toArray();
    const entries = slots.flatMap(({ seats, wait }) => [...(seats as Json[]), ...(wait as Json[])]);
    expect(entries.filter(({ b }) => b === waitId)).toEqual([]);
    expect(await wrongs(api.p)).toEqual([]);
  });
});

describe('a booking that was given up', () => {
  it('is not answered as if it were made, before and after the news of it', async () => {
    await at('2026-10-09T10:30:00');
    const person = await createCitizen(api);
    const slotId = `${HALL}|2026-10-16|0900|public`;
    const { id } = (await book(person, slotId)).body;
    await person.client.post(`/api/appointments/${id}/cancel`);
    const codes = [(await book(person, slotId, id)).body.error?.code];
    await api.settle();
    codes.push((await book(person, slotId, id)).body.error?.code);
    expect(codes).toEqual(['appointments.id_given_up', 'appointments.id_given_up']);
    expect((await book(person, slotId)).status).toBe(201);
  });
});
