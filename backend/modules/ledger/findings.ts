/** What a check found wrong. Notes the first of each kind only: a log with one entry missing is wrong at every entry after it. */
export class Findings {
  readonly wrong: string[] = [];
  readonly #kinds = new Set<string>();

  get kinds(): string[] {
    return [...this.#kinds];
  }

  note(kind: string, words: string): void {
    if (this.#kinds.has(kind)) return;
    this.#kinds.add(kind);
    this.wrong.push(words);
  }
}
