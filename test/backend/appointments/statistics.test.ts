import type { Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATISTICS_BY, type StatisticsView } from '../../../backend/modules/appointments/contract.ts';
import { generateSlots, settleDue } from '../../../backend/modules/appointments/index.ts';
import { pipelinesOf } from '../../../backend/modules/appointments/statistics/count.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, stranger, type TestPerson } from '../../support/people.ts';
import { newBookingId } from './hall.ts';
import { recount } from './statistics-oracle.ts';
import { fillHistory, HISTORY } from './statistics-history.ts';

/** 预约统计, over HTTP, beside a recount of every document. It is Friday 2026-10-09 10:30. */
let api: TestApi;
const HALL = 'liaocheng-centre';
const read = (name: string): Collection =>
  api.p.database.connection.collection(name) as unknown as Collection;
let leader: TestPerson;
let head: TestPerson;
let clerk: TestPerson;
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  await fillHistory(read);
  leader = await createStaff(api, { roles: ['leader'] });
  head = await createStaff(api, { roles: ['sectionHead'], officeId: 'yanggu' });
  clerk = await createStaff(api, { roles: ['acceptance'] });
});
afterAll(() => api.close());

const ask = async (person: TestPerson, query: Record<string, string> = {}) =>
  person.client.get(`/api/appointment-statistics?${new URLSearchParams(query)}`);
const viewOf = async (query: Record<string, string>): Promise<StatisticsView> => {
  const answer = await ask(leader, query);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as unknown as StatisticsView;
};

describe('the figures of the halls', () => {
  it.each(STATISTICS_BY)(
    'by %s are what a recount of every document gives, over all halls and over one',
    async (by) => {
      for (const [from, to, hall] of [
        [HISTORY.from, HISTORY.to, ''],
        ['2026-09-07', '2026-09-11', ''],
        ['2026-09-08', '2026-09-08', 'yanggu'],
        [HISTORY.from, '2026-10-20', HALL],
      ] as const) {
        const view = await viewOf({ from, to, by, ...(hall ? { hall } : {}) });
        const halls = hall ? [hall] : view.halls.map(({ id }) => id);
        const expected = await recount(read, { halls, from, to, by });
        expect(expected.total.bookings, 'there is something to count').toBeGreaterThan(5);
        expect(view.total).toEqual(expected.total);
        expect(new Map(view.rows.map(({ key, figures }) => [key, figures]))).toEqual(expected.rows);
      }
    },
  );

  it('names hours and weekdays in their order, and services by what most was booked for', async () => {
    const days = { from: HISTORY.from, to: HISTORY.to };
    const hours = (await viewOf({ ...days, by: 'hour' })).rows;
    expect(hours.map(({ key }) => Number(key))).toEqual([9, 10, 11, 13, 14, 15, 16]);
    expect(hours[0]?.name).toEqual({ zh: '09:00–09:59', en: '09:00–09:59' });
    expect((await viewOf({ ...days, by: 'weekday' })).rows[0]?.name.zh).toBe('周一');
    const services = (await viewOf({ ...days, by: 'service' })).rows.map(({ figures }) => figures.bookings);
    expect(services).toEqual([...services].sort((a, b) => b - a));
    expect((await viewOf({ ...days, by: 'type' })).rows.map(({ name }) => name.zh)).toContain('没选事项');
  });

  it('are counted from one index each: no document is read, and no entry outside the halls and days', async () => {
    const span = { halls: ['yanggu'], from: '2026-09-07', to: '2026-09-11', by: 'hour' } as const;
    for (const [name, pipeline] of Object.entries(pipelinesOf(span))) {
      const plan: Json = await read(name)
        .aggregate(pipeline, { hint: 'statistics' })
        .explain('executionStats');
      const stats = (plan.executionStats ?? plan.stages[0].$cursor.executionStats) as Json;
      const inside = await read(name).countDocuments({
        hall: 'yanggu',
        date: { $gte: span.from, $lte: span.to },
      });
      expect(inside).toBeGreaterThan(10);
      expect(inside).toBeLessThan((await read(name).countDocuments()) / 5);
      expect(stats.totalDocsExamined, name).toBe(0);
      // Beside the entries, a seek past the end of a range.
      expect(stats.totalKeysExamined, name).toBeLessThanOrEqual(inside + 12);
    }
  });
});

