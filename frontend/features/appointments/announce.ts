import type { ScreenView } from '../../../backend/modules/appointments/contract.ts';

type Call = ScreenView['called'][number];

const keyOf = ({ no, desk, calls }: Call): string => `${no}|${desk}|${calls}`;

/**
 * Which calls have not been spoken yet, oldest first. `calls` rises with every call and recall, so that each is spoken once; what
 * was already there when the screen was switched on is not.
 */
export class Announcer {
  #known: Set<string> | null = null;

  next(called: readonly Call[]): Call[] {
    const before = this.#known;
    this.#known = new Set(called.map(keyOf));
    if (!before) return [];
    return called
      .filter((call) => !before.has(keyOf(call)))
      .sort((a, b) => (a.calledAt < b.calledAt ? -1 : 1));
  }
}
