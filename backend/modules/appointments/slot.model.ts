import { Schema } from 'mongoose';
import type { EncryptedField } from '../../platform/crypto/suite.ts';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Channel, ClosedReason, Leaving, Pool, SeatState } from './vocabulary.ts';

/** The other half of a move: the seat id and its window. */
export interface SeatLink {
  b: string;
  slot: string;
  at: Date;
}

/** One seat taken. Names are short because every claim writes them and every index entry repeats them. */
export interface Seat {
  /** Id of the seat: chosen by the client before its first try, so that it is the key of idempotency as well. */
  b: string;
  /** Id of the booking: the first seat's id, which stays through every move (改签). */
  r: string;
  /** Moves so far; also SEQUENCE of the calendar entry. */
  m: number;
  /** Whose seat: keyed HMAC of the ID number, never the number. */
  p: string;
  /** Keys that no other seat may have, see keys.ts. */
  k: string[];
  s: SeatState;
  /** Place in the order of this window's claims, 1, 2, 3 …; never given twice. */
  n: number;
  /** Seats of capacity that it takes: cases × weight of the service. */
  u: number;
  /** Cases (件) in one visit. */
  units: number;
  /** Code of the service, and of the business type where one was chosen. */
  sv: string;
  bt: string | null;
  /** 不动产单元号, where the booking names a unit. */
  unit: string | null;
  /** Account that is told; null where a clerk booked for somebody without one. */
  a: string | null;
  ch: Channel;
  at: Date;
  /** From when its holder's time to think again counts, where that is later than `at`: a move (no-show.ts), or a held seat confirmed. */
  since?: Date;
  /** The office moved it here, and its holder has not moved on since. */
  office?: true;
  /** Of a hold: the moment it ends. */
  x?: Date;
  /** A move is under way to there: the second tokens are lent. */
  lent?: SeatLink;
  /** Taken to replace that seat, not yet settled. */
  repl?: SeatLink;
  /** Moves that were called off: their ids are spent, so that one that was only slow cannot begin again. */
  dead?: string[];
  /** Name given to a clerk at booking, where there is no account: bound to `slots|<b>|name`. */
  who?: EncryptedField;
}

/** A seat that was given up: who looks for it, by its id, learns what became of it. */
export interface Tombstone extends Omit<Seat, 'k' | 'lent' | 'repl' | 'dead'> {
  why: Leaving;
  endedAt: Date;
  to?: SeatLink;
}

/** Somebody waiting for a seat of this window. One case each, so that any seat given up fits whoever is first. */
export interface Waiter {
  b: string;
  p: string;
  /** `w:<person>:<service>`: one place in line for a person and a service, over all windows. */
  w: string;
  /** Keys of the seat that will be offered. */
  k: string[];
  sv: string;
  bt: string | null;
  unit: string | null;
  a: string;
  at: Date;
}

/** A seat given up that nobody may claim yet (号池): whoever sells it cannot name the moment it comes back. */
export interface CoolSeat {
  at: Date;
  u: number;
}

/**
 * One window of time of one pool: capacity and everybody in it, in one document, so that one write decides. Sums are stored
 * and a validator holds them to the arrays.
 */
export interface SlotDocument {
  /** `hall|YYYY-MM-DD|HHMM|pool`, in the hall's own time: no zone arithmetic in keys. */
  _id: string;
  hall: string;
  date: string;
  pool: Pool;
  startAt: Date;
  endAt: Date;
  /** 放号: before this nobody claims. */
  opensAt: Date;
  open: boolean;
  closedWhy: ClosedReason | null;
  /** It is over: every seat is served or missed, their keys given back. */
  settled: boolean;
  /** Version of the hall's schedule that gave the capacity. */
  schedule: number;
  cap: number;
  used: number;
  rem: number;
  seq: number;
  ver: number;
  seats: Seat[];
  cool: CoolSeat[];
  wait: Waiter[];
  out: Tombstone[];
  outbox?: OutboxEvent[];
}

const mixed = Schema.Types.Mixed;

export const slots = defineModel<SlotDocument>({
  collection: 'slots',
  outbox: true,
  fields: {
    _id: String,
    hall: String,
    date: String,
    pool: String,
    startAt: Date,
    endAt: Date,
    opensAt: Date,
    open: Boolean,
    closedWhy: String,
    settled: Boolean,
    schedule: Number,
    cap: Number,
    used: Number,
    rem: Number,
    seq: Number,
    ver: Number,
    seats: [mixed],
    cool: [mixed],
    wait: [mixed],
    out: [mixed],
  } as never,
  indexes: [
    {
      key: { 'seats.k': 1 },
      options: { name: 'seat-keys', unique: true, partialFilterExpression: { used: { $gt: 0 } } },
      because:
        'one active booking for a person and service, at most M for a person, one for a unit, one seat for an id. It does not see a key twice inside one window: every claim filters by its keys as well',
    },
    {
      key: { 'wait.w': 1 },
      options: { name: 'one-wait', unique: true, partialFilterExpression: { 'wait.0': { $exists: true } } },
      because: 'one place in line for a person and service, over all windows',
    },
    { key: { 'seats.r': 1 }, options: { name: 'seat' }, because: 'the window of a booking' },
    { key: { 'seats.p': 1 }, options: { name: 'person' }, because: 'my bookings' },
    { key: { 'wait.p': 1 }, options: { name: 'waiting-person' }, because: 'my places in line' },
    { key: { 'wait.b': 1 }, options: { name: 'waiting' }, because: 'the window of a place in line' },
    { key: { 'out.r': 1 }, options: { name: 'gone' }, because: 'what became of a seat given up' },
    { key: { hall: 1, date: 1, pool: 1 }, options: { name: 'hall-day' }, because: 'availability of a hall' },
    {
      // Nothing that a claim changes: it costs a claim no write.
      key: { hall: 1, date: 1, startAt: 1, closedWhy: 1, cap: 1 },
      options: { name: 'statistics' },
      because: 'seats offered over days are counted from this index alone, see statistics/count.ts',
    },
    {
      key: { endAt: 1 },
      options: { name: 'to-settle', partialFilterExpression: { settled: false } },
      because: 'windows that are over and not settled',
    },
    {
      key: { 'seats.x': 1 },
      options: { name: 'holds', sparse: true },
      because: 'holds that have run out, for those who wait in line',
    },
    {
      key: { 'seats.lent.at': 1 },
      options: { name: 'lent', sparse: true },
      because: 'moves cut off before they were decided',
    },
    {
      key: { 'seats.repl.at': 1 },
      options: { name: 'replacing', sparse: true },
      because: 'moves cut off after they were decided',
    },
    {
      key: { 'out.to.at': 1 },
      options: { name: 'moved-away', sparse: true },
      because: 'tombstones of moves, which stay until the move is settled',
    },
  ],
  // The second fence, against any client of the database. It must be given at creation: the engine has no collMod.
  validator: {
    $expr: {
      $and: [
        { $eq: ['$used', { $sum: '$seats.u' }] },
        { $eq: ['$cap', { $add: ['$rem', '$used', { $sum: '$cool.u' }] }] },
        { $gte: ['$rem', 0] },
        { $lte: ['$used', '$cap'] },
      ],
    },
  },
});