describe('a day in a hall', () => {
  it('counts what people did: booked, gave up, came, waited, were served, or did not come', async () => {
    const hall = 'chiping';
    const people: TestPerson[] = [];
    const known = (person: TestPerson) => (people.push(person), person);
    const at = async (time: string) => {
      api.setNow(new Date(`2026-10-09T${time}:00+08:00`));
      for (const person of [...people, leader]) person.client = await signInAs(api, person.account);
    };
    const book = async (time: string, service = 'transfer') => {
      const citizen = known(await createCitizen(api));
      const answer = await citizen.client.post('/api/appointments', {
        id: newBookingId(),
        slotId: `${hall}|2026-10-09|${time}|public`,
        service,
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return { citizen, id: answer.body.id as string };
    };
    const local = known(await createStaff(api, { roles: ['acceptance'], officeId: hall }));
    const [came, , gaveUp] = [await book('1430'), await book('1400'), await book('1430')];
    expect((await gaveUp.citizen.client.post(`/api/appointments/${gaveUp.id}/cancel`)).status).toBe(200);
    await at('14:00');
    expect((await came.citizen.client.post(`/api/appointments/${came.id}/check-in`, {})).status).toBe(200);
    const walkIn = { id: newBookingId(), service: 'transfer' };
    expect((await local.client.post(`/api/offices/${hall}/tickets`, walkIn)).status).toBe(201);
    const call = async (): Promise<string> =>
      (await local.client.post(`/api/offices/${hall}/call-next`, { desk: 1 })).body.ticket.id as string;
    const act = async (id: string, name: string) =>
      expect((await local.client.post(`/api/tickets/${id}/${name}`, { desk: 1 })).status, name).toBe(200);
    // The first waits 7 minutes, is parked, and is served for 5 after the second call; a recall does not lengthen the wait.
    await at('14:07');
    const first = await call();
    await act(first, 'park');
    const second = await call();
    await at('14:09');
    await act(second, 'recall');
    await at('14:20');
    await act(second, 'finish');
    await local.client.post(`/api/tickets/${first}/resume`);
    await at('14:31');
    expect(await call()).toBe(first);
    await at('14:36');
    await act(first, 'finish');
    // A window that was closed before the day's close was not on offer.
    const closed = { open: false, closedWhy: 'closure' };
    await read('slots').updateOne({ _id: `${hall}|2026-10-09|1500|public` as never }, { $set: closed });
    await at('15:30');
    await settleDue(api.p);
    await api.settle();
    const { total, rows } = await viewOf({ hall, from: '2026-10-09', to: '2026-10-09', by: 'hour' });
    expect(total).toMatchObject({
      taken: 2,
      bookings: 3,
      cancelled: 1,
      served: 1,
      missed: 1,
      missedShare: 0.5,
      tickets: 2,
      walkIns: 1,
      waiting: { count: 2, median: 7, p90: 7 },
      serving: { count: 2, median: 5, p90: 11 },
    });
    const offered = (await read('slots').find({ hall, date: '2026-10-09' }).toArray())
      .filter(({ _id }) => !String(_id).includes('|1500|public'))
      .reduce((sum, { cap }) => sum + (cap as number), 0);
    expect([total.offered, total.fillShare]).toEqual([offered, 2 / offered]);
    expect(rows.find(({ key }) => key === '14')?.figures).toMatchObject({
      bookings: 3,
      taken: 2,
      tickets: 2,
    });
    // Who asks again within a minute is answered from what was counted.
    const again = await viewOf({ hall, from: '2026-10-09', to: '2026-10-09', by: 'hour' });
    expect(again.total).toEqual(total);
  });
});

describe('who may see them', () => {
  it('a head of section those of the own hall, who oversees all of them; a clerk and a stranger none', async () => {
    api.setNow(new Date('2026-10-09T10:30:00+08:00'));
    for (const person of [leader, head, clerk]) person.client = await signInAs(api, person.account);
    const own = await ask(head, { from: HISTORY.from, to: HISTORY.to, by: 'hall' });
    expect(own.body.rows.map(({ key }: Json) => key as string)).toEqual(['yanggu']);
    expect([own.body.hall, own.body.halls.length]).toEqual(['yanggu', 1]);
    const other = await ask(head, { hall: HALL });
    expect([other.status, other.body.error.code]).toEqual([403, 'appointments.other_hall']);
    const administrator = await createStaff(api, { roles: ['administrator'] });
    expect((await ask(administrator)).body.hall).toBeNull();
    expect((await ask(clerk)).status).toBe(403);
    expect((await stranger(api).get('/api/appointment-statistics')).status).toBe(401);
  });

  it('refuses days that are none, turned round, or more than a year, and a hall that is unknown', async () => {
    for (const days of [{ from: '2026-02-30', to: '2026-03-01' }, { to: '2026-13-01' }] as Record<
      string,
      string
    >[]) {
      const answer = await ask(leader, days);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'platform.invalid_input']);
    }
    for (const days of [
      { from: '2026-10-09', to: '2026-10-08' },
      { from: '2025-10-08', to: '2026-10-09' },
    ] as Record<string, string>[]) {
      const answer = await ask(leader, days);
      expect([answer.status, answer.body.error.code], JSON.stringify(days)).toEqual([
        422,
        'appointments.period_wrong',
      ]);
    }
    expect((await ask(leader, { from: '2025-10-09', to: '2026-10-09' })).status).toBe(200);
    expect((await ask(leader, { hall: 'nowhere' })).body.error.code).toBe('appointments.hall_unknown');
  });

  it('takes the rows of the screen as a file, with their total', async () => {
    const query = { from: HISTORY.from, to: HISTORY.to, by: 'weekday' };
    const view = await viewOf(query);
    const file = await leader.client.get(
      `/api/appointment-statistics/export?${new URLSearchParams({ ...query, format: 'csv' })}`,
    );
    const [titles, ...lines] = String(file.body)
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n');
    expect(titles).toMatch(/^"?星期"?,/);
    const cells = lines.map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));
    expect(cells.map(([name]) => name)).toEqual([...view.rows.map(({ name }) => name.zh), '合计']);
    const shown = [...view.rows.map(({ figures }) => figures), view.total];
    expect(cells.map((row) => row[4])).toEqual(shown.map(({ bookings }) => String(bookings)));
    expect(cells.map((row) => row[14])).toEqual(shown.map(({ waiting }) => String(waiting?.median ?? '')));
  });
});
