import { afterEach, describe, expect, it } from 'vitest';
import { loadDemoAccounts } from '../../../seeds/demo/accounts.ts';
import { loadDemoAppointments } from '../../../seeds/demo/appointments.ts';
import { bookings } from '../../../backend/modules/appointments/booking.model.ts';
import { tickets } from '../../../backend/modules/appointments/ticket.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';

let api: TestApi;
afterEach(() => api.close());

const counts = async () => {
  await api.settle();
  return {
    bookings: await bookings(api.p).countDocuments({}),
    tickets: await tickets(api.p).countDocuments({ state: 'waiting' }),
  };
};

describe('the demo appointments', () => {
  it('fill the coming days and, while the hall is open, the line; and are not made twice', async () => {
    api = await startApi();
    await loadDemoAccounts(api.p);
    expect(await loadDemoAppointments(api.p)).toEqual({ bookings: 11, tickets: 5 });
    expect(await counts()).toEqual({ bookings: 11, tickets: 5 });
    await loadDemoAppointments(api.p);
    expect(await counts()).toEqual({ bookings: 11, tickets: 5 });
  });

  it('leave nobody standing in a closed hall', async () => {
    api = await startApi({ now: new Date('2026-10-11T10:30:00+08:00') });
    await loadDemoAccounts(api.p);
    expect(await loadDemoAppointments(api.p)).toEqual({ bookings: 11, tickets: 0 });
  });
});
