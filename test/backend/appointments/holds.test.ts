import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { clearSlot } from '../../../backend/modules/appointments/clear-slot.ts';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { personKeyOf } from '../../../backend/modules/appointments/persons.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, type TestPerson } from '../../support/people.ts';
import { HALL, tryTake, wrongs } from './hall.ts';

let api: TestApi;
let person: TestPerson;
beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  person = await createCitizen(api);
});
afterAll(() => api.close());

/** `HOLD_ROUNDS=1000` for the long form. */
const ROUNDS = Number(process.env.HOLD_ROUNDS ?? 120);

describe('T11: a hold is confirmed or lapses', () => {
  it(`never both and never neither, to the millisecond, ${ROUNDS} times over HTTP`, async () => {
    const slot = `${HALL}|2026-10-14|0900|staff`;
    const key = personKeyOf(api.p, person.account.personIndex);
    const begin = api.p.time.now().getTime();
    const counts = { confirmed: 0, lapsed: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      api.setNow(new Date(begin));
      const until = new Date(begin + 60_000);
      const held = await tryTake(api.p, slot, { person: key, heldUntil: until });
      expect(held.ok).toBe(true);
      api.setNow(new Date(until.getTime() + (round % 3) - 1));
      // Which of the two is sent first changes from round to round as well.
      const confirm = () => person.client.post(`/api/appointments/${held.id}/confirm`);
      const clear = () => clearSlot(api.p, slot);
      const [answer, expired] =
        round % 2
          ? await Promise.all([confirm(), clear()])
          : await Promise.all([clear(), confirm()]).then(([seats, told]) => [told, seats] as const);
      const won = answer.status === 200;
      const seats = (await slotCollection(api.p).findOne({ _id: slot }))!.seats.map(({ b, s }) => [b, s]);
      expect([round, answer.body.error?.code ?? answer.body.status, expired.length, seats]).toEqual(
        won ? [round, 'booked', 0, [[held.id, 'C']]] : [round, 'appointments.hold_ended', expired.length, []],
      );
      counts[won ? 'confirmed' : 'lapsed'] += 1;
      // Late, but before it was cleared away: whoever clears next does.
      if (won)
        await cancelBooking(api.p, {
          id: held.id,
          person: null,
          actorId: null,
          byOffice: true,
          freeAtOnce: true,
        });
    }
    api.setNow(new Date(begin));
    expect(counts).toEqual({ confirmed: ROUNDS / 3, lapsed: (ROUNDS * 2) / 3 });
    expect(await wrongs(api.p)).toEqual([]);
  }, 300_000);
});
