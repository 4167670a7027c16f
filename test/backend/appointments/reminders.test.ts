import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSlot } from '../../../backend/modules/appointments/change-slot.ts';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { reminderAfter, reminderTimes } from '../../../backend/modules/appointments/reminder-times.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, signInAs, type TestPerson } from '../../support/people.ts';
import { newBookingId } from './hall.ts';

/** Reminders come while giving up is free, and say what it comes to later. */
const instant = (text: string) => new Date(`${text}:00+08:00`);
const times = (startAt: string, hallFree: string) => reminderTimes(instant(startAt), instant(hallFree));

describe('when people are reminded', () => {
  it('at 10:00 of the day on which free cancelling ends, and two hours before', () => {
    expect(times('2026-10-21T09:00', '2026-10-20T16:00')).toEqual([
      instant('2026-10-20T10:00'),
      instant('2026-10-21T07:00'),
    ]);
  });

  it('the evening before as well, where that was days ago', () => {
    expect(times('2026-10-19T09:00', '2026-10-16T16:00')).toEqual([
      instant('2026-10-16T10:00'),
      instant('2026-10-18T18:00'),
      instant('2026-10-19T07:00'),
    ]);
  });

  it('earlier where the hall’s hour comes too soon after 10:00 to act', () => {
    expect(times('2026-10-21T09:00', '2026-10-20T09:00')[0]).toEqual(instant('2026-10-19T18:00'));
    expect(times('2026-10-21T09:00', '2026-10-20T12:00')[0]).toEqual(instant('2026-10-20T10:00'));
  });

  it('who books after a moment is not reminded of it', () => {
    const next = (now: string) =>
      reminderAfter(instant('2026-10-21T09:00'), instant('2026-10-20T16:00'), instant(now));
    expect(next('2026-10-20T09:59')).toEqual(instant('2026-10-20T10:00'));
    expect(next('2026-10-20T10:00')).toEqual(instant('2026-10-21T07:00'));
    expect(next('2026-10-21T07:00')).toBe(null);
  });
});

describe('what a reminder says', () => {
  let api: TestApi;
  const HALL = 'liaocheng-centre';
  beforeAll(async () => {
    api = await startApi();
    api.setNow(instant('2026-10-19T10:00'));
    await generateSlots(api.p);
  });
  afterAll(() => api.close());

  const at = async (text: string, person: TestPerson) => {
    api.setNow(instant(text));
    person.client = await signInAs(api, person.account);
  };
  const book = async (person: TestPerson, slotId: string) => {
    const body = { id: newBookingId(), slotId, service: 'transfer' };
    expect((await person.client.post('/api/appointments', body)).status).toBe(201);
    await api.settle();
    return body.id;
  };
  /** Two processes at once, then what was told so far, oldest first. */
  const remind = async (person: TestPerson): Promise<string[]> => {
    const run = () => api.app.scheduler.runNow('appointments.remind');
    await Promise.all([run(), run()]);
    await run();
    await api.settle();
    const { items } = (await person.client.get('/api/notifications?limit=20')).body;
    return items
      .filter(({ title }: Json) => title === '别忘了预约')
      .map(({ text }: Json) => text)
      .reverse();
  };

  it('first until when giving up is free and that it counts from then on, then that it counts by now; each once', async () => {
    await at('2026-10-19T10:00', await createCitizen(api));
    const person = await createCitizen(api);
    await book(person, `${HALL}|2026-10-21|0900|public`);
    const told: number[] = [];
    for (const time of ['2026-10-20T09:59', '2026-10-20T10:00', '2026-10-20T18:01', '2026-10-21T07:00']) {
      await at(time, person);
      told.push((await remind(person)).length);
    }
    expect(told).toEqual([0, 1, 1, 2]);
    const [first, last] = await remind(person);
    expect(first).toContain('请在 10月20日（周二）16:00 前取消，不算爽约；之后取消或者没来，记一次爽约');
    expect(last).toContain('现在取消也记一次爽约');
  });

  it('says nothing of a no-show to whom the office moved, and nothing to who gave up meanwhile', async () => {
    const [moved, gone] = [await createCitizen(api), await createCitizen(api)];
    await at('2026-10-21T10:00', moved);
    await at('2026-10-21T10:00', gone);
    const slotId = `${HALL}|2026-10-23|0900|public`;
    const [id, other] = [await book(moved, slotId), await book(gone, slotId)];
    await changeSlot(api.p, slotId, ({ seats }) => ({
      change: { seats: seats.map((seat) => (seat.r === id ? { ...seat, office: true as const } : seat)) },
      result: undefined,
    }));
    await at('2026-10-23T07:00', moved);
    await at('2026-10-23T07:00', gone);
    await api.app.scheduler.runNow('appointments.remind');
    await gone.client.post(`/api/appointments/${other}/cancel`);
    const texts = await remind(moved);
    expect(texts.at(-1)).toContain('请在开始前取消，不算爽约');
    expect(texts.join()).not.toContain('现在取消也');
  });
});
