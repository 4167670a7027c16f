import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetSchedules, getScheduleOn } from '../../../backend/modules/appointments/get-schedule.ts';
import { schedules } from '../../../backend/modules/appointments/schedule.model.ts';
import { generateSlots, settleDue } from '../../../backend/modules/appointments/index.ts';
import { rankOf, waitMinutes } from '../../../backend/modules/appointments/rank.ts';
import { remindDue } from '../../../backend/modules/appointments/remind.ts';
import { issueTicket } from '../../../backend/modules/appointments/tickets.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { residentCheckDigit } from '../../../backend/modules/accounts/identity-numbers.ts';
import { createCitizen, createStaff, signInAs, stranger, type TestPerson } from '../../support/people.ts';
import { crowd, newBookingId } from './hall.ts';

/** A day in the halls, over HTTP. It is Friday 2026-10-09 10:30. */
let api: TestApi;
const HALL = 'liaocheng-centre';
let clerk: TestPerson;
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  clerk = known(await createStaff(api, { roles: ['acceptance'] }));
});
afterAll(() => api.close());

const people: TestPerson[] = [];
const known = (person: TestPerson) => {
  people.push(person);
  return person;
};
/** Another moment; sessions do not last over days, so everybody signs in again. */
const at = async (time: string, day = '2026-10-09') => {
  api.setNow(new Date(`${day}T${time}:00+08:00`));
  for (const person of people) person.client = await signInAs(api, person.account);
};
const book = async (slotId: string, person?: TestPerson) => {
  const citizen = person ?? known(await createCitizen(api));
  const made = await citizen.client.post('/api/appointments', {
    id: newBookingId(),
    slotId,
    service: 'transfer',
  });
  return { citizen, id: String(made.body.id), code: String(made.body.checkInCode), status: made.status };
};
const walkIn = (hall: string, more: object = {}) =>
  clerk.client.post(`/api/offices/${hall}/tickets`, { id: newBookingId(), service: 'transfer', ...more });
/** Leaves the line as it was. */
const tidy = (ids: readonly string[]) =>
  api.p.database.connection.collection('tickets').deleteMany({ _id: { $in: ids as never } });
const next = (hall: string, desk: number) => clerk.client.post(`/api/offices/${hall}/call-next`, { desk });
const act = (id: string, name: string, desk: number, more: object = {}) =>
  clerk.client.post(`/api/tickets/${id}/${name}`, { desk, ...more });

