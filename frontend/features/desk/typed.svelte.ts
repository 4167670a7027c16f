import type { Act, CaseForClerk } from '../../../backend/modules/applications/contract.ts';
import { getSession } from '../../app/context.ts';

/**
 * What a clerk types into a decision. Kept in the tab until the decision is made, so that Esc, a look at the papers or a
 * reload loses nothing. Made while a component is set up; what is typed is kept as it is typed.
 */
export class Typed<T extends object> {
  value = $state() as T;
  readonly #name: string;
  #decided = false;

  /** `first`: what stands there before anything is typed; a kept value goes before it, key by key. */
  constructor(of: Pick<CaseForClerk, 'id' | 'step'>, act: Act, first: T) {
    this.#name = `typed-${of.id}-${of.step ?? ''}-${act}-${getSession().me?.id ?? ''}`;
    this.value = { ...first, ...this.#kept() };
    $effect(() => {
      const text = JSON.stringify(this.value);
      if (!this.#decided) this.#store(text);
    });
  }

  /** The decision was made. */
  forget(): void {
    this.#decided = true;
    this.#store(null);
  }

  #kept(): Partial<T> {
    try {
      return JSON.parse(sessionStorage.getItem(this.#name) ?? '{}') as Partial<T>;
    } catch {
      return {};
    }
  }

  #store(text: string | null): void {
    try {
      if (text === null) sessionStorage.removeItem(this.#name);
      else sessionStorage.setItem(this.#name, text);
    } catch {
      // Without storage it lasts as long as the dialog.
    }
  }
}
