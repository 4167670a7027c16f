import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, signInAs, stranger } from '../../support/people.ts';

/**
 * T31: the hall's days are the hall's, wherever the machine believes to be. One appointment from booking to check-in over the end of a
 * year, played over HTTP under each zone; all files of this folder run under each with `node test/zones.mjs`.
 */
const HALL = 'liaocheng-centre';
const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York'];
const before = process.env.TZ;
afterAll(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

/** All of a refusal but the number of its request. */
const refusalIn = ({ body }: { body: Json }): Json => ({ ...body.error, requestId: null });

async function play(api: TestApi): Promise<{ told: Json; stored: Json[] }> {
  const told: Json = {};
  const at = async (text: string) => {
    api.setNow(new Date(`${text}+08:00`));
    await generateSlots(api.p);
    person.client = await signInAs(api, person.account);
  };
  const slots = async (span: string) =>
    (await stranger(api).get(`/api/offices/${HALL}/slots?service=transfer&${span}`)).body;
  const person = await createCitizen(api);
  // Before a holiday, before a make-up Saturday, and ten minutes before the last day of the year begins.
  await at('2026-09-28T09:00:00');
  told.holiday = await slots('from=2026-09-30&to=2026-10-12');
  // What a hall has free is counted once a second, by the machine's own clock.
  await delay(1_100);
  await at('2026-12-30T23:50:00');
  told.yearEnd = await slots('from=2026-12-30&to=2027-01-05');
  const id = 'a'.repeat(24);
  const order = { id, slotId: `${HALL}|2026-12-31|0830|public`, service: 'transfer' };
  told.booked = (await person.client.post('/api/appointments', order)).body;
  // Longer than whoever booked late has to think again.
  await at('2026-12-31T00:10:00');
  const move = { moveId: 'b'.repeat(24), slotId: `${HALL}|2026-12-31|1630|public` };
  told.late = refusalIn(await person.client.post(`/api/appointments/${id}/reschedule`, move));
  told.calendar = (await person.client.get(`/api/appointments/${id}/calendar.ics`)).body;
  const checkIn = () => person.client.post(`/api/appointments/${id}/check-in`, {});
  await at('2026-12-31T07:59:59');
  told.early = refusalIn(await checkIn());
  await at('2026-12-31T08:00:00');
  const { id: _ticket, ...ticket } = (await checkIn()).body;
  told.ticket = ticket;
  await api.settle();
  told.messages = (await person.client.get('/api/notifications')).body.items.map(({ title, text }: Json) => [
    title,
    text,
  ]);
  const stored = await api.p.database.connection
    .collection('slots')
    .find(
      { hall: HALL, date: '2026-12-31', pool: 'public' },
      { projection: { startAt: 1, endAt: 1, date: 1 } },
    )
    .sort({ _id: 1 })
    .toArray();
  return { told, stored };
}

describe('T31: in any zone of the host', () => {
  it('a day, its windows, an appointment, its calendar file, ticket and messages are the same', async () => {
    const played: Awaited<ReturnType<typeof play>>[] = [];
    const offsets = new Set<number>();
    for (const zone of ZONES) {
      process.env.TZ = zone;
      offsets.add(new Date('2026-12-31T00:00:00Z').getTimezoneOffset());
      const api = await startApi();
      try {
        played.push(await play(api));
      } finally {
        await api.close();
      }
    }
    // The zones were really others.
    expect(offsets.size).toBe(ZONES.length);
    const [first, ...others] = played;
    for (const other of others) expect(other).toEqual(first);
    const { told, stored } = first!;
    const day = (body: Json, date: string): Json => body.days.find((one: Json) => one.date === date);
    expect(day(told.holiday, '2026-10-01')).toMatchObject({ why: 'holiday', weekday: 4 });
    expect(day(told.holiday, '2026-10-10')).toMatchObject({ weekday: 6 });
    expect(day(told.yearEnd, '2026-12-31')).toMatchObject({ weekday: 4, bookable: true });
    expect(told.booked).toMatchObject({
      date: '2026-12-31',
      from: '08:30',
      startAt: '2026-12-31T00:30:00.000Z',
      // A quarter of an hour, where the hall's own hour was past.
      cancelFreeUntil: '2026-12-30T16:05:00.000Z',
      checkInFrom: '2026-12-31T00:00:00.000Z',
    });
    expect(told.late.code).toBe('appointments.move_too_late');
    expect(told.late.message).toContain('12月31日（周四）00:05');
    expect(told.calendar).toContain('DTSTART:20261231T003000Z');
    expect(told.early.message).toContain('12月31日（周四）08:00');
    expect(told.ticket).toMatchObject({ date: '2026-12-31', booked: true });
    // The window shown is the window stored.
    const shown = day(told.yearEnd, '2026-12-31').windows.map(({ slotId, startAt, from }: Json) => [
      slotId,
      startAt,
      from.replace(':', ''),
    ]);
    expect(shown).toEqual(
      stored.map(({ _id, startAt }) => [_id, (startAt as Date).toISOString(), String(_id).split('|')[2]]),
    );
    expect(shown).toHaveLength(14);
  }, 240_000);
});
