import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlots, settleDue } from '../../../backend/modules/appointments/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { newBookingId, wrongs } from './hall.ts';

/** Called, not there, and back later on the same day, over HTTP. */
let api: TestApi;
let clerk: TestPerson;
const HALL = 'liaocheng-centre';
const people: TestPerson[] = [];
const keep = (person: TestPerson) => (people.push(person), person);
const at = async (text: string) => {
  api.setNow(new Date(`${text}+08:00`));
  for (const person of people) person.client = await signInAs(api, person.account);
};
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  clerk = keep(await createStaff(api, { roles: ['acceptance'] }));
});
afterAll(() => api.close());

const post = async (path: string, body: object = {}): Promise<Json> => {
  const answer = await clerk.client.post(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const settle = async () => {
  await settleDue(api.p);
  await api.settle();
};
const book = async (person: TestPerson, slotId: string) => {
  const made = await person.client.post('/api/appointments', {
    id: newBookingId(),
    slotId,
    service: 'transfer',
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.body.id);
};
/** Booked, checked in, called, and not there; the window is over by then. */
const missedOn = async (day: string) => {
  await at('2026-10-09T10:30:00');
  const person = keep(await createCitizen(api));
  const id = await book(person, `${HALL}|${day}|0900|public`);
  await at(`${day}T08:50:00`);
  const ticket = (await person.client.post(`/api/appointments/${id}/check-in`, {})).body;
  await at(`${day}T09:20:00`);
  expect((await post(`/api/offices/${HALL}/call-next`, { desk: 1 })).ticket.id).toBe(ticket.id);
  await post(`/api/tickets/${ticket.id}/missed`, { desk: 1 });
  await at(`${day}T10:01:00`);
  await settle();
  return { person, id, ticketId: String(ticket.id) };
};
const outcomeOf = async ({ person, id }: { person: TestPerson; id: string }) => {
  const { status, appeal } = (await person.client.get(`/api/appointments/${id}`)).body;
  const { standing } = (await person.client.get('/api/appointments')).body;
  const projected = await api.p.database.connection.collection('bookings').findOne({ _id: id as never });
  const { items } = (await person.client.get('/api/notifications?limit=20')).body;
  return {
    status,
    appeal,
    noShows: standing.noShows,
    projected: projected?.status,
    told: items.filter(({ title }: Json) => title === '约了没来，记了一次').length,
  };
};
const SERVED = { status: 'served', appeal: 'none', noShows: 0, projected: 'served', told: 0 };

describe('who was called and not there', () => {
  it('is no no-show when they come back after their window was over and are served', async () => {
    const one = await missedOn('2026-10-12');
    expect(await outcomeOf(one)).toMatchObject({ noShows: 0, told: 0 });
    await post(`/api/tickets/${one.ticketId}/resume`);
    expect((await post(`/api/offices/${HALL}/call-next`, { desk: 1 })).ticket.id).toBe(one.ticketId);
    await post(`/api/tickets/${one.ticketId}/finish`, { desk: 1 });
    await settle();
    await settle();
    expect(await outcomeOf(one)).toEqual(SERVED);
    await at('2026-10-13T08:00:00');
    await settle();
    expect(await outcomeOf(one)).toEqual(SERVED);
    expect(await wrongs(api.p)).toEqual([]);
  });

  it('is one, and told so once, when the day ends without them', async () => {
    const one = await missedOn('2026-10-13');
    await at('2026-10-13T23:59:00');
    await settle();
    expect(await outcomeOf(one)).toMatchObject({ noShows: 0, told: 0 });
    await at('2026-10-14T00:00:00');
    await settle();
    await settle();
    expect(await outcomeOf(one)).toMatchObject({
      status: 'missed',
      projected: 'missed',
      noShows: 1,
      told: 1,
    });
  });

  it('can book again meanwhile, and keeps nobody of the same window waiting', async () => {
    await at('2026-10-09T10:30:00');
    const other = keep(await createCitizen(api));
    const absent = await book(other, `${HALL}|2026-10-14|0900|public`);
    const one = await missedOn('2026-10-14');
    // Nobody saw this one at all: nothing to wait for.
    expect(await outcomeOf({ person: other, id: absent })).toMatchObject({ status: 'missed', told: 1 });
    await book(one.person, `${HALL}|2026-10-15|0900|public`);
    expect(await wrongs(api.p)).toEqual([]);
  });

  it('is served as well where the mark of the return was cut off', async () => {
    const one = await missedOn('2026-10-15');
    const tickets = api.p.database.connection.collection('tickets');
    await tickets.updateOne({ _id: one.ticketId as never }, { $set: { state: 'finished' } });
    await settle();
    expect(await outcomeOf(one)).toEqual(SERVED);
  });
});
