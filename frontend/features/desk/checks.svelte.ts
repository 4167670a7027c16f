import type { CaseForClerk } from '../../../backend/modules/applications/contract.ts';
import { markDifferences } from './differences.ts';

type Row = CaseForClerk['checklist'][number];
export type Result = NonNullable<Row['result']>;

/** “是” or “无” on both sides proves nothing; names with numbers, codes and addresses do. */
const SHORTEST_COMPARED = 6;

interface Kept {
  result: Result | null;
  note: string;
}

/** What a clerk has checked so far on a case. Kept in the tab, so that a reload or a look elsewhere loses nothing. */
export class Checks {
  rows = $state.raw<readonly Row[]>([]);
  current = $state(0);
  #kept = $state<Record<string, Kept>>({});
  readonly #name: string;

  /** Another clerk at the same screen judges anew, and so does everybody once the applicants have changed the filing. */
  constructor({ id, step, filingHash }: Pick<CaseForClerk, 'id' | 'step' | 'filingHash'>, accountId: string) {
    this.#name = `checks-${id}-${step ?? ''}-${filingHash ?? ''}-${accountId}`;
    try {
      this.#kept = JSON.parse(sessionStorage.getItem(this.#name) ?? '{}') as Record<string, Kept>;
    } catch {
      this.#kept = {};
    }
  }

  take(rows: readonly Row[]): void {
    this.rows = rows;
    const first = rows.findIndex((row) => this.resultOf(row.key) === null);
    this.current = Math.max(first, 0);
  }

  resultOf(key: string): Result | null {
    return this.#kept[key]?.result ?? (this.isCompared(key) ? 'same' : null);
  }

  /** What the step before found; each step checks for itself, but may see it. */
  beforeOf(key: string): Result | null {
    return this.#row(key)?.result ?? null;
  }

  /**
   * Every word of the application stands in the register's value (a masked number counts as the one it hides): nothing
   * is left to compare by eye. Shown as such, and changed by the same keys.
   */
  isCompared(key: string): boolean {
    const row = this.#row(key);
    if (!row?.registerValue || !row.applicantValue || row.applicantValue.length < SHORTEST_COMPARED)
      return false;
    return markDifferences(row.registerValue, row.applicantValue).right.every((piece) => !piece.differs);
  }

  isOwn(key: string): boolean {
    return this.#kept[key]?.result !== undefined && this.#kept[key]?.result !== null;
  }

  noteOf(key: string): string {
    return this.#kept[key]?.note ?? '';
  }

  #row(key: string): Row | undefined {
    return this.rows.find((row) => row.key === key);
  }

  set(key: string, result: Result): void {
    this.#put(key, { result, note: result === 'different' ? this.noteOf(key) : '' });
  }

  setNote(key: string, note: string): void {
    this.#put(key, { result: this.resultOf(key), note });
  }

  /** By keyboard: the row under the mark, then on to the next. A difference stays, as it wants a note. */
  mark(result: Result): void {
    const row = this.rows[this.current];
    if (!row) return;
    this.set(row.key, result);
    if (result !== 'different') this.#toOpen();
  }

  /** On to the next row without a result; where none is left, just one further. */
  #toOpen(): void {
    const next = this.rows.findIndex((row, place) => place > this.current && this.resultOf(row.key) === null);
    if (next >= 0) this.current = next;
    else this.move(1);
  }

  move(by: 1 | -1): void {
    this.current = Math.min(Math.max(this.current + by, 0), Math.max(this.rows.length - 1, 0));
  }

  get done(): number {
    return this.rows.filter((row) => this.resultOf(row.key) !== null).length;
  }

  get left(): number {
    return this.rows.length - this.done;
  }

  get different(): readonly Row[] {
    return this.rows.filter((row) => this.resultOf(row.key) === 'different');
  }

  count(result: Result): number {
    return this.rows.filter((row) => this.resultOf(row.key) === result).length;
  }

  /** As `review` and `approve` send them. */
  get wire(): { key: string; result: Result; note?: string }[] {
    return this.rows.flatMap((row) => {
      const result = this.resultOf(row.key);
      const note = this.noteOf(row.key).trim();
      return result === null ? [] : [{ key: row.key, result, ...(note ? { note } : {}) }];
    });
  }

  forget(): void {
    this.#kept = {};
    try {
      sessionStorage.removeItem(this.#name);
    } catch {
      // Nothing was kept.
    }
  }

  #put(key: string, kept: Kept): void {
    this.#kept = { ...this.#kept, [key]: kept };
    try {
      sessionStorage.setItem(this.#name, JSON.stringify(this.#kept));
    } catch {
      // Without storage the checks last as long as the page.
    }
  }
}