describe('check-in', () => {
  it('is open from half an hour before to a quarter after, by phone, code or ID card, and gives one ticket', async () => {
    await at('10:30');
    const [own, coded, carded, late] = [
      await book(`${HALL}|2026-10-09|1430|public`),
      await book(`${HALL}|2026-10-09|1430|public`),
      await book(`${HALL}|2026-10-09|1430|public`),
      await book(`${HALL}|2026-10-09|1430|public`),
    ];
    const phone = () => own.citizen.client.post(`/api/appointments/${own.id}/check-in`, {});
    await at('13:59');
    expect((await phone()).body.error.code).toBe('appointments.check_in_early');
    await at('14:00');
    const [first, again] = [await phone(), await phone()];
    expect([first.status, first.body.no, again.body.no]).toEqual([200, 'A001', 'A001']);
    const desk = (body: object) => clerk.client.post(`/api/offices/${HALL}/check-in`, body);
    expect((await desk({ code: coded.code })).body).toMatchObject({ no: 'A002', ahead: 1, booked: true });
    expect((await desk({ code: `${coded.id}.AAAAAAAAAAAAAAAA` })).body.error.code).toBe(
      'appointments.code_wrong',
    );
    expect((await desk({ idNumber: carded.citizen.account.idNumber })).body.no).toBe('A003');
    await at('14:46');
    const tooLate = await late.citizen.client.post(`/api/appointments/${late.id}/check-in`, {});
    expect(tooLate.body.error.code).toBe('appointments.check_in_late');
    expect((await own.citizen.client.post(`/api/appointments/${own.id}/cancel`)).body.error.code).toBe(
      'appointments.begun',
    );
    const shown = (await own.citizen.client.get(`/api/appointments/${own.id}`)).body;
    expect([shown.status, shown.ticketId]).toEqual(['arrived', first.body.id]);
  });

  it('puts nobody ahead for their own word: age is read from the number, the rest waits for a clerk', async () => {
    await at('11:00');
    const born = (day: string) => {
      const first17 = `371502${day}777`;
      return first17 + residentCheckDigit(first17);
    };
    const slot = `${HALL}|2026-10-09|1530|public`;
    // One turned sixty today, the other does so tomorrow.
    const old = known(await createCitizen(api, { idNumber: born('19661009') }));
    const young = known(await createCitizen(api, { idNumber: born('19661010') }));
    const plain = known(await createCitizen(api, { idNumber: born('19900101') }));
    const booked = {
      old: await book(slot, old),
      young: await book(slot, young),
      plain: await book(slot, plain),
    };
    await at('15:00');
    const phone = async (who: keyof typeof booked, body: object) => {
      const { citizen, id } = booked[who];
      const { client } = citizen;
      return (await client.post(`/api/appointments/${id}/check-in`, body)).body;
    };
    const [first, second] = [
      await phone('plain', { priority: 'pregnant' }),
      await phone('young', { priority: 'elderly' }),
    ];
    // Behind whoever the other tests left in the line.
    const { ahead } = first;
    expect([first, second]).toMatchObject([
      { priority: 'none', unconfirmed: 'pregnant' },
      { priority: 'none', unconfirmed: 'elderly', ahead: ahead + 1 },
    ]);
    // Who is old enough need not say so, and stands before both.
    expect(await phone('old', {})).toMatchObject({ priority: 'elderly', unconfirmed: 'none' });
    const place = async (id: string) => (await stranger(api).get(`/api/tickets/${id}`)).body;
    expect(await place(first.id)).toMatchObject({ ahead: ahead + 1 });
    // Reception looks at the document: the same ticket, from now on ahead of the others without one.
    const seen = (code: string, priority: string) =>
      clerk.client.post(`/api/offices/${HALL}/check-in`, { code, priority });
    const confirmed = (await seen(booked.young.code, 'disabled')).body;
    expect(confirmed).toMatchObject({
      id: second.id,
      no: second.no,
      priority: 'disabled',
      unconfirmed: 'none',
    });
    expect(await place(first.id)).toMatchObject({
      ahead: ahead + 2,
      priority: 'none',
      unconfirmed: 'pregnant',
    });
    expect((await place(second.id)).ahead).toBeLessThan(ahead + 2);
    // Saying it again changes nothing.
    expect(await phone('plain', { priority: 'soldier' })).toMatchObject({
      priority: 'none',
      ahead: ahead + 2,
    });
    await tidy([first.id, second.id, booked.old.id]);
  });

  it('a day’s close counts who came as served and who did not as missed, once', async () => {
    await at('15:10');
    await settleDue(api.p);
    await settleDue(api.p);
    await api.settle();
    const { bookings, slots } = {
      bookings: api.p.database.connection.collection('bookings'),
      slots: api.p.database.connection.collection('slots'),
    };
    const statuses = (await bookings.find({ slotId: `${HALL}|2026-10-09|1430|public` }).toArray()).map(
      ({ status }) => String(status),
    );
    expect(statuses.sort()).toEqual(['missed', 'served', 'served', 'served']);
    const slot = await slots.findOne({ _id: `${HALL}|2026-10-09|1430|public` as never });
    expect(slot).toMatchObject({ settled: true, open: false, used: 4 });
    const persons = await api.p.database.connection.collection('booking-persons').find().toArray();
    expect(persons.flatMap(({ noShows }) => noShows as unknown[])).toHaveLength(1);
  });

  it('a past window that nobody has settled does not keep its people from booking', async () => {
    await at('11:00', '2026-10-10');
    const person = (await book(`${HALL}|2026-10-10|1330|public`)).citizen;
    await at('18:00', '2026-10-10');
    expect((await book(`${HALL}|2026-10-12|0900|public`, person)).status).toBe(201);
  });
});

