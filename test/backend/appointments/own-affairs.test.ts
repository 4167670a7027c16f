import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookings } from '../../../backend/modules/appointments/booking.model.ts';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, createStaff, type TestPerson } from '../../support/people.ts';
import { newBookingId } from './hall.ts';

/** 回避: a clerk is a citizen too, and no clerk of the own appointments. Over HTTP; it is Friday 2026-10-09 10:30. */
let api: TestApi;
const HALL = 'liaocheng-centre';
let clerk: TestPerson;
let colleague: TestPerson;
/** The clerk's own account as a citizen. */
let herself: TestPerson;
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  herself = await createCitizen(api);
  const { idNumber, name } = herself.account;
  clerk = await createStaff(api, { roles: ['acceptance'], officeId: HALL, idNumber, name });
  colleague = await createStaff(api, { roles: ['acceptance'], officeId: HALL });
});
afterAll(() => api.close());

const book = async (window: string, service = 'transfer') => {
  const slotId = `${HALL}|${window}|public`;
  const made = await herself.client.post('/api/appointments', { id: newBookingId(), slotId, service });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
};
const refused = (answer: { status: number; body: { error: { code: string } } }) =>
  expect([answer.status, answer.body.error?.code]).toEqual([403, 'appointments.own_booking']);

describe('a clerk', () => {
  it('does not book for herself, from any pool; a colleague does', async () => {
    const { idNumber, name } = herself.account;
    const order = (pool: string) => ({
      id: newBookingId(),
      slotId: `${HALL}|2026-10-13|0900|${pool}`,
      service: 'transfer',
      idNumber,
      name,
    });
    for (const pool of ['staff', 'phone', 'public'])
      refused(await clerk.client.post('/api/appointments/for-others', order(pool)));
    const made = await colleague.client.post('/api/appointments/for-others', order('staff'));
    expect(made.status).toBe(201);
    expect((await herself.client.post(`/api/appointments/${made.body.id}/cancel`)).status).toBe(200);
  });

  it('does not cancel her own in the name of the office, not even before the booking is known everywhere', async () => {
    const { id } = await book('2026-10-13|0930', 'rename');
    await api.settle();
    await bookings(api.p).collection.deleteOne({ _id: id as never });
    const cancel = (by: TestPerson) =>
      by.client.post(`/api/appointments/${id}/cancel-for`, { byOffice: true });
    refused(await cancel(clerk));
    expect((await cancel(colleague)).body.status).toBe('withdrawnByOffice');
  });

  it('does not check herself in at reception; on her own phone she does, and a colleague confirms her priority', async () => {
    const { id, no, checkInCode: code } = await book('2026-10-09|1100', 'mortgage');
    await api.settle();
    const { idNumber } = herself.account;
    for (const shown of [{ code }, { no }, { idNumber }])
      refused(await clerk.client.post(`/api/offices/${HALL}/check-in`, { ...shown, priority: 'pregnant' }));
    const ticket = await herself.client.post(`/api/appointments/${id}/check-in`, { priority: 'pregnant' });
    expect([ticket.status, ticket.body.priority]).toEqual([200, 'none']);
    const confirm = (by: TestPerson) =>
      by.client.post(`/api/offices/${HALL}/priority`, { no: ticket.body.no, priority: 'pregnant' });
    refused(await confirm(clerk));
    expect((await confirm(colleague)).body.priority).toBe('pregnant');
  });
});
