export interface Toast {
  id: number;
  text: string;
}

/** Eight seconds are enough to read two sentences twice; a toast is never the only trace of what it says. */
const SHOWN_MS = 8_000;

/** Short polite messages at the edge of the screen. */
export class Toasts {
  items = $state<Toast[]>([]);
  #next = 1;

  show(text: string): void {
    const id = this.#next++;
    // Said again: it is shown longer, not twice. Beside the newest only the one before it: on a busy day they would cover the page.
    this.items = [...this.items.filter((toast) => toast.text !== text).slice(-1), { id, text }];
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.items = this.items.filter((toast) => toast.id !== id);
  }
}