/** So many desks that take what the tickets of a test are for. */
const setDesks = async (count: number) => {
  const desks = Array.from({ length: count }, (_, n) => ({ no: n + 1, services: ['transfer', 'rename'] }));
  const { services } = await getScheduleOn(api.p, HALL, '2026-10-13');
  // A quota that is not what is tried here.
  const change = {
    'content.desks': [...desks, { no: count + 1, services }],
    'content.rules.walkInTickets': 1_000,
  };
  await schedules(api.p).collection.updateMany({ hall: HALL }, { $set: change });
  forgetSchedules(api.p);
};

describe('the queue', () => {
  it('T16: 300 tickets drawn at once have 300 numbers, and the quota holds; priority is not counted', async () => {
    await at('09:00', '2026-10-12');
    const draw = (id = newBookingId(), priority: 'none' | 'elderly' = 'none') =>
      issueTicket(api.p, { id, hall: HALL, service: 'transfer', priority, booked: null });
    const drawn = await crowd(300, 60, () =>
      draw().then(
        ({ n }) => n,
        () => 0,
      ),
    );
    const numbers = drawn.filter((n) => n > 0);
    // 200 a day are kept for who walks in.
    expect([numbers.length, new Set(numbers).size, Math.max(...numbers)]).toEqual([200, 200, 200]);
    expect((await walkIn(HALL)).body.error.code).toBe('appointments.tickets_gone');
    expect((await walkIn(HALL, { priority: 'elderly' })).body).toMatchObject({
      priority: 'elderly',
      no: 'A201',
      ahead: 0,
    });
    const id = newBookingId();
    const same = await crowd(10, 10, () => draw(id, 'elderly'));
    expect(new Set(same.map(({ no }) => no)).size).toBe(1);
  });

  it('one request, however often and wherever it is sent, uses one place of the quota', async () => {
    const other = 'chiping';
    const counters = api.p.database.connection.collection('ticket-counters');
    const id = newBookingId();
    const order = { id, service: 'transfer', priority: 'none' as const, booked: null };
    const same = await crowd(20, 20, () => issueTicket(api.p, { ...order, hall: other }));
    expect(new Set(same.map(({ no }) => no)).size).toBe(1);
    expect(await counters.findOne({ _id: `${other}|2026-10-12` as never })).toMatchObject({ walkIns: 1 });
    await expect(issueTicket(api.p, { ...order, hall: HALL })).rejects.toMatchObject({
      code: 'appointments.id_reused',
    });
  });

  // `QUEUE_TICKETS=300` for the long form.
  const queued = Number(process.env.QUEUE_TICKETS ?? 120);

  it(`T15: eight desks, each pressed four times at once, call ${queued} tickets: each is served once, in order of rank`, async () => {
    await at('09:05', '2026-10-13');
    const tickets = api.p.database.connection.collection('tickets');
    await tickets.deleteMany({});
    const hall = HALL;
    await setDesks(8);
    const drawn = await crowd(queued, 20, (n) =>
      issueTicket(api.p, {
        id: newBookingId(),
        hall,
        service: n % 3 ? 'transfer' : 'rename',
        priority: n % 7 ? 'none' : 'elderly',
        booked: null,
      }),
    );
    const served: string[] = [];
    const serve = async (desk: number) => {
      for (;;) {
        const answers = await Promise.all([1, 2, 3, 4].map(() => next(hall, desk)));
        const called = new Set(answers.map(({ body }) => (body as Json).ticket?.id));
        // Four presses of one desk are one ticket.
        expect(called.size).toBe(1);
        const [id] = called;
        if (!id) return;
        served.push(String(id));
        expect((await act(String(id), 'finish', desk)).body.state).toBe('finished');
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(serve));
    expect([served.length, new Set(served).size]).toEqual([queued, queued]);
    const ranks = new Map(drawn.map(({ _id, rank, n }) => [_id, rank * 1_000 + n]));
    const calls = (await tickets.find({ hall }).sort({ calledAt: 1 }).toArray()).length;
    expect(calls).toBe(queued);
    // What eight desks finish is at most a few calls apart from the order of rank.
    const places = served.map((id) => [...ranks.values()].filter((rank) => rank < ranks.get(id)!).length);
    expect(places.every((place, n) => Math.abs(place - n) <= 12)).toBe(true);
  }, 120_000);

  it('calls again, parks, brings back, transfers, and marks who is not there', async () => {
    await at('10:00', '2026-10-13');
    const hall = 'chiping';
    const [one, two] = [(await walkIn(hall)).body, (await walkIn(hall)).body];
    expect((await next(hall, 1)).body.ticket.id).toBe(one.id);
    expect((await act(one.id, 'recall', 1)).body.calls).toBe(2);
    expect((await act(one.id, 'finish', 2)).body.error.code).toBe('appointments.ticket_not_here');
    expect((await act(one.id, 'park', 1)).body.state).toBe('parked');
    expect((await next(hall, 1)).body.ticket.id).toBe(two.id);
    expect((await clerk.client.post(`/api/tickets/${one.id}/resume`)).body).toMatchObject({
      state: 'waiting',
      ahead: 0,
    });
    expect((await act(two.id, 'transfer', 1, { service: 'mortgage' })).body).toMatchObject({
      state: 'waiting',
      service: 'mortgage',
    });
    expect((await next(hall, 3)).body.ticket.id).toBe(two.id);
    expect((await next(hall, 1)).body.ticket.id).toBe(one.id);
    expect((await act(one.id, 'missed', 1)).body.state).toBe('missed');
    expect((await next(hall, 9)).body.error.code).toBe('appointments.desk_unknown');
    const seen = (await stranger(api).get(`/api/tickets/${two.id}`)).body;
    expect([seen.state, seen.desk, seen.ahead]).toEqual(['called', 3, null]);
    const screen = (await stranger(api).get(`/api/offices/${hall}/screen`)).body;
    expect(screen.called).toMatchObject([{ no: two.no, desk: 3, calls: 2 }]);
    expect(JSON.stringify(screen)).not.toMatch(/name":"|account/);
    await expect(
      (await createStaff(api, { roles: ['acceptance'], officeId: 'yanggu' })).client.post(
        `/api/offices/${hall}/call-next`,
        { desk: 1 },
      ),
    ).resolves.toMatchObject({ status: 403 });
  });

  it('ranks: a booking before who walks in meanwhile, who has waited long before a booking, priority before both', () => {
    const time = (text: string) => new Date(`2026-10-12T${text}:00+08:00`);
    const walked = (text: string, priority: 'none' | 'pregnant' = 'none') =>
      rankOf({ issuedAt: time(text), windowStart: null, priority });
    const booked = rankOf({ issuedAt: time('09:20'), windowStart: time('09:30'), priority: 'none' });
    expect(booked).toBeLessThan(walked('09:01'));
    expect(walked('08:59')).toBeLessThan(booked);
    expect(walked('09:30', 'pregnant')).toBeLessThan(walked('08:40'));
    expect(waitMinutes({ ahead: 6, finished: 12, overMinutes: 60, desks: 2, serviceMinutes: 30 })).toBe(30);
    expect(waitMinutes({ ahead: 6, finished: 0, overMinutes: 60, desks: 3, serviceMinutes: 30 })).toBe(60);
  });
});

describe('no-shows', () => {
  it('T33: three in 90 days suspend for 30 days; online applications stay open; a granted appeal lifts it', async () => {
    const citizen = known(await createCitizen(api));
    const ids: string[] = [];
    for (const [day, time] of [
      ['2026-10-14', '0900'],
      ['2026-10-15', '0900'],
      ['2026-10-16', '0900'],
    ] as const) {
      await at(
        '17:30',
        day === '2026-10-14' ? '2026-10-13' : day === '2026-10-15' ? '2026-10-14' : '2026-10-15',
      );
      const made = await book(`${HALL}|${day}|${time}|public`, citizen);
      expect(made.status).toBe(201);
      ids.push(made.id);
      await at('17:30', day);
      await settleDue(api.p);
      await api.settle();
    }
    await generateSlots(api.p);
    const refused = await citizen.client.post('/api/appointments', {
      id: newBookingId(),
      slotId: `${HALL}|2026-10-19|0900|public`,
      service: 'transfer',
    });
    expect(refused.status).toBe(403);
    expect(refused.body.error).toMatchObject({
      code: 'appointments.suspended',
      details: [{ code: 'appointments.next_apply_online' }, { code: 'appointments.next_appeal' }],
    });
    expect(refused.body.error.message).toContain('11月16日（周一）起可以再约');
    const { standing, past } = (await citizen.client.get('/api/appointments')).body;
    expect(standing.suspendedUntil).toBe('2026-11-15T16:00:00.000Z');
    expect(past.filter((one: Json) => one.can.appeal)).toHaveLength(3);
    expect((await citizen.client.post('/api/applications', { businessType: 'ZY02' })).status).not.toBe(403);

    const text = '当天住院，有病历';
    expect((await citizen.client.post(`/api/appointments/${ids[2]}/appeal`, { text })).body.appeal).toBe(
      'waiting',
    );
    expect((await citizen.client.post(`/api/appointments/${ids[2]}/appeal`, { text })).body.error.code).toBe(
      'appointments.nothing_to_appeal',
    );
    const head = await createStaff(api, { roles: ['sectionHead'], officeId: HALL });
    const { items } = (await head.client.get('/api/appointment-appeals')).body;
    expect(items).toMatchObject([{ bookingId: ids[2], text, state: 'waiting' }]);
    const decided = await head.client.post(`/api/appointment-appeals/${ids[2]}/decide`, {
      granted: true,
      opinion: '情况属实',
    });
    expect(decided.body.state).toBe('granted');
    expect((await book(`${HALL}|2026-10-19|0900|public`, citizen)).status).toBe(201);
    const raw = JSON.stringify(
      await api.p.database.connection.collection('booking-persons').find().toArray(),
    );
    expect(raw).not.toContain(text);
    await api.settle();
    const titles = (await citizen.client.get('/api/notifications?limit=20')).body.items.map(
      ({ title }: Json) => title,
    );
    expect(titles).toContain('爽约申诉有结果了');
    expect(titles.filter((title: string) => title === '约了没来，记了一次')).toHaveLength(3);
  });

  it('giving up before 16:00 of the working day before is free; later it counts', async () => {
    await at('15:59', '2026-10-16');
    const [early, late] = [
      await book(`${HALL}|2026-10-19|1000|public`),
      await book(`${HALL}|2026-10-19|1000|public`),
    ];
    const cancel = ({ citizen, id }: typeof early) => citizen.client.post(`/api/appointments/${id}/cancel`);
    expect((await cancel(early)).body.countsAsNoShow).toBe(false);
    // The day before is a Sunday: the last moment is on Friday.
    await at('16:01', '2026-10-16');
    expect((await cancel(late)).body.countsAsNoShow).toBe(true);
    await api.settle();
    expect((await late.citizen.client.get('/api/appointments')).body.standing.noShows).toBe(1);
    await at('12:00', '2026-10-19');
    expect((await late.citizen.client.get('/api/appointments')).body.standing.noShows).toBe(1);
    expect((await early.citizen.client.get('/api/appointments')).body.standing.noShows).toBe(0);
  });

  it('reminds everybody in one run where hundreds are due at one moment, and a second run nobody', async () => {
    await at('18:00', '2026-10-22');
    const bookings = api.p.database.connection.collection('bookings');
    const remindAt = api.p.time.now();
    const startAt = new Date('2026-10-23T09:00:00+08:00');
    const due = Array.from({ length: 650 }, (_, n) => ({
      _id: `due-${n}`,
      status: n % 10 === 0 ? 'cancelled' : 'booked',
      // Nobody hears of it: what is tried is how many are set on.
      accountId: 'f'.repeat(24),
      slotId: `${HALL}|2026-10-23|0900|public`,
      startAt,
      remindAt,
    }));
    await bookings.insertMany(due as never);
    const mine = { _id: /^due-/ as never };
    const [one, other] = await Promise.all([remindDue(api.p), remindDue(api.p)]);
    expect(one.reminded + other.reminded).toBe(585);
    expect(await bookings.countDocuments({ ...mine, remindAt: { $lte: remindAt } })).toBe(0);
    expect(await remindDue(api.p)).toEqual({ reminded: 0 });
    const next = await bookings.distinct('remindAt', { ...mine, status: 'booked' });
    expect(next).toEqual([new Date('2026-10-23T07:00:00+08:00')]);
    await bookings.deleteMany(mine);
  });
});
