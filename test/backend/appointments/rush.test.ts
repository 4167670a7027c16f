import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { openRoom } from '../../../backend/modules/appointments/waiting-room.ts';
import { startApi, type TestApi, type TestApiOptions } from '../../support/api.ts';
import { createCitizen, type TestPerson } from '../../support/people.ts';
import { newBookingId } from './hall.ts';

/** 放号, over HTTP, with room for one claim at a time. It is Friday 2026-10-09 10:30. */
let api: TestApi;
const SLOT = 'liaocheng-centre|2026-10-12|0900|public';
const start = async (options: TestApiOptions = {}) => {
  api = await startApi(options);
  await generateSlots(api.p);
};

const order = (more: object = {}) => ({ id: newBookingId(), slotId: SLOT, service: 'transfer', ...more });
const claim = (person: TestPerson, body: object, headers: Record<string, string> = {}) =>
  person.client.post('/api/appointments', body, { headers });
/** Takes all the room until it is given back. */
const busy = async (room: ReturnType<typeof openRoom>) => {
  const admission = await room.line.enter({ key: 'somebody', since: 0 });
  if (admission.kind !== 'admitted') throw new Error('no room');
  return admission.leave;
};
const NARROW = { mostInFlight: 1, mostHeld: 0, holdMs: 10 };

describe('the waiting room', () => {
  beforeAll(() => start());
  afterAll(() => api.close());

  it('gives a place by a ticket without a word about the person, and books under the same id when it is the turn', async () => {
    const room = openRoom(api.p, NARROW);
    const [first, second] = [await createCitizen(api), await createCitizen(api)];
    const leave = await busy(room);
    const [one, two] = [order(), order()];
    const told = await claim(first, one);
    expect([told.status, told.body.waitingRoom.ahead]).toEqual([202, 0]);
    expect(told.body.waitingRoom.ticket).not.toContain(first.account.idNumber);
    api.advance(1_000);
    const behind = await claim(second, two);
    expect([behind.status, behind.body.waitingRoom.ahead]).toEqual([202, 1]);
    // A reload: the same claim, without its ticket.
    expect((await claim(first, one)).body.waitingRoom.ahead).toBe(0);
    expect(await api.p.database.connection.collection('bookings').countDocuments()).toBe(0);
    Object.assign(room.limits, { mostHeld: 1 });
    leave();
    // The second may not pass the first, who is expected back.
    expect((await claim(second, { ...two, ticket: behind.body.waitingRoom.ticket })).status).toBe(202);
    openRoom(api.p);
    const booked = await claim(first, { ...one, ticket: told.body.waitingRoom.ticket });
    expect([booked.status, booked.body.id]).toEqual([201, one.id]);
    const again = await claim(first, { ...one, ticket: told.body.waitingRoom.ticket });
    expect([again.status, again.body.id]).toEqual([201, one.id]);
    expect((await claim(second, { ...two, ticket: behind.body.waitingRoom.ticket })).status).toBe(201);
  });

  it('after a restart stands before everybody new, but not with the ticket of another, for another window, a changed or an old one', async () => {
    const leaveOld = await busy(openRoom(api.p, NARROW));
    const [early, late] = [await createCitizen(api), await createCitizen(api)];
    const body = order();
    const { ticket } = (await claim(early, body)).body.waitingRoom as { ticket: string };
    leaveOld();
    const placeOf = async (person: TestPerson, sent: object) => {
      const room = openRoom(api.p, NARROW);
      await busy(room);
      api.advance(1_000);
      await claim(late, order());
      api.advance(1_000);
      const answer = await claim(person, sent);
      expect(answer.status).toBe(202);
      return answer.body.waitingRoom.ahead as number;
    };
    expect(await placeOf(early, { ...body, ticket })).toBe(0);
    const third = await createCitizen(api);
    expect(await placeOf(third, { ...body, ticket }), 'of another').toBe(1);
    const elsewhere = { ...body, slotId: SLOT.replace('0900', '0930') };
    expect(await placeOf(early, { ...elsewhere, ticket }), 'for another window').toBe(1);
    const changed = ticket.replace(/^./, (c) => (c === '0' ? '1' : '0'));
    expect(await placeOf(early, { ...body, ticket: changed }), 'changed').toBe(1);
    api.advance(11 * 60_000);
    expect(await placeOf(early, { ...body, ticket }), 'old').toBe(1);
  });

  it('answers everybody in the end, each one booking, when more come than there is room for', async () => {
    openRoom(api.p, { mostInFlight: 1, mostHeld: 2, holdMs: 30 });
    const people = await Promise.all(Array.from({ length: 8 }, () => createCitizen(api)));
    let waited = 0;
    const ids = await Promise.all(
      people.map(async (person, n) => {
        const body = order({ slotId: SLOT.replace('0900', n % 2 ? '0930' : '1000') });
        let ticket: string | undefined;
        for (let turn = 0; turn < 50; turn += 1) {
          const answer = await claim(person, { ...body, ...(ticket ? { ticket } : {}) });
          if (answer.status !== 202) return [answer.status, answer.body.id, body.id];
          waited += 1;
          ({ ticket } = answer.body.waitingRoom as { ticket: string });
          const { retryAfterMs } = answer.body.waitingRoom as { retryAfterMs: number };
          await new Promise((resolve) => setTimeout(resolve, Math.min(retryAfterMs, 100)));
        }
        return ['never', null, body.id];
      }),
    );
    expect(waited).toBeGreaterThan(0);
    for (const [status, id, wanted] of ids) if (status === 201) expect(id).toBe(wanted);
    expect(ids.every(([status]) => status === 201 || status === 409)).toBe(true);
    expect(ids.filter(([status]) => status === 201).length).toBeGreaterThan(1);
  });

  it('without a trusted proxy nobody is believed who writes an address', async () => {
    openRoom(api.p, { mostOfAddress: 0 });
    const person = await createCitizen(api);
    const answer = await claim(person, order(), { 'X-Forwarded-For': '203.0.113.7' });
    expect(answer.status).not.toBe(429);
  });
});

describe('claims from one address', () => {
  beforeAll(() => start({ config: { trustProxy: true } }));
  afterAll(() => api.close());

  it('are limited by the address that the trusted proxy writes, whoever claims', async () => {
    openRoom(api.p, { mostOfAddress: 2 });
    const from = (address: string) => ({ 'X-Forwarded-For': address });
    const people = await Promise.all(Array.from({ length: 4 }, () => createCitizen(api)));
    const statuses: number[] = [];
    for (const person of people.slice(0, 3))
      statuses.push((await claim(person, order(), from('203.0.113.7'))).status);
    expect(statuses[2]).toBe(429);
    expect(statuses.slice(0, 2)).not.toContain(429);
    const told = await claim(people[2]!, order(), from('203.0.113.7'));
    expect(told.body.error.code).toBe('appointments.address_busy');
    expect((await claim(people[3]!, order(), from('203.0.113.8'))).status).not.toBe(429);
  });
});
