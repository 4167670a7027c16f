import type { KioskTicket, KioskView, WalkInInput } from '../../../backend/modules/appointments/contract.ts';
import { api, asFailure } from '../../app/api.ts';
import type { AppFailure } from '../../app/failure.ts';
import { newBookingId } from './booking-id.ts';
import type { Priority } from './booking-words.ts';
import { readCheckIn } from './check-in-text.ts';

export type KioskStep = 'home' | 'number' | 'service' | 'priority' | 'ticket';

/** Nobody in particular stands before a machine: no session is shown the way to, and none is meant. */
const MACHINE = { quiet: true, anyAccount: true } as const;

/** One visit at a machine after another: what was typed, where the visitor is, and the ticket; nothing is left for the next. */
export class KioskVisit {
  machine = $state.raw<KioskView | null>(null);
  /** Why the machine cannot be used; `appointments.kiosk_off` until it is paired. */
  off = $state.raw<AppFailure | null>(null);
  step = $state<KioskStep>('home');
  text = $state('');
  service = $state('');
  /** Nothing that can be read was typed; counts tries, so that it is said each time. */
  unclear = $state(0);
  failure = $state.raw<AppFailure | null>(null);
  busy = $state(false);
  issued = $state.raw<KioskTicket | null>(null);
  /** Of the next walk-in ticket: kept over a lost answer, so that one visitor gets one number. */
  #walkInId = newBookingId();

  async start(): Promise<void> {
    try {
      this.machine = await api.get<KioskView>('/api/kiosk', MACHINE);
      this.off = null;
    } catch (error) {
      this.off = asFailure(error);
    }
  }

  async pair(code: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      this.machine = await api.post<KioskView>('/api/kiosk/pair', { code }, MACHINE);
      this.off = null;
    } catch (error) {
      this.failure = asFailure(error);
    }
    this.busy = false;
  }

  go(step: KioskStep): void {
    this.step = step;
    this.failure = null;
    this.unclear = 0;
  }

  /** From the number to the next question, when it can be read at all. */
  number(): void {
    if (readCheckIn(this.text)) {
      this.service = '';
      this.go('priority');
    } else {
      this.failure = null;
      this.unclear += 1;
    }
  }

  choose(service: string): void {
    this.service = service;
    this.go('priority');
  }

  async take(priority: Priority): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    const walkIn: WalkInInput = { id: this.#walkInId, service: this.service, priority };
    const options = { ...MACHINE, repeatable: true };
    try {
      this.issued = this.service
        ? await api.post<KioskTicket>('/api/kiosk/tickets', walkIn, options)
        : await api.post<KioskTicket>(
            '/api/kiosk/check-in',
            { ...readCheckIn(this.text), priority },
            options,
          );
      this.step = 'ticket';
    } catch (error) {
      const failure = asFailure(error);
      // What was typed stands where it can be corrected.
      this.step = this.service ? 'service' : 'number';
      this.failure = failure;
      if (failure.code === 'appointments.kiosk_off') {
        this.machine = null;
        this.off = failure;
      }
    }
    this.busy = false;
  }

  reset(): void {
    this.text = '';
    this.service = '';
    this.issued = null;
    this.#walkInId = newBookingId();
    this.go('home');
  }
}
