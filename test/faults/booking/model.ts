/**
 * T25: the windows as a model in memory, beside the real thing. A step is tried on both. A refusal must give a reason that is true in
 * the model, a success is allowed only where the model knows of none, and after each step both must hold the same seats, in the
 * same states, with the same places in line and the same number of free seats.
 */

export interface ModelSeat {
  /** The booking. */
  r: string;
  person: number;
  service: number;
  place: number;
  s: 'H' | 'C' | 'A' | 'D' | 'N';
  /** End of a hold, milliseconds. */
  x: number | null;
}

interface ModelWaiter {
  b: string;
  person: number;
  service: number;
  place: number;
}

export interface ModelWindow {
  id: string;
  start: number;
  end: number;
  cap: number;
  open: boolean;
  settled: boolean;
  seats: ModelSeat[];
  cool: number[];
  wait: ModelWaiter[];
}

const MINUTE = 60_000;

export interface ModelRules {
  most: number;
  coolMinutes: number;
  offerMinutes: number;
}

export class Model {
  now: number;
  readonly windows: ModelWindow[];
  readonly rules: ModelRules;

  constructor(now: number, windows: ModelWindow[], rules: ModelRules) {
    this.now = now;
    this.windows = windows;
    this.rules = rules;
  }

  /** Seats that could be claimed now, what is ripe in the cool pool included. */
  free(window: ModelWindow): number {
    return window.cap - window.seats.length - window.cool.filter((at) => at > this.now).length;
  }

  private active(seat: ModelSeat): boolean {
    return seat.s === 'C' || seat.s === 'A' || (seat.s === 'H' && seat.x! > this.now);
  }

  /** Seats whose keys are not given back: of windows that are over only until somebody runs into them. */
  heldBy(person: number): { window: ModelWindow; seat: ModelSeat }[] {
    return this.windows
      .filter(({ end }) => end > this.now)
      .flatMap((window) => window.seats.map((seat) => ({ window, seat })))
      .filter(({ seat }) => seat.person === person && this.active(seat));
  }

  freePlace(person: number): number | null {
    const taken = new Set(this.heldBy(person).map(({ seat }) => seat.place));
    return (
      Array.from({ length: this.rules.most }, (_, place) => place).find((place) => !taken.has(place)) ?? null
    );
  }

  /** Every reason there is to refuse a window. */
  private windowReasons(window: ModelWindow): string[] {
    const reasons: string[] = [];
    if (window.start <= this.now) reasons.push('appointments.past');
    if (!window.open) reasons.push('appointments.window_closed');
    if (this.free(window) < 1 || window.wait.length > 0) reasons.push('appointments.full');
    return reasons;
  }

  claimReasons(window: ModelWindow, person: number, service: number): string[] {
    const reasons = this.windowReasons(window);
    if (this.heldBy(person).some(({ seat }) => seat.service === service))
      reasons.push('appointments.already_booked');
    if (this.freePlace(person) === null) reasons.push('appointments.too_many');
    return reasons;
  }

  claim(window: ModelWindow, seat: Omit<ModelSeat, 'place'>): void {
    this.ripen(window);
    window.seats.push({ ...seat, place: this.freePlace(seat.person)! });
  }

  moveReasons(from: ModelWindow, to: ModelWindow, seat: ModelSeat): string[] {
    if (seat.s !== 'C') return ['appointments.already_gone'];
    if (from.start <= this.now) return ['appointments.begun'];
    return from === to ? ['appointments.same_window'] : this.windowReasons(to);
  }

  move(from: ModelWindow, to: ModelWindow, seat: ModelSeat): void {
    this.ripen(to);
    to.seats.push({ ...seat });
    this.giveUp(from, seat);
  }

  waitReasons(window: ModelWindow, person: number, service: number): string[] {
    const reasons: string[] = [];
    if (this.heldBy(person).some(({ seat }) => seat.service === service))
      reasons.push('appointments.already_booked');
    if (this.freePlace(person) === null) reasons.push('appointments.too_many');
    if (this.windows.some(({ wait }) => wait.some((one) => one.person === person && one.service === service)))
      reasons.push('appointments.already_waiting');
    const isFull = window.wait.length > 0 || this.free(window) < 1;
    if (!isFull || !window.open || window.start <= this.now) reasons.push('appointments.not_waitable');
    return reasons;
  }

  join(window: ModelWindow, b: string, person: number, service: number): void {
    window.wait.push({ b, person, service, place: this.freePlace(person)! });
  }

  /** A seat leaves; its capacity goes to the line or into the cool pool. */
  giveUp(window: ModelWindow, seat: ModelSeat): void {
    // What has run out or is ripe by then is cleared away with it, and free like before.
    window.seats = window.seats.filter(({ r, s, x }) => r !== seat.r && (s !== 'H' || x! > this.now));
    this.ripen(window);
    const before = window.cap - window.seats.length - window.cool.length - 1;
    this.offer(window);
    const left = window.cap - window.seats.length - window.cool.length - before;
    const wait = Math.min(this.rules.coolMinutes * MINUTE, Math.max(0, (window.start - this.now) / 2));
    for (let n = 0; n < left; n += 1) window.cool.push(this.now + wait);
  }

  ripen(window: ModelWindow): void {
    window.cool = window.cool.filter((at) => at > this.now);
  }

  /** Free seats go to who waits; who cannot take one is sent away. */
  offer(window: ModelWindow): void {
    if (!window.open || window.start <= this.now) return;
    for (;;) {
      const free = window.cap - window.seats.length - window.cool.length;
      const [first] = window.wait;
      if (free < 1 || !first) return;
      window.wait = window.wait.slice(1);
      const held = this.heldBy(first.person).map(({ seat }) => seat);
      if (held.some(({ service }) => service === first.service)) continue;
      // The place that was free when they joined, or another that is.
      const isFree = (place: number) => !held.some((seat) => seat.place === place);
      const place = isFree(first.place) ? first.place : this.freePlace(first.person);
      if (place === null) continue;
      const until = Math.min(this.now + this.rules.offerMinutes * MINUTE, window.start);
      window.seats.push({
        r: first.b,
        person: first.person,
        service: first.service,
        place,
        s: 'H',
        x: until,
      });
    }
  }

  /** What the job does after time has passed: holds lapse everywhere; lines are served. */
  passOn(): void {
    for (const window of this.windows) {
      const lapsed = window.seats.some(({ s, x }) => s === 'H' && x! <= this.now);
      const serves = window.wait.length > 0 && window.start > this.now;
      if (!lapsed && !serves) continue;
      window.seats = window.seats.filter(({ s, x }) => s !== 'H' || x! > this.now);
      this.ripen(window);
      this.offer(window);
    }
  }

  settle(): void {
    for (const window of this.windows) this.settleWindow(window);
  }

  /** By the job, or by whoever runs into a key of a window that is over. */
  settleWindow(window: ModelWindow): void {
    if (!window.settled && window.end <= this.now) {
      window.seats = window.seats
        .filter(({ s }) => s !== 'H')
        .map((seat) => ({ ...seat, s: seat.s === 'A' ? 'D' : 'N' }));
      window.wait = [];
      window.open = false;
      window.settled = true;
    }
  }
}
