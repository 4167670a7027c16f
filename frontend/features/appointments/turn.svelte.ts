import type {
  BookingView,
  ClaimInput,
  WaitingRoomView,
} from '../../../backend/modules/appointments/contract.ts';
import { api } from '../../app/api.ts';

/**
 * 放号时排队: a claim that is told to wait is sent again by itself under the same booking id, with the ticket of its place. Claim and ticket
 * are kept in the tab, so that a reload goes on waiting at the same place.
 */
const KEY = 'booking-turn ';
/** However soon the server says: a lost answer must not become a loop without rest. */
const LEAST_MS = 200;

interface Kept {
  body: ClaimInput;
}

/** The claim that waits under this intention; null where none does. */
export function keptTurn(intention: string): ClaimInput | null {
  try {
    const text = sessionStorage.getItem(KEY + intention);
    return text === null ? null : (JSON.parse(text) as Kept).body;
  } catch {
    return null;
  }
}

function keep(intention: string, body: ClaimInput | null): void {
  try {
    if (body) sessionStorage.setItem(KEY + intention, JSON.stringify({ body } satisfies Kept));
    else sessionStorage.removeItem(KEY + intention);
  } catch {
    // Without storage a reload asks for a new place.
  }
}

export class Turn {
  /** About so many go first; null: not waiting. */
  ahead = $state<number | null>(null);
  #over = false;

  /** Stops asking. The place stays kept for a while, for who comes back. */
  leave = (): void => {
    this.#over = true;
    this.ahead = null;
  };

  /** Sends until there is an answer; null when it was left before. Throws what the API throws. */
  async claim(intention: string, first: ClaimInput): Promise<BookingView | null> {
    this.#over = false;
    let body = keptTurn(intention) ?? first;
    try {
      for (;;) {
        const answer = await api.post<BookingView | WaitingRoomView>('/api/appointments', body, {
          repeatable: true,
        });
        if (!('waitingRoom' in answer)) {
          keep(intention, null);
          return answer;
        }
        if (this.#over) return null;
        const { ticket, ahead, retryAfterMs } = answer.waitingRoom;
        body = { ...body, ticket };
        keep(intention, body);
        this.ahead = ahead;
        await new Promise((resolve) => setTimeout(resolve, Math.max(LEAST_MS, retryAfterMs)));
        if (this.#over) return null;
      }
    } catch (error) {
      keep(intention, null);
      throw error;
    } finally {
      this.ahead = null;
    }
  }
}
