import { Type, type Static } from 'typebox';

/** Wire shapes of the rush (放号): a claim that cannot be worked on at once is told its place instead. */

/** Given back with the same booking id. Says when the claim first came, and is signed; nothing in it is about a person. */
export const TurnTicket = Type.String({ pattern: '^[0-9a-z]{8,10}\\.[A-Za-z0-9_-]{43}$' });

/** Answer 202: not booked yet and not refused. */
export const WaitingRoomView = Type.Object({
  waitingRoom: Type.Object({
    ticket: TurnTicket,
    /** About so many claims go first. */
    ahead: Type.Integer({ minimum: 0 }),
    /** Send the same claim again after so many milliseconds. */
    retryAfterMs: Type.Integer({ minimum: 0, maximum: 60_000 }),
  }),
});
export type WaitingRoomView = Static<typeof WaitingRoomView>;
