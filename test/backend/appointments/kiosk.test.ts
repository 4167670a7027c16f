import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBookingNo } from '../../../backend/modules/appointments/booking-no.ts';
import { forgetSchedules } from '../../../backend/modules/appointments/get-schedule.ts';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { priorityByAge } from '../../../backend/modules/appointments/rank.ts';
import { schedules } from '../../../backend/modules/appointments/schedule.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Client } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, stranger, type TestPerson } from '../../support/people.ts';
import { newBookingId } from './hall.ts';

/** 自助取号 and check-in by number, over HTTP. It is Friday 2026-10-09 10:30. */
let api: TestApi;
const HALL = 'liaocheng-centre';
let clerk: TestPerson;
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  clerk = await createStaff(api, { roles: ['acceptance'], officeId: HALL });
});
afterAll(() => api.close());

const book = async (slotId: string, more: object = {}) => {
  const citizen = await createCitizen(api, { name: '冯建国' });
  const made = await citizen.client.post('/api/appointments', {
    id: newBookingId(),
    slotId,
    service: 'transfer',
    ...more,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return { citizen, id: String(made.body.id), no: String(made.body.no), code: String(made.body.checkInCode) };
};
const codeOf = async (hall = HALL): Promise<string> => {
  const made = await clerk.client.post(`/api/offices/${hall}/kiosks`, { name: '北门' });
  expect(made.status).toBe(201);
  return String(made.body.code);
};
/** Machines that were paired before: an address may pair ten in ten minutes. */
const paired: Client[] = [];
const pair = async (): Promise<Client> => {
  const machine = stranger(api);
  const answer = await machine.post('/api/kiosk/pair', { code: await codeOf() });
  expect([answer.status, answer.body.hall]).toEqual([200, HALL]);
  paired.push(machine);
  return machine;
};
const setTime = async (time: string) => {
  api.setNow(new Date(`2026-10-09T${time}:00+08:00`));
  clerk.client = await signInAs(api, clerk.account);
};

describe('a booking number', () => {
  it('is read however it is typed', () => {
    const wanted = { from: '09:30', n: 5, check: '42' };
    for (const text of ['0930-05-42', '09300542', ' 0930 05 42 ', '０９３０－０５－４２'])
      expect(readBookingNo(text), text).toEqual(wanted);
    expect(readBookingNo('0930-105-42')).toEqual({ ...wanted, n: 105 });
    for (const text of ['', '0930-05', '2530-05-42', '0960-05-42', '371502199001011234', 'abc'])
      expect(readBookingNo(text), text).toBeNull();
  });

  it('checks in at reception on its day and in its hall, and not with other digits', async () => {
    await setTime('10:30');
    const { no } = await book(`${HALL}|2026-10-09|1100|public`);
    const at = (text: string, hall = HALL) =>
      clerk.client.post(`/api/offices/${hall}/check-in`, { no: text });
    const wrong = no.slice(0, -1) + ((Number(no.slice(-1)) + 1) % 10);
    expect((await at(wrong)).body.error.code).toBe('appointments.no_wrong');
    const tomorrow = await book(`${HALL}|2026-10-10|0900|public`);
    expect((await at(tomorrow.no)).body.error.code).toBe('appointments.no_wrong');
    const [first, again] = [await at(no), await at(no.replaceAll('-', ''))];
    expect([first.status, first.body.booked, again.body.id]).toEqual([200, true, first.body.id]);
  });

  it('by ID card, who is sixty or more is served with priority without asking', async () => {
    expect(priorityByAge('1966-10-09', '2026-10-09')).toBe('elderly');
    expect(priorityByAge('1966-10-10', '2026-10-09')).toBe('none');
  });
});

describe('a machine', () => {
  it('does nothing before it was paired; a code pairs once, and not after ten minutes', async () => {
    const machine = stranger(api);
    expect((await machine.get('/api/kiosk')).body.error.code).toBe('appointments.kiosk_off');
    const ticket = { id: newBookingId(), service: 'transfer' };
    expect((await machine.post('/api/kiosk/tickets', ticket)).body.error.code).toBe('appointments.kiosk_off');
    expect((await machine.post('/api/kiosk/check-in', { no: '09300142' })).status).toBe(403);
    const code = await codeOf();
    expect((await machine.post('/api/kiosk/pair', { code })).status).toBe(200);
    expect((await stranger(api).post('/api/kiosk/pair', { code })).body.error.code).toBe(
      'appointments.pairing_wrong',
    );
    const late = await codeOf();
    await setTime('10:41');
    expect((await stranger(api).post('/api/kiosk/pair', { code: late })).status).toBe(404);
    expect((await machine.get('/api/kiosk')).body).toMatchObject({ hall: HALL, name: '北门' });
  });

  it('is enabled and revoked by the hall’s own clerks only, and is off with its next request', async () => {
    expect((await clerk.client.post('/api/offices/yanggu/kiosks', { name: '门口' })).status).toBe(403);
    const citizen = await createCitizen(api);
    expect((await citizen.client.post(`/api/offices/${HALL}/kiosks`, { name: '门口' })).status).toBe(403);
    const machine = await pair();
    const list = async () => (await clerk.client.get(`/api/offices/${HALL}/kiosks`)).body.items;
    const [{ id }] = await list();
    const other = await createStaff(api, { roles: ['acceptance'], officeId: 'yanggu' });
    expect((await other.client.delete(`/api/kiosks/${id}`)).status).toBe(403);
    expect((await machine.get('/api/kiosk')).status).toBe(200);
    expect((await clerk.client.delete(`/api/kiosks/${id}`)).status).toBe(204);
    expect((await clerk.client.delete(`/api/kiosks/${id}`)).status).toBe(204);
    expect((await machine.get('/api/kiosk')).body.error.code).toBe('appointments.kiosk_off');
    expect((await list()).map((one: { id: string }) => one.id)).not.toContain(id);
  });

  it('gives the ticket of a booking by number, code or card, with a masked name and nothing else of the person', async () => {
    await setTime('11:05');
    const machine = await pair();
    const [one, two, three] = [
      await book(`${HALL}|2026-10-09|1130|public`),
      await book(`${HALL}|2026-10-09|1130|public`),
      await book(`${HALL}|2026-10-09|1130|public`),
    ];
    const at = (body: object) => machine.post('/api/kiosk/check-in', body);
    const byNo = await at({ no: one.no });
    expect([byNo.status, byNo.body.ticket.booked, byNo.body.ticket.ahead !== null]).toEqual([
      200,
      true,
      true,
    ]);
    expect(byNo.body.name).toContain('*');
    expect(byNo.body.name).not.toBe('冯建国');
    expect((await at({ code: two.code })).body.ticket.booked).toBe(true);
    const { idNumber } = three.citizen.account;
    const byCard = await at({ idNumber });
    expect(byCard.body.ticket.priority).toBe('none');
    expect(JSON.stringify(byCard.body)).not.toMatch(new RegExp(`冯建国|${idNumber}|account`));
    const nobody = await createCitizen(api);
    expect((await at({ idNumber: nobody.account.idNumber })).body.error.code).toBe(
      'appointments.not_booked_today',
    );
  });

  it('of who was booked by phone says the masked name as well, and another hall’s booking is none of its own', async () => {
    await setTime('14:10');
    const machine = await pair();
    const idNumber = '371502195503120022';
    const made = await clerk.client.post('/api/appointments/for-others', {
      id: newBookingId(),
      slotId: `${HALL}|2026-10-09|1430|phone`,
      service: 'transfer',
      name: '周桂兰',
      idNumber: withCheckDigit(idNumber),
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const got = await machine.post('/api/kiosk/check-in', { idNumber: withCheckDigit(idNumber) });
    expect(got.status, JSON.stringify(got.body)).toBe(200);
    // Born in 1955.
    expect(got.body.ticket.priority).toBe('elderly');
    expect(got.body.name).toContain('*');
    expect(got.body.name).not.toBe('周桂兰');
    const elsewhere = await book('chiping|2026-10-09|1430|public');
    expect((await machine.post('/api/kiosk/check-in', { code: elsewhere.code })).body.error.code).toBe(
      'appointments.code_wrong',
    );
  });

  it('with a booking believes the ID number, and nothing else that is said', async () => {
    await setTime('15:30');
    const machine = await pair();
    const { no, code } = await book(`${HALL}|2026-10-09|1600|public`);
    const said = await machine.post('/api/kiosk/check-in', { no, priority: 'elderly' });
    expect(said.body.ticket).toMatchObject({ priority: 'none', unconfirmed: 'elderly' });
    // Again by another way, it stays so; reception confirms it by the number on the ticket.
    const again = await machine.post('/api/kiosk/check-in', { code, priority: 'soldier' });
    expect(again.body.ticket).toMatchObject({ priority: 'none', unconfirmed: 'elderly' });
    const body = { no: said.body.ticket.no, priority: 'elderly' };
    const seen = await clerk.client.post(`/api/offices/${HALL}/priority`, body);
    expect(seen.body).toMatchObject({ priority: 'elderly', unconfirmed: 'none', booked: true });
    const tickets = api.p.database.connection.collection('tickets');
    const ticket = await tickets.findOne({ no: said.body.ticket.no });
    // Half an hour before its window as a booking, an hour more by rule.
    expect(ticket?.rank).toBe(new Date('2026-10-09T14:30:00+08:00').getTime());
  });

  it('gives walk-in tickets, one for an id, and is throttled by itself', async () => {
    const machine = await pair();
    const body = { id: newBookingId(), service: 'mortgage', priority: 'pregnant' };
    const [first, again] = [
      await machine.post('/api/kiosk/tickets', body),
      await machine.post('/api/kiosk/tickets', body),
    ];
    expect([first.status, again.body.ticket.no, again.body.name]).toEqual([201, first.body.ticket.no, null]);
    expect(first.body.ticket).toMatchObject({ priority: 'none', unconfirmed: 'pregnant' });
    const statuses = await Promise.all(
      Array.from({ length: 30 }, () => machine.post('/api/kiosk/check-in', { no: '09300199' })),
    );
    expect(statuses.some(({ status }) => status === 429)).toBe(true);
    // The one beside it goes on.
    const beside = paired.at(-2)!;
    expect((await beside.post('/api/kiosk/check-in', { no: '09300199' })).status).toBe(404);
  });

  it('is not stopped by whoever asks without a token from the same network; they are', async () => {
    const machine = paired.at(-2)!;
    const visitor = stranger(api);
    const ask = async (client: Client) => [
      (await client.post('/api/kiosk/check-in', { no: '09300199' })).status,
      (await client.post('/api/kiosk/tickets', { id: newBookingId(), service: 'transfer' })).status,
      (await client.get('/api/kiosk')).status,
    ];
    const asked: number[] = [];
    // Without a token, and with one that is none.
    for (let round = 0; round < 30; round += 1) {
      if (round === 5) visitor.cookies.set('kiosk', 'x'.repeat(43));
      asked.push(...(await ask(visitor)));
    }
    expect([asked[0], asked.at(-1)]).toEqual([403, 429]);
    expect(asked.filter((status) => status === 403).length).toBeLessThanOrEqual(20);
    expect(await ask(machine)).toEqual([404, 201, 200]);
  });

  it('puts nobody ahead for their own word, and past no quota: a clerk of the hall looks first', async () => {
    await setTime('15:30');
    const machine = await pair();
    const set = (walkInTickets: number) => {
      forgetSchedules(api.p);
      return schedules(api.p).collection.updateMany(
        { hall: HALL },
        { $set: { 'content.rules.walkInTickets': walkInTickets } },
      );
    };
    const counters = api.p.database.connection.collection('ticket-counters');
    const key = { _id: `${HALL}|2026-10-09` as never };
    const used = async () => Number((await counters.findOne(key))?.walkIns ?? 0);
    const take = (priority?: string) =>
      machine.post('/api/kiosk/tickets', { id: newBookingId(), service: 'transfer', priority });
    const confirm = (no: string, priority: string) =>
      clerk.client.post(`/api/offices/${HALL}/priority`, { no, priority });
    const before = await used();
    await set(before + 2);
    try {
      const [plain, claimed] = [(await take()).body.ticket, (await take('soldier')).body.ticket];
      expect(claimed).toMatchObject({ priority: 'none', unconfirmed: 'soldier', ahead: plain.ahead + 1 });
      expect((await take('disabled')).body.error.code).toBe('appointments.tickets_gone');
      // Reception looks at the document: now it stands before the other, and its place of the quota is free again, once.
      const seen = await Promise.all([1, 2, 3].map(() => confirm(claimed.no, 'disabled')));
      for (const { status, body } of seen)
        expect([status, body.no, body.priority, body.unconfirmed]).toEqual([
          200,
          claimed.no,
          'disabled',
          'none',
        ]);
      expect(seen[0]?.body.ahead).toBeLessThanOrEqual(plain.ahead);
      expect((await confirm(claimed.no.toLowerCase(), 'pregnant')).body.priority).toBe('pregnant');
      expect(await used()).toBe(before + 1);
      expect((await take()).status).toBe(201);
      expect((await take()).body.error.code).toBe('appointments.tickets_gone');
      expect((await confirm('A999', 'soldier')).body.error.code).toBe('appointments.ticket_unknown');
      expect((await confirm('0930', 'soldier')).body.error.code).toBe('appointments.ticket_unknown');
      expect((await confirm(claimed.no, 'none')).status).toBe(400);
      expect(
        (await machine.post(`/api/offices/${HALL}/priority`, { no: claimed.no, priority: 'soldier' })).status,
      ).toBe(401);
    } finally {
      await set(200);
      forgetSchedules(api.p);
    }
  });

  it('keeps no token and no code, only what can’t be turned back', async () => {
    const code = await codeOf();
    const machine = stranger(api);
    await machine.post('/api/kiosk/pair', { code });
    const token = machine.cookies.get('kiosk') ?? '';
    expect(token.length).toBeGreaterThan(40);
    const raw = JSON.stringify(await api.p.database.connection.collection('kiosks').find().toArray());
    expect(raw).not.toContain(token);
    expect(raw).not.toContain(code);
  });
});

function withCheckDigit(number: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return number.slice(0, 17) + '10X98765432'[sum % 11];
}
