import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displaceClosed } from '../../../backend/modules/appointments/displace.ts';
import { forgetSchedules } from '../../../backend/modules/appointments/get-schedule.ts';
import { generateSlots, settleDue } from '../../../backend/modules/appointments/index.ts';
import { schedules } from '../../../backend/modules/appointments/schedule.model.ts';
import { installCrashPoints, installPausePoints } from '../../faults/recording-crash-points.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, stranger, type TestPerson } from '../../support/people.ts';
import { newBookingId, wrongs } from './hall.ts';

/** Where a day, a window or a schedule ends while somebody is still at it. Over HTTP; it is Friday 2026-10-09 10:30. */
let api: TestApi;
let clerk: TestPerson;
const HALL = 'liaocheng-centre';
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  clerk = await createStaff(api, { roles: ['acceptance'] });
});
afterAll(() => api.close());

const at = async (text: string, ...people: TestPerson[]) => {
  api.setNow(new Date(`${text}+08:00`));
  for (const person of [clerk, ...people]) person.client = await signInAs(api, person.account);
};
const book = async (person: TestPerson, slotId: string, service = 'transfer') =>
  (await person.client.post('/api/appointments', { id: newBookingId(), slotId, service })).body.id as string;
const walkIn = async (hall: string) =>
  (await clerk.client.post(`/api/offices/${hall}/tickets`, { id: newBookingId(), service: 'transfer' })).body;
const next = (hall: string, desk: number) => clerk.client.post(`/api/offices/${hall}/call-next`, { desk });
const act = (id: string, name: string, desk: number) =>
  clerk.client.post(`/api/tickets/${id}/${name}`, { desk });
const setRule = async (hall: string, change: object) => {
  await schedules(api.p).collection.updateMany({ hall }, { $set: change });
  forgetSchedules(api.p);
};
const slots = () => api.p.database.connection.collection<{ _id: string; open: boolean }>('slots');

describe('a desk on the next day', () => {
  it('is not held up by a ticket that nobody finished the day before', async () => {
    const hall = 'chiping';
    await at('2026-10-12T16:50:00');
    const left = await walkIn(hall);
    expect((await next(hall, 1)).body.ticket.id).toBe(left.id);
    const parked = await walkIn(hall);
    expect((await next(hall, 2)).body.ticket.id).toBe(parked.id);
    await act(parked.id, 'park', 2);
    await at('2026-10-13T09:00:00');
    expect((await next(hall, 1)).body).toEqual({ ticket: null, waiting: 0 });
    const first = await walkIn(hall);
    expect((await next(hall, 1)).body.ticket.id).toBe(first.id);
    expect((await stranger(api).get(`/api/tickets/${left.id}`)).body).toMatchObject({ state: 'finished' });
    // Who fetched a paper yesterday draws another ticket: nobody would ever call the old one.
    const resumed = await clerk.client.post(`/api/tickets/${parked.id}/resume`);
    expect([resumed.status, resumed.body.error?.code]).toEqual([409, 'appointments.ticket_not_here']);
  });

  it('finishes its ticket although a new schedule has taken the desk away', async () => {
    const hall = 'yanggu';
    await at('2026-10-13T10:00:00');
    const { id } = await walkIn(hall);
    const { desks } = (await schedules(api.p).collection.findOne({ hall }))!.content as { desks: Json[] };
    const desk = desks.find(({ services }) => services.includes('transfer'))!.no as number;
    expect((await next(hall, desk)).body.ticket.id).toBe(id);
    await setRule(hall, { 'content.desks': desks.filter(({ no }) => no !== desk) });
    try {
      expect((await act(id, 'finish', desk)).body.state).toBe('finished');
      expect((await next(hall, desk)).body.error.code).toBe('appointments.desk_unknown');
    } finally {
      await setRule(hall, { 'content.desks': desks });
    }
  });
});

describe('checking in', () => {
  it('lasts as long as the hall says, also beyond the window: until then nobody has missed it', async () => {
    await at('2026-10-09T10:30:00');
    const person = await createCitizen(api);
    const id = await book(person, `${HALL}|2026-10-09|1400|public`);
    await setRule(HALL, { 'content.rules.checkIn.afterMinutes': 60 });
    try {
      await at('2026-10-09T14:45:00', person);
      await settleDue(api.p);
      expect((await person.client.get(`/api/appointments/${id}`)).body.status).toBe('booked');
      expect((await person.client.post(`/api/appointments/${id}/check-in`, {})).status).toBe(200);
      await at('2026-10-09T15:01:00', person);
      await settleDue(api.p);
      expect((await person.client.get(`/api/appointments/${id}`)).body.status).toBe('served');
    } finally {
      await setRule(HALL, { 'content.rules.checkIn.afterMinutes': 15 });
    }
  });

  it('by ID card takes the booking whose time it is, not one that was missed before it', async () => {
    await at('2026-10-09T10:30:00');
    const person = await createCitizen(api);
    await book(person, `${HALL}|2026-10-09|1500|public`);
    const later = await book(person, `${HALL}|2026-10-09|1530|public`, 'rename');
    await at('2026-10-09T15:20:00', person);
    const { idNumber } = person.account;
    const checked = await clerk.client.post(`/api/offices/${HALL}/check-in`, { idNumber });
    expect([checked.status, checked.body.service]).toEqual([200, 'rename']);
    expect((await person.client.get(`/api/appointments/${later}`)).body.status).toBe('arrived');
  });
});

