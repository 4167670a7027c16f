import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  stranger,
  type TestPerson,
} from '../../support/people.ts';
import { newBookingId } from './hall.ts';

/** Over HTTP, in the halls of the reference data. It is Friday 2026-10-09 10:30; the Saturday after is worked. */
let api: TestApi;
const HALL = 'liaocheng-centre';
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
});
afterAll(() => api.close());

/** What a calendar makes of a file, by a library that is not ours. */
function readCalendar(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const events = calendar.getAllSubcomponents('vevent');
  expect(events).toHaveLength(1);
  const component = events[0]!;
  const event = new ICAL.Event(component);
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    status: component.getFirstPropertyValue('status'),
    span: [event.startDate, event.endDate].map((time) => time.toJSDate().toISOString()),
    location: event.location,
    description: event.description,
    alarms: component
      .getAllSubcomponents('valarm')
      .map((alarm) =>
        (alarm.getFirstPropertyValue('trigger') as InstanceType<typeof ICAL.Duration>).toSeconds(),
      ),
  };
}

const book = (person: TestPerson, slotId: string, more: object = {}) =>
  person.client.post('/api/appointments', { id: newBookingId(), slotId, service: 'transfer', ...more });
const slotsOf = async (query = '', hall = HALL): Promise<Json> =>
  (await stranger(api).get(`/api/offices/${hall}/slots${query}`)).body;
const dayOf = (body: Json, date: string): Json => body.days.find((day: Json) => day.date === date);

describe('what everybody sees of a hall', () => {
  it('T31: open make-up Saturday, closed Sunday, each day with its reason and the next free one', async () => {
    const body = await slotsOf('?service=transfer&to=2026-10-22');
    expect(dayOf(body, '2026-10-10')).toMatchObject({
      bookable: true,
      why: null,
      weekday: 6,
      cancelFreeUntil: '2026-10-09T08:00:00.000Z',
    });
    expect(dayOf(body, '2026-10-10').windows).toHaveLength(14);
    expect(dayOf(body, '2026-10-11')).toMatchObject({
      bookable: false,
      why: 'weekend',
      nextFree: '2026-10-12',
      sentence: { zh: '周末休息' },
    });
    expect(dayOf(body, '2026-10-20')).toMatchObject({
      why: 'notReleased',
      opensAt: '2026-10-10T00:00:00.000Z',
    });
    expect(body.nextFree).toMatchObject({ date: '2026-10-09', slotId: `${HALL}|2026-10-09|1100|public` });
    expect(dayOf(body, '2026-10-09').windows[0]).toMatchObject({ from: '10:30', level: 'past' });
  });

  it('answers 304 to who has it, and never a count of seats', async () => {
    const first = await stranger(api).get(`/api/offices/${HALL}/slots?to=2026-10-10`);
    const etag = first.headers.get('ETag') ?? '';
    const again = await stranger(api).get(`/api/offices/${HALL}/slots?to=2026-10-10`, {
      headers: { 'If-None-Match': etag },
    });
    expect([etag.length > 10, again.status]).toEqual([true, 304]);
    expect(JSON.stringify(first.body)).not.toMatch(/"(cap|rem|used)"/);
  });

  it('says that a service is not for a pool, and knows halls by what they take', async () => {
    expect(dayOf(await slotsOf('?service=batch'), '2026-10-12')).toMatchObject({ why: 'noService' });
    const { items } = (await stranger(api).get('/api/booking-halls')).body;
    for (const { districtCode } of items) expect(districtCode).toMatch(/^3715\d{2}$/);
    expect(items.map(({ id }: Json) => id)).toEqual(['chiping', HALL, 'linqing', 'yanggu']);
    expect((await slotsOf('?businessType=DY01')).service).toBe('mortgage');
    expect((await stranger(api).get('/api/offices/nowhere/slots')).body.error.code).toBe(
      'appointments.hall_unknown',
    );
  });
});

