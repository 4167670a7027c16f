import type { Language, Sentence } from './errors.ts';
import type { Cell, Column } from './spreadsheet.ts';

/** Rows as a person reads them in a spreadsheet: words rather than codes, in the reader's language. */
export interface Table {
  /** Name of the sheet, and of the file. */
  name: string;
  columns: Column[];
  rows: AsyncIterable<readonly Cell[]>;
}

export interface TableColumn<T> {
  title: Sentence;
  /** Characters. */
  width: number;
  cell(row: T, language: Language): Cell;
}

/** The words in a reader's language. */
export const say = (text: Sentence, language: Language): string => (language === 'en' ? text.en : text.zh);

/** Rows are asked for one by one as the table is written, so that it is never held in memory. */
export function tableOf<T>(
  name: string,
  columns: readonly TableColumn<T>[],
  rows: AsyncIterable<T> | Iterable<T>,
  language: Language,
): Table {
  async function* cells(): AsyncGenerator<readonly Cell[]> {
    for await (const row of rows) yield columns.map(({ cell }) => cell(row, language));
  }
  return {
    name,
    columns: columns.map(({ title, width }) => ({ title: say(title, language), width })),
    rows: cells(),
  };
}
