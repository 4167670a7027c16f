import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { issueTicket } from '../../../backend/modules/appointments/tickets.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, signInAs, stranger } from '../../support/people.ts';
import { createDraft, ok, openOffice, type Office } from '../applications/scenario.ts';
import { newBookingId } from '../appointments/hall.ts';

/** What somebody tried who meant no good. */
describe('a hostile visitor', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
    await generateSlots(office.api.p);
  });
  afterAll(() => office.close());

  it.each(['2099-01-01', '9999-12-31'])('gets no more days than there are, asking from %s', async (from) => {
    const { status, body } = await stranger(office.api).get(
      `/api/offices/liaocheng-centre/slots?service=transfer&from=${from}`,
    );
    expect([status, body.days.length]).toEqual([200, 1]);
    const reversed = await stranger(office.api).get(
      `/api/offices/liaocheng-centre/slots?service=transfer&from=2026-10-20&to=2026-10-12`,
    );
    expect(reversed.body.days.length).toBe(1);
  });

  it('learns from a draft neither where a unit is nor which there are', async () => {
    const home = await office.home();
    const nosy = await createCitizen(office.api);
    const units: Json[] = [];
    for (const code of [home.code, home.code.replace(/\d{4}$/, '9876')]) {
      const draft = await createDraft(nosy.client, 'ZY02', { unitCode: home.code });
      const path = `/api/applications/${draft.id}`;
      const saved = await ok(
        nosy.client.patch(path, { revision: draft.revision, answers: { unitCode: code } }),
      );
      const filing = await ok(nosy.client.get(`${path}/filing`));
      expect([saved.unit, filing.unit]).toEqual([null, null]);
      units.push(JSON.parse(filing.canonical).units.length);
    }
    expect(units[0]).toBe(units[1]);
  });

  it('who is a clerk decides nothing of the own appointments', async () => {
    const person = await createCitizen(office.api, { name: '白云' });
    const slotId = 'liaocheng-centre|2026-10-14|0930|public';
    const id = newBookingId();
    await ok(person.client.post('/api/appointments', { id, slotId, service: 'transfer' }), 201);
    await office.api.settle();
    const { name, idNumber } = person.account;
    const clerk = await createStaff(office.api, { name, idNumber, roles: ['sectionHead', 'acceptance'] });
    const own = await clerk.client.post(`/api/appointments/${id}/cancel-for`, { byOffice: true });
    expect([own.status, own.body.error.code]).toEqual([403, 'appointments.own_booking']);
    const colleague = await createStaff(office.api, { roles: ['acceptance'] });
    await ok(colleague.client.post(`/api/appointments/${id}/cancel-for`, { byOffice: true }));
  });

  it('takes no booking’s place in the line by drawing a ticket under its id', async () => {
    const hall = 'liaocheng-centre';
    const person = await createCitizen(office.api);
    const id = newBookingId();
    const order = { id, slotId: `${hall}|2026-10-14|1000|public`, service: 'transfer' };
    await ok(person.client.post('/api/appointments', order), 201);
    office.api.setNow(new Date('2026-10-14T09:50:00+08:00'));
    person.client = await signInAs(office.api, person.account);
    const walkIn = await issueTicket(office.api.p, {
      id,
      hall,
      service: 'transfer',
      priority: 'none',
      booked: null,
    });
    const ticket = await ok(person.client.post(`/api/appointments/${id}/check-in`, {}));
    expect([ticket.state, ticket.id === walkIn._id]).toEqual(['waiting', false]);
    const again = await ok(person.client.post(`/api/appointments/${id}/check-in`, {}));
    expect(again.id).toBe(ticket.id);
  });
});