describe('a citizen books', () => {
  it('sees the appointment, moves it, cancels it; the calendar file follows (T32)', async () => {
    const person = await createCitizen(api);
    const made = await book(person, `${HALL}|2026-10-13|0930|public`, { businessType: 'ZY02' });
    expect([made.status, made.body.no, made.body.can]).toEqual([
      201,
      expect.stringMatching(/^0930-01-\d{2}$/),
      { cancel: true, reschedule: true, confirm: false, checkIn: false, appeal: false },
    ]);
    const { id } = made.body;
    const ics = async () => String((await person.client.get(`/api/appointments/${id}/calendar.ics`)).body);
    const first = await ics();
    const moveId = newBookingId();
    const moved = await person.client.post(`/api/appointments/${id}/reschedule`, {
      moveId,
      slotId: `${HALL}|2026-10-14|1400|public`,
    });
    expect([moved.status, moved.body.id, moved.body.date, moved.body.from]).toEqual([
      200,
      id,
      '2026-10-14',
      '14:00',
    ]);
    const second = await ics();
    const detail = (await person.client.get(`/api/appointments/${id}`)).body;
    expect(detail.bring.length).toBeGreaterThan(2);
    const mine = (await person.client.get('/api/appointments')).body;
    expect(mine.active.map((one: Json) => one.id)).toEqual([id]);
    const cancelled = await person.client.post(`/api/appointments/${id}/cancel`);
    expect(cancelled.body).toEqual({ id, status: 'cancelled', already: false, countsAsNoShow: false });
    await api.settle();
    const third = await ics();
    const entries = [first, second, third].map(readCalendar);
    expect(entries.map(({ method, uid, sequence, status }) => [method, uid, sequence, status])).toEqual([
      ['REQUEST', `${id}@localhost`, 0, 'CONFIRMED'],
      ['REQUEST', `${id}@localhost`, 1, 'CONFIRMED'],
      ['CANCEL', `${id}@localhost`, 2, 'CANCELLED'],
    ]);
    expect(entries.map(({ span }) => span)).toEqual([
      ['2026-10-13T01:30:00.000Z', '2026-10-13T02:00:00.000Z'],
      ['2026-10-14T06:00:00.000Z', '2026-10-14T06:30:00.000Z'],
      ['2026-10-14T06:00:00.000Z', '2026-10-14T06:30:00.000Z'],
    ]);
    // Two hours before, as often as it stands.
    expect(entries.map(({ alarms }) => alarms)).toEqual([[-7_200], [-7_200], []]);
    expect(entries[0]!.location).toBe(`${made.body.hall.name.zh}, ${made.body.hall.address.zh}`);
    expect(entries[1]!.description).toContain(`${api.p.config.publicOrigin}/appointments/${id}`);
    expect(entries[1]!.description).toContain(detail.bring[0].name.zh);
    expect(first.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect((await person.client.get('/api/appointments')).body).toMatchObject({
      active: [],
      past: [{ id, status: 'cancelled' }],
    });
    await api.settle();
    const inbox = (await person.client.get('/api/notifications?limit=20')).body.items;
    expect(inbox.map(({ title }: Json) => title).sort()).toEqual(
      ['预约已取消', '预约成功', '预约时间改了'].sort(),
    );
  });

  it('hears every refusal in words, with what to do instead', async () => {
    const person = await createCitizen(api);
    const slotId = `${HALL}|2026-10-15|0900|public`;
    await book(person, slotId);
    const answers = [
      await book(person, `${HALL}|2026-10-15|0930|public`),
      await book(person, `${HALL}|2026-10-20|0930|public`, { service: 'mortgage' }),
      await book(person, `${HALL}|2026-10-09|1030|public`, { service: 'mortgage' }),
      await book(person, `${HALL}|2026-10-15|0930|organisation`, { service: 'mortgage' }),
      await book(person, `${HALL}|2026-10-18|0930|public`, { service: 'mortgage' }),
      await book(person, slotId, { service: 'mortgage', cases: 2 }),
      await book(await createCitizen(api, { nameVerified: false }), slotId),
    ];
    expect(answers.map(({ body }) => [body.error.code, body.error.details?.length ?? 0])).toEqual([
      ['appointments.already_booked', 1],
      ['appointments.not_released', 1],
      ['appointments.past', 1],
      ['appointments.not_offered', 1],
      ['appointments.window_unknown', 0],
      ['appointments.too_many_cases', 0],
      ['accounts.name_not_verified', 0],
    ]);
    expect(answers[0]!.body.error.message).toContain('10月15日（周四）09:00');
    await book(person, `${HALL}|2026-10-15|1000|public`, { service: 'mortgage' });
    const third = await book(person, `${HALL}|2026-10-15|1030|public`, { service: 'rename' });
    expect(third.body.error.code).toBe('appointments.too_many');
    const others = await Promise.all(
      Array.from({ length: 4 }, async () => book(await createCitizen(api), slotId)),
    );
    const last = others.find(({ status }) => status === 409);
    expect(last?.body.error).toMatchObject({
      code: 'appointments.full',
      details: [{ code: 'appointments.next_other_window' }, { code: 'appointments.next_waiting_list' }],
    });
  });

  it('waits in line for a full window, is offered the seat, and takes it', async () => {
    const [holder, waiter, late] = await Promise.all([1, 2, 3].map(() => createCitizen(api)));
    const slotId = 'yanggu|2026-10-13|0900|public';
    const { id } = (await book(holder!, slotId)).body;
    const wait = (person: TestPerson) =>
      person.client.post('/api/appointments/waiting', { id: newBookingId(), slotId, service: 'transfer' });
    const joined = await wait(waiter!);
    expect([joined.status, joined.body.place]).toEqual([201, 1]);
    expect((await wait(waiter!)).body.error.code).toBe('appointments.already_waiting');
    const after = await wait(late!);
    expect(after.body.place).toBe(2);
    await late!.client.delete(`/api/appointments/waiting/${after.body.id}`);
    await holder!.client.post(`/api/appointments/${id}/cancel`);
    expect((await book(late!, slotId)).body.error.code).toBe('appointments.full');
    await api.settle();
    const [message] = (await waiter!.client.get('/api/notifications?limit=5')).body.items;
    expect(message.title).toBe('有个号留给您，请确认');
    const taken = await waiter!.client.post(`/api/appointments/${joined.body.id}/confirm`);
    expect([taken.status, taken.body.status]).toEqual([200, 'booked']);
    expect((await late!.client.post(`/api/appointments/${joined.body.id}/confirm`)).status).toBe(404);
  });
});

describe('T34: a booking is its holder’s alone', () => {
  it('nobody else reads, moves, cancels, confirms, checks in or appeals it by its id', async () => {
    const [owner, other] = await Promise.all([createCitizen(api), createCitizen(api)]);
    const { id } = (await book(owner, `${HALL}|2026-10-16|0900|public`)).body;
    const slotId = `${HALL}|2026-10-16|0930|public`;
    const tries = await Promise.all([
      other.client.get(`/api/appointments/${id}`),
      other.client.get(`/api/appointments/${id}/calendar.ics`),
      other.client.post(`/api/appointments/${id}/cancel`),
      other.client.post(`/api/appointments/${id}/reschedule`, { moveId: newBookingId(), slotId }),
      other.client.post(`/api/appointments/${id}/confirm`),
      other.client.post(`/api/appointments/${id}/check-in`, {}),
      other.client.post(`/api/appointments/${id}/appeal`, { text: '不是我' }),
    ]);
    expect(tries.map(({ status }) => status)).toEqual(Array(7).fill(404));
    expect(
      new Set(
        tries.map(({ body }) => (typeof body === 'string' ? 'appointments.not_found' : body.error.code)),
      ),
    ).toEqual(new Set(['appointments.not_found']));
    expect((await stranger(api).get(`/api/appointments/${id}`)).status).toBe(401);
    expect((await owner.client.get(`/api/appointments/${id}`)).body.status).toBe('booked');
    // The same id by somebody else takes nothing and shows nothing.
    const copied = await other.client.post('/api/appointments', { id, slotId, service: 'transfer' });
    expect([copied.status, copied.body.error.code]).toEqual([422, 'appointments.id_reused']);
  });

  it('name and ID number cannot be given or changed', async () => {
    const person = await createCitizen(api);
    const named = await book(person, `${HALL}|2026-10-16|1000|public`, {
      name: '别人',
      idNumber: '371502195001010011',
    });
    expect([named.status, named.body.error.details.map(({ code }: Json) => code)]).toEqual([
      400,
      ['validation.unknown_field', 'validation.unknown_field'],
    ]);
    const { id } = (await book(person, `${HALL}|2026-10-16|1000|public`)).body;
    expect((await person.client.patch(`/api/appointments/${id}`, { name: '别人' })).status).toBe(405);
  });

  it('no ID number, name or phone lies in the windows', async () => {
    const person = await createCitizen(api, { name: '欧阳试验' });
    await book(person, `${HALL}|2026-10-16|1030|public`);
    await api.settle();
    const { connection } = api.p.database;
    for (const name of ['slots', 'bookings', 'booking-persons', 'tickets', 'audit']) {
      const text = JSON.stringify(await connection.collection(name).find().toArray());
      for (const secret of [
        person.account.idNumber,
        person.account.name,
        person.account.phone,
        person.account.personIndex,
      ])
        expect(text.includes(secret), `${name} holds ${secret}`).toBe(false);
    }
  });
});

describe('for organisations and on the phone', () => {
  it('a bank’s member books several cases in its own pool', async () => {
    const bank = await createOrganisation(api, 'bank');
    const made = await book(bank, `${HALL}|2026-10-16|0900|organisation`, { service: 'mortgage', cases: 2 });
    expect([made.status, made.body.cases]).toEqual([201, 2]);
    const more = await book(await bank.member(), `${HALL}|2026-10-16|0900|organisation`, {
      service: 'mortgage',
    });
    expect(more.body.error.code).toBe('appointments.full');
    const batch = await book(await bank.member(), `${HALL}|2026-10-16|0930|organisation`, {
      service: 'batch',
    });
    expect(batch.status).toBe(201);
  });

  it('a bank’s members take no public seat, however many it invites: not at once, in line or by a move', async () => {
    const bank = await createOrganisation(api, 'bank');
    const person = await createCitizen(api);
    const own = await book(person, `${HALL}|2026-10-16|1430|public`, { service: 'mortgage' });
    expect(own.status).toBe(201);
    const double = await bank.member({ idNumber: person.account.idNumber });
    const refused = [
      await book(double, `${HALL}|2026-10-16|1430|public`, { service: 'mortgage' }),
      await double.client.post('/api/appointments/waiting', {
        id: newBookingId(),
        slotId: `${HALL}|2026-10-16|1430|public`,
        service: 'mortgage',
      }),
      await book(double, `${HALL}|2026-10-16|1430|public`),
    ];
    const codes = refused.map(({ status, body }) => [
      status,
      body.error.code,
      ...body.error.details.map(({ code }: Json) => code),
    ]);
    const step = (name: string) => `appointments.next_${name}`;
    expect(codes).toEqual([
      [403, 'appointments.members_own_pool', step('organisation_pool'), step('book_as_person')],
      [403, 'appointments.members_own_pool', step('organisation_pool'), step('book_as_person')],
      // Of this service nothing is kept for organisations.
      [403, 'appointments.members_own_pool', step('book_as_person')],
    ]);
    const seat = await book(double, `${HALL}|2026-10-16|1430|organisation`, { service: 'mortgage' });
    expect(seat.status).toBe(201);
    const moved = await double.client.post(`/api/appointments/${seat.body.id}/reschedule`, {
      moveId: newBookingId(),
      slotId: `${HALL}|2026-10-16|1500|public`,
    });
    expect(moved.body.error.code).toBe('appointments.members_own_pool');
    expect((await double.client.get('/api/appointments')).body.active).toHaveLength(1);
  });

  it('a clerk books for who calls: the same person, the same rules', async () => {
    const clerk = await createStaff(api, { roles: ['acceptance'], officeId: HALL });
    const caller = await createCitizen(api);
    const order = (at: string, hall = HALL) => ({
      id: newBookingId(),
      slotId: `${hall}|2026-10-16|${at}|phone`,
      service: 'transfer',
      idNumber: caller.account.idNumber,
      name: caller.account.name,
    });
    const made = await clerk.client.post('/api/appointments/for-others', order('0900'));
    expect([made.status, made.body.channel]).toEqual([201, 'phone']);
    expect((await caller.client.get('/api/appointments')).body.active[0].id).toBe(made.body.id);
    expect((await clerk.client.post('/api/appointments/for-others', order('0930'))).body.error.code).toBe(
      'appointments.already_booked',
    );
    expect(
      (await clerk.client.post('/api/appointments/for-others', order('0930', 'chiping'))).body.error.code,
    ).toBe('appointments.other_hall');
    const held = await clerk.client.post('/api/appointments/for-others', {
      ...order('1000'),
      service: 'mortgage',
      hold: true,
    });
    expect(held.body.status).toBe('held');
    expect((await caller.client.post(`/api/appointments/${held.body.id}/confirm`)).body.status).toBe(
      'booked',
    );
    const freed = await clerk.client.post(`/api/appointments/${made.body.id}/cancel-for`, {
      freeAtOnce: true,
    });
    expect(freed.body.already).toBe(false);
  });
});
