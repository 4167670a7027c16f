/** What happens next, by minute; equal minutes in the order they were entered. A binary heap. */
export class Agenda<T> {
  readonly #heap: { minute: number; order: number; what: T }[] = [];
  #entered = 0;

  add(minute: number, what: T): void {
    const entry = { minute, order: this.#entered++, what };
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#before(entry, heap[above]!)) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = entry;
  }

  /** The next entry before `end`, taken out; null when there is none. */
  next(end: number): { minute: number; what: T } | null {
    const heap = this.#heap;
    const top = heap[0];
    if (!top || top.minute >= end) return null;
    const last = heap.pop()!;
    if (heap.length > 0) this.#sink(last);
    return top;
  }

  #sink(entry: { minute: number; order: number; what: T }): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && this.#before(heap[below + 1]!, heap[below]!)) below += 1;
      if (!this.#before(heap[below]!, entry)) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = entry;
  }

  #before(a: { minute: number; order: number }, b: { minute: number; order: number }): boolean {
    return a.minute < b.minute || (a.minute === b.minute && a.order < b.order);
  }
}
