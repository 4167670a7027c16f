import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allot, commitmentOf } from '../../../backend/modules/appointments/allot.ts';
import { drawnBookingId } from '../../../backend/modules/appointments/enter-draw.ts';
import { draws, drawIntents } from '../../../backend/modules/appointments/draw.model.ts';
import { forgetSchedules } from '../../../backend/modules/appointments/get-schedule.ts';
import { generateSlots, makeDraws, runDraws } from '../../../backend/modules/appointments/index.ts';
import { schedules } from '../../../backend/modules/appointments/schedule.model.ts';
import { installCrashPoints } from '../../faults/recording-crash-points.ts';
import { createDice } from '../../faults/support/random.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  signInAs,
  stranger,
  type TestPerson,
} from '../../support/people.ts';
import { crowd, newBookingId, wrongs } from './hall.ts';

const VERIFY = fileURLToPath(new URL('../../faults/booking/verify-draw.mjs', import.meta.url));
const verify = (draw: object) =>
  spawnSync(process.execPath, [VERIFY], { input: JSON.stringify(draw), encoding: 'utf8' });

describe('T41: the draw is fair', () => {
  const seats = [{ slotId: 'w', free: 50 }];

  // `DRAW_SEEDS=2000` for the long form.
  const seeds = Number(process.env.DRAW_SEEDS ?? 400);

  it(`1,000 people for 50 seats, over ${seeds} seeds: nobody’s chance is another’s`, () => {
    const people = 1_000;
    const wins = new Array<number>(20).fill(0);
    const dice = createDice(41);
    const list = Array.from({ length: people }, (_, n) => ({
      id: n.toString(16).padStart(24, '0'),
      windows: ['w'],
    }));
    for (let seed = 0; seed < seeds; seed += 1) {
      const results = allot(`${dice.next()}`, list, seats);
      for (const { id, slotId } of results)
        if (slotId !== null) wins[Math.floor(Number.parseInt(id, 16) / 50)]! += 1;
    }
    // Twenty groups of fifty people expect as many wins each; drawn without putting back, they vary by 95 % of that.
    const expected = (seeds * 50) / 20;
    const chi2 = wins.reduce((sum, n) => sum + (n - expected) ** 2 / (expected * 0.95), 0);
    expect(wins.reduce((sum, n) => sum + n, 0)).toBe(seeds * 50);
    // 19 degrees of freedom, p = 0.01.
    expect(chi2).toBeLessThan(36.19);
  }, 120_000);

  it('follows from the seed, the list and the seats, in whatever order the list comes', () => {
    const list = Array.from({ length: 30 }, (_, n) => ({
      id: `${n}`.padStart(24, 'a'),
      windows: n % 2 ? ['x', 'w'] : ['w'],
    }));
    const some = [
      { slotId: 'w', free: 3 },
      { slotId: 'x', free: 2 },
    ];
    const results = allot('seed', list, some);
    expect(results.filter(({ slotId }) => slotId !== null)).toHaveLength(5);
    expect(allot('seed', [...list].reverse(), some)).toEqual(results);
    expect(allot('other seed', list, some)).not.toEqual(results);
  });
});

