import type { AddressHitView, AddressSearchView } from '../../../backend/modules/register/contract.ts';
import { api, asFailure } from '../../app/api.ts';
import type { AppFailure } from '../../app/failure.ts';

/** Longer than between two strokes, shorter than a person waits. */
const PAUSE_MS = 250;
const FEWEST = 2;

/**
 * What is typed of an address and what was found for it. Nothing is asked while an input method composes: what stands in the field then is
 * pinyin or half a word. An answer that comes after another was asked for is dropped.
 */
export class AddressSearch {
  text = $state('');
  found = $state.raw<AddressSearchView | null>(null);
  /** What `found` was found for. */
  foundFor = $state('');
  busy = $state(false);
  failure = $state.raw<AppFailure | null>(null);
  open = $state(false);
  /** Of the row that the keyboard stands on; -1 for none. */
  active = $state(-1);
  chosen = $state.raw<AddressHitView | null>(null);
  #composing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | null = null;

  get rows(): readonly AddressHitView[] {
    return this.open ? (this.found?.items ?? []) : [];
  }

  /** `composing`: the input method is at work, and will say when it has done. */
  typed(text: string, composing: boolean): void {
    this.text = text;
    this.#composing = composing;
    this.chosen = null;
    this.#forget();
    if (!composing) this.#timer = setTimeout(() => void this.search(), PAUSE_MS);
  }

  composed(text: string): void {
    this.typed(text, false);
  }

  /** At once, such as on Enter. */
  async search(): Promise<void> {
    this.#forget();
    const text = this.text.trim();
    if (this.#composing) return;
    if ([...text].length < FEWEST) {
      this.found = null;
      this.open = false;
      return;
    }
    const asked = new AbortController();
    this.#asked = asked;
    this.busy = true;
    this.failure = null;
    try {
      const found = await api.post<AddressSearchView>(
        '/api/register/address-searches',
        { text: [...text].slice(0, 100).join('') },
        { reads: true, signal: asked.signal },
      );
      if (asked.signal.aborted) return;
      this.found = found;
      this.foundFor = text;
      this.active = -1;
      this.open = true;
    } catch (error) {
      if (asked.signal.aborted) return;
      this.failure = asFailure(error);
      this.open = false;
    }
    this.busy = false;
  }

  /** Moves over the rows, around at both ends. */
  move(by: 1 | -1): void {
    this.reopen();
    const count = this.rows.length;
    if (count === 0) return;
    this.active = this.active < 0 ? (by > 0 ? 0 : count - 1) : (this.active + by + count) % count;
  }

  /** A unit ends the search; a building is taken into the field, for its door to be typed after it. */
  choose(row: AddressHitView): void {
    this.#forget();
    this.text = row.address;
    this.chosen = row.hit === null ? null : row;
    this.found = null;
    this.foundFor = row.hit === null ? row.address : '';
    this.close();
  }

  /** A building was taken, and nothing typed after it yet. */
  get wantsDoor(): boolean {
    return this.chosen === null && this.found === null && this.foundFor !== '' && this.text === this.foundFor;
  }

  /** What was found and closed is still good for what stands in the field. */
  reopen(): void {
    if (this.found && this.foundFor === this.text.trim()) this.open = true;
  }

  close(): void {
    this.open = false;
    this.active = -1;
  }

  /** Whatever was asked or was about to be. */
  #forget(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.#asked = null;
    this.busy = false;
  }
}