describe('windows that a schedule closed', () => {
  const close = (slotId: string) =>
    slots().updateOne(
      { _id: slotId },
      { $set: { open: false, closedWhy: 'schedule' } as never, $inc: { ver: 1 } as never },
    );

  it('a booking that its holder has moved away meanwhile is left alone, wherever the two meet', async () => {
    await at('2026-10-09T10:30:00');
    const points = installPausePoints(api.database);
    try {
      for (let commands = 1; commands <= 4; commands += 1) {
        const person = await createCitizen(api);
        const from = `linqing|2026-10-14|${['0900', '0930', '1000', '1030'][commands - 1]}|public`;
        const to = from.replace('10-14', '10-15');
        const id = await book(person, from);
        await close(from);
        // Nothing else sends commands meanwhile that could be stopped instead.
        await api.settle();
        const stands = points.arm(commands);
        const displaced = displaceClosed(api.p, 'linqing');
        await Promise.race([stands.reached, displaced]);
        const moving = person.client.post(`/api/appointments/${id}/reschedule`, {
          moveId: newBookingId(),
          slotId: to,
        });
        // Where the pass stands in the window's own line, the move waits behind it.
        await Promise.race([moving, points.quiet()]);
        stands.release();
        const [moved] = await Promise.all([moving, displaced]);
        const { status, slotId } = (await person.client.get(`/api/appointments/${id}`)).body;
        if (moved.status === 200) expect([commands, status, slotId]).toEqual([commands, 'booked', to]);
        if (commands === 1) expect(moved.status).toBe(200);
      }
    } finally {
      points.uninstall();
    }
    expect(await wrongs(api.p)).toEqual([]);
  });

  it('one that cannot be dealt with does not keep the others waiting', async () => {
    const [bad, good] = ['liaocheng-centre|2026-10-14|0900|public', 'linqing|2026-10-14|1400|public'];
    const [one, other] = [await createCitizen(api), await createCitizen(api)];
    const ids = [await book(one, bad), await book(other, good)];
    await close(bad);
    await close(good);
    await slots().updateOne({ _id: bad }, { $set: { hall: 'a-hall-that-is-gone' } as never });
    expect(await displaceClosed(api.p)).toMatchObject({ withdrawn: 1, failed: 1 });
    expect((await other.client.get(`/api/appointments/${ids[1]}`)).body.status).toBe('withdrawnByOffice');
    await slots().updateOne({ _id: bad }, { $set: { hall: HALL } as never });
    expect(await displaceClosed(api.p)).toMatchObject({ withdrawn: 1, failed: 0 });
  });

  it('are closed in the end although the process died right after publishing, at any command', async () => {
    const chief = await createStaff(api, { roles: ['administrator'] });
    const hall = 'chiping';
    const why = { zh: '设备检修', en: 'maintenance' };
    const points = installCrashPoints(api.database);
    let published = 0;
    try {
      for (let commands = 1; published < 6; commands += 1) {
        const { items } = (await chief.client.get(`/api/offices/${hall}/schedules`)).body;
        const { hall: _hall, version, ...schedule } = items[0];
        const on = `2026-10-${20 + (commands % 2)}`;
        const body = {
          schedule: { ...schedule, specials: [{ on, segments: [], why }] },
          basedOn: version,
          displaced: 'withdraw',
          reason: why,
        };
        points.arm(commands);
        const done = await chief.client.post(`/api/offices/${hall}/schedules`, body);
        points.arm(null);
        forgetSchedules(api.p);
        const latest = (await chief.client.get(`/api/offices/${hall}/schedules`)).body.items[0];
        if (latest.version === version) continue;
        published += done.status === 201 ? 6 : 1;
        await api.app.scheduler.runNow('appointments.displace');
        const open = await slots().distinct('date', {
          _id: new RegExp(`^${hall}\\|2026-10-2[01]`) as never,
          open: true,
        });
        const other = on.endsWith('20') ? '2026-10-21' : '2026-10-20';
        expect([commands, open]).toEqual([commands, [other]]);
      }
    } finally {
      points.uninstall();
    }
  }, 60_000);
});

describe('what nobody sends from a page', () => {
  it('is refused in words, never with a fault', async () => {
    await at('2026-10-09T10:30:00');
    const person = await createCitizen(api);
    const paths = [
      `/api/offices/${HALL}/slots?from=2026-02-31`,
      `/api/offices/${HALL}/slots?from=2026-13-45&to=2026-99-99`,
      `/api/offices/${HALL}/slots?from=9999-99-99`,
      `/api/offices/${HALL}/slots?to=0000-00-00`,
      `/api/offices/${HALL}/slots?service=nothing`,
      `/api/offices/${HALL}/slots?businessType=ZZ99`,
      `/api/offices/nowhere/screen`,
      `/api/offices/${HALL}/draws/2026-13-45`,
      `/api/tickets/${'0'.repeat(24)}`,
      `/api/appointments/${'0'.repeat(24)}`,
    ];
    const statuses = await Promise.all(paths.map(async (path) => (await person.client.get(path)).status));
    expect(statuses.map((status, n) => [paths[n], status >= 500])).toEqual(
      paths.map((path) => [path, false]),
    );
    const order = { id: newBookingId(), service: 'transfer' };
    for (const slotId of [
      `${HALL}|2026-13-45|0900|public`,
      `${HALL}|0000-00-00|0900|public`,
      `nowhere|2026-10-12|0900|public`,
    ]) {
      const tried = [
        await person.client.post('/api/appointments', { ...order, slotId }),
        await person.client.post('/api/appointments/waiting', { ...order, slotId }),
        await clerk.client.post('/api/appointments/for-others', {
          ...order,
          slotId,
          hold: true,
          idNumber: person.account.idNumber,
          name: '甲',
        }),
      ];
      expect([slotId, ...tried.map(({ status }) => status < 500)]).toEqual([slotId, true, true, true]);
    }
  });
});
