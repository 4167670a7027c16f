import type { HallList, HallView } from '../../../backend/modules/appointments/contract.ts';
import { api } from '../../app/api.ts';
import { Loaded } from '../../app/loaded.svelte.ts';
import type { Session } from '../../app/session.svelte.ts';

const KEY = 'work-hall';

/** The hall where a member of staff works today: their own, or for who belongs to none the one chosen on this device. */
export class OwnHall {
  readonly list = new Loaded<{ halls: HallView[] }>(async () => {
    const { items } = await api.get<HallList>('/api/booking-halls');
    return { halls: items };
  });
  chosen = $state(readKept());
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Whether there is a choice to make. */
  get free(): boolean {
    return (this.#session.me?.officeId ?? null) === null;
  }
  get id(): string {
    return this.#session.me?.officeId ?? this.chosen;
  }
  get hall(): HallView | undefined {
    return this.list.value?.halls.find(({ id }) => id === this.id);
  }

  choose(id: string): void {
    this.chosen = id;
    try {
      localStorage.setItem(KEY, id);
    } catch {
      // Chosen anew next time.
    }
  }
}

function readKept(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