describe('a hall that draws lots', () => {
  const HALL = 'yanggu';
  const DATE = '2026-10-21';
  let api: TestApi;
  let people: TestPerson[];
  beforeAll(async () => {
    api = await startApi({ now: new Date('2026-10-10T10:00:00+08:00') });
    await schedules(api.p).collection.updateMany(
      { hall: HALL },
      { $set: { 'content.rules.release': 'draw' } },
    );
    forgetSchedules(api.p);
    await generateSlots(api.p);
    await makeDraws(api.p);
    people = await Promise.all(Array.from({ length: 12 }, () => createCitizen(api)));
  });
  afterAll(() => api.close());

  const windows = [
    `${HALL}|${DATE}|0900|public`,
    `${HALL}|${DATE}|0930|public`,
    `${HALL}|${DATE}|1000|public`,
  ];
  const draw = async (): Promise<Json> =>
    (await stranger(api).get(`/api/offices/${HALL}/draws/${DATE}`)).body;
  const enter = (person: TestPerson, id = newBookingId()) =>
    person.client.post(`/api/offices/${HALL}/draws/${DATE}/intents`, { id, service: 'transfer', windows });
  /** Places in `people` of who won. */
  const winners = async () => {
    const lists = await Promise.all(people.map(({ client }) => client.get('/api/draw-intents')));
    return lists.flatMap(({ body }, n) => (body.items.some(({ state }: Json) => state === 'won') ? [n] : []));
  };
  const at = async (text: string) => {
    api.setNow(new Date(`${text}+08:00`));
    for (const person of people) person.client = await signInAs(api, person.account);
  };

  it('commits to the seed before anybody enters, and shows it to nobody', async () => {
    const first = await draw();
    expect(first).toMatchObject({ state: 'collecting', seed: null, list: [], results: [] });
    expect(first.commitment).toMatch(/^[0-9a-f]{64}$/);
    await makeDraws(api.p);
    expect((await draw()).commitment).toBe(first.commitment);
    expect((await stranger(api).get(`/api/offices/chiping/draws/${DATE}`)).body.error.code).toBe(
      'appointments.draw_unknown',
    );
    const early = await people[0]!.client.post('/api/appointments', {
      id: newBookingId(),
      slotId: windows[0],
      service: 'transfer',
    });
    expect(early.body.error.code).toBe('appointments.not_released');
  });

  it('T41: takes one intent of a person, however often it is sent', async () => {
    await at('2026-10-11T10:00:00');
    const id = newBookingId();
    const sent = await crowd(100, 25, (n) => enter(people[0]!, n % 2 ? id : newBookingId()));
    const codes = new Set(
      sent.map(({ status, body }) => (status === 201 ? 'in' : (body as Json).error.code)),
    );
    // Thirty tries in ten seconds are more than a finger has.
    expect(
      [...codes].every((code) =>
        ['in', 'appointments.already_in_draw', 'appointments.too_fast'].includes(code),
      ),
    ).toBe(true);
    expect(await drawIntents(api.p).countDocuments({ draw: `${HALL}|${DATE}` })).toBe(1);
    for (const person of people.slice(1)) expect((await enter(person)).status).toBe(201);
    const [mine] = (await people[11]!.client.get('/api/draw-intents')).body.items;
    expect((await people[11]!.client.delete(`/api/draw-intents/${mine.id}`)).status).toBe(204);
    expect((await enter(people[11]!)).status).toBe(201);
  });

  it('takes no member of an organisation: what is drawn are public seats', async () => {
    const bank = await createOrganisation(api, 'bank');
    expect((await enter(bank)).body.error.code).toBe('appointments.members_own_pool');
    expect((await bank.client.get('/api/draw-intents')).body.items).toEqual([]);
  });

  it('T24: cut off after any command, comes to the same end as without; T42: which anybody can work out', async () => {
    await at('2026-10-12T09:30:06');
    expect((await enter(people[5]!)).body.error.code).toBe('appointments.draw_closed');
    await api.settle();
    const points = installCrashPoints(api.database);
    let deaths = 0;
    try {
      for (let commands = 1; ; commands += 1) {
        points.arm(commands);
        // It goes on to the next draw when one fails, so a death shows in the count, and in the first look alone.
        await runDraws(api.p).catch((error: Error) => {
          if (error.name !== 'Crash') throw error;
        });
        const died = points.count() >= commands;
        points.arm(null);
        if (!died) break;
        deaths += 1;
      }
    } finally {
      points.uninstall();
    }
    expect(deaths).toBeGreaterThan(8);
    const done = await draw();
    expect([done.state, done.list.length, done.results.length]).toEqual(['seated', 12, 12]);
    expect(commitmentOf(done.seed)).toBe(done.commitment);
    const seated = await api.p.database.connection
      .collection('slots')
      .find({ _id: { $in: windows } as never })
      .toArray();
    const real = seated
      .flatMap((slot) => (slot.seats as { r: string }[]).map(({ r }) => `${r} ${String(slot._id)}`))
      .sort();
    const drawn = done.results
      .flatMap(({ id, slotId }: Json) => (slotId ? [`${drawnBookingId(api.p, id)} ${slotId}`] : []))
      .sort();
    expect(real).toEqual(drawn);
    expect(real).toHaveLength(3);
    expect(await wrongs(api.p)).toEqual([]);
    const checked = verify(done);
    expect([checked.stderr, checked.stdout]).toEqual(['', 'the draw is right: 12 intents, 3 seats\n']);
    const swapped = { ...done, results: [done.results[1], done.results[0], ...done.results.slice(2)] };
    expect(verify(swapped).status).toBe(1);
    expect(verify({ ...done, list: done.list.slice(1) }).status).toBe(1);
    expect(
      verify({ ...done, seed: done.seed.replace(/^./, (c: string) => (c === '0' ? '1' : '0')) }).status,
    ).toBe(1);
    await api.settle();
    expect(await draws(api.p).countDocuments({ state: 'seated' })).toBeGreaterThan(0);
    const titles = await Promise.all(
      people.map(async ({ client }) =>
        (await client.get('/api/notifications')).body.items.map(({ title }: Json) => title),
      ),
    );
    expect(titles.filter((list) => list.includes('预约成功'))).toHaveLength(3);
    expect(titles.filter((list) => list.includes('摇号没有摇中'))).toHaveLength(9);
  });

  it('shows no id under which anybody could sit in a winner’s place, or read a winner’s ticket', async () => {
    const { results } = await draw();
    const won = results.filter(({ slotId }: Json) => slotId !== null);
    const bookings = await api.p.database.connection.collection('bookings').find().toArray();
    const known = new Set(bookings.map(({ _id }) => String(_id)));
    expect(won.filter(({ id }: Json) => known.has(id))).toEqual([]);
    const winner = people[(await winners())[0]!]!;
    const [mine] = (await winner.client.get('/api/draw-intents')).body.items;
    expect((await winner.client.get(`/api/appointments/${mine.bookingId}`)).body.status).toBe('booked');
  });

  it('opens to everybody what is left, half an hour later', async () => {
    const person = people.find(Boolean)!;
    const free = `${HALL}|${DATE}|1400|public`;
    const book = () =>
      createCitizen(api).then(({ client }) =>
        client.post('/api/appointments', { id: newBookingId(), slotId: free, service: 'transfer' }),
      );
    expect((await book()).body.error.code).toBe('appointments.not_released');
    await at('2026-10-12T10:00:00');
    expect((await book()).status).toBe(201);
    expect(person.account.kind).toBe('citizen');
  });

  it('leaves nobody waiting who came while the list was written down', async () => {
    const day = '2026-10-22';
    const lost = async () =>
      (await people[3]!.client.get('/api/notifications')).body.items.filter(
        ({ title }: Json) => title === '摇号没有摇中',
      ).length;
    const before = await lost();
    const draw22 = `${HALL}|${day}`;
    await makeDraws(api.p);
    const enterThen = (person: TestPerson) =>
      person.client.post(`/api/offices/${HALL}/draws/${day}/intents`, {
        id: newBookingId(),
        service: 'mortgage',
        windows: [`${draw22}|0900|public`],
      });
    expect((await enterThen(people[2]!)).status).toBe(201);

    // The list is closed between the look at the draw and the writing of the intent.
    const collection = drawIntents(api.p).collection;
    const insertOne = collection.insertOne.bind(collection);
    collection.insertOne = (async (document: never) => {
      await draws(api.p).collection.updateOne({ _id: draw22 as never }, { $set: { state: 'frozen' } });
      return insertOne(document);
    }) as never;
    const late = await enterThen(people[3]!).finally(() => (collection.insertOne = insertOne as never));
    expect([late.status, late.body.error?.code]).toEqual([409, 'appointments.draw_closed']);
    expect(await drawIntents(api.p).countDocuments({ draw: draw22 })).toBe(1);

    // Written between the reading of the intents and the writing of the list: seen by nobody until the end.
    await draws(api.p).collection.updateOne({ _id: draw22 as never }, { $set: { state: 'collecting' } });
    const [known] = await collection.find({ draw: draw22 as never }).toArray();
    await at('2026-10-13T09:30:06');
    await runDraws(api.p);
    const account = people[3]!.account;
    const missed = {
      ...known!,
      _id: newBookingId(),
      p: 'late',
      accountId: account.id,
      state: 'waiting',
      slotId: null,
    };
    await collection.insertOne(missed as never);
    await draws(api.p).collection.updateOne({ _id: draw22 as never }, { $set: { state: 'drawn' } });
    await runDraws(api.p);
    await api.settle();
    expect((await collection.findOne({ _id: missed._id as never }))?.state).toBe('lost');
    expect(await lost()).toBe(before + 1);
  });
});
