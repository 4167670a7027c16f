import { LRUCache } from 'lru-cache';
import type { Platform } from '../../platform/platform.ts';
import { WaitingLine, type LineLimits } from '../../platform/waiting-line.ts';
import type { WaitingRoomView } from './contract.ts';
import { MOST_OF_ADDRESS } from './attempts.ts';

/**
 * 放号候场: at the rush, claims beyond what the process answers promptly get a place by their first coming, and come again by themselves.
 *
 * A place is a ticket, `<first came>.<HMAC>`, bound to person, booking and window. The line itself is in memory: each process has its own,
 * and each puts whoever comes by the time in the ticket. So who came first goes first in every process, a reload keeps the place, and after
 * a restart those who come back stand before everybody new, in their old order; who had not been answered yet has no ticket and is new.
 */

export interface RushLimits extends LineLimits {
  /** Claims from one address in ten seconds. */
  mostOfAddress: number;
}

/** 256 claims are some eight batches of one window: under a quarter of a second of work for one process on two shared cores. */
const LIMITS: RushLimits = {
  mostInFlight: 256,
  mostHeld: 256,
  holdMs: 800,
  graceMs: 3_000,
  mostOfAddress: MOST_OF_ADDRESS,
};

/** A ticket is worth its place for so long. A rush is over in minutes; an old ticket must not pass the people of another. */
const TICKET_MS = 10 * 60_000;

interface Room {
  limits: RushLimits;
  line: WaitingLine;
  /** Tickets that were let in: a place is used once. */
  used: LRUCache<string, true>;
}

const rooms = new WeakMap<object, Room>();

/** The room of the process for a database; a test gives narrower limits before the first claim. */
export function openRoom(p: Platform, limits: Partial<RushLimits> = {}): Room {
  const all = { ...LIMITS, ...limits };
  const room: Room = {
    limits: all,
    line: new WaitingLine(all),
    used: new LRUCache({ max: 50_000, ttl: TICKET_MS }),
  };
  rooms.set(p.database, room);
  return room;
}
export const roomOf = (p: Platform): Room => rooms.get(p.database) ?? openRoom(p);

export interface Turn {
  person: string;
  id: string;
  slotId: string;
  ticket: string | undefined;
}

const sign = (p: Platform, { person, id, slotId }: Turn, since: string): string =>
  `${since}.${p.crypto.mac('waiting-room', [since, person, id, slotId].join('|'))}`;

/** When a claim first came, by its ticket; null for one without, or whose ticket is another's, spent or too old. */
export function readTicket(p: Platform, turn: Turn): number | null {
  const { ticket } = turn;
  const since = ticket?.split('.')[0] ?? '';
  if (ticket === undefined || ticket !== sign(p, turn, since) || roomOf(p).used.has(ticket)) return null;
  const at = Number.parseInt(since, 36);
  const age = p.time.now().getTime() - at;
  return age >= 0 && age <= TICKET_MS ? at : null;
}

/**
 * Does the work when its turn has come, or answers with the place. A person has one place, however many claims they send. The work is not
 * begun for who is told to wait, so that the same claim sent again is the first.
 */
export async function inTurn<T>(
  p: Platform,
  turn: Turn,
  since: number | null,
  work: () => Promise<T>,
): Promise<T | WaitingRoomView> {
  const { line, used } = roomOf(p);
  const first = since ?? p.time.now().getTime();
  const admission = await line.enter({ key: turn.person, since: first });
  if (admission.kind === 'waiting') {
    const { ahead, retryAfterMs } = admission;
    return { waitingRoom: { ticket: sign(p, turn, first.toString(36)), ahead, retryAfterMs } };
  }
  if (turn.ticket !== undefined) used.set(turn.ticket, true);
  try {
    return await work();
  } finally {
    admission.leave();
  }
}
