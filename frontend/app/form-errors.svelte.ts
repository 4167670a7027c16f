import { asFailure } from './api.ts';
import type { AppFailure } from './failure.ts';

export interface FieldError {
  id: string | null;
  message: string;
}

/**
 * The errors of one form: found here before sending, or sent back by the server with JSON pointers. `fields` maps a
 * pointer to the id of its control (`{'/idNumber': 'idNumber'}`); a pointer without a field goes on top of the list.
 */
export class FormErrors {
  list = $state.raw<readonly FieldError[]>([]);
  /** Counts tries, so that the summary takes the focus each time. */
  attempt = $state(0);
  requestId = $state<string | null>(null);
  readonly #fields: Readonly<Record<string, string>>;

  constructor(fields: Readonly<Record<string, string>> = {}) {
    this.#fields = fields;
  }

  /** The sentence for one control. */
  at(id: string): string | undefined {
    return this.list.find((error) => error.id === id)?.message;
  }

  clear(): void {
    this.list = [];
    this.requestId = null;
  }

  /** True when there is nothing to correct. `checks` in the order of the page: `[id, sentence or undefined]`. */
  check(checks: readonly (readonly [id: string, message: string | undefined])[]): boolean {
    this.requestId = null;
    this.list = checks.flatMap(([id, message]) => (message ? [{ id, message }] : []));
    if (this.list.length > 0) this.attempt += 1;
    return this.list.length === 0;
  }

  /** Shows what the server refused. Returns the failure, for codes that a page treats specially. */
  take(error: unknown): AppFailure {
    const failure = asFailure(error);
    const marked = failure.problems.map((problem) => ({
      id: this.#idOf(problem.pointer),
      message: problem.message,
    }));
    this.list = marked.length > 0 ? marked : [{ id: null, message: failure.message }];
    // A number to ask about is of use only where the sentence does not already say what to do.
    this.requestId = failure.status >= 500 ? failure.requestId : null;
    this.attempt += 1;
    return failure;
  }

  #idOf(pointer: string): string | null {
    const whole = this.#fields[pointer];
    if (whole) return whole;
    const last = pointer.slice(pointer.lastIndexOf('/') + 1);
    return document.getElementById(last) ? last : null;
  }
}
