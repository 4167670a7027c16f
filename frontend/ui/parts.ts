/** Props of the parts in this folder that pages build in plain functions. No domain word. */

/** Severity order of portal.md §9.4; shape, word and colour always travel together. */
export type LightKind = 'law' | 'late' | 'soon' | 'ok' | 'pause' | 'none';

export type MiniDayKind = 'counted' | 'today' | 'ahead' | 'paused' | 'late' | 'off';

export interface TimelineItem {
  key: string;
  /** `halt`: the clock stood still; `failed`: the way ended here. */
  state: 'past' | 'now' | 'todo' | 'halt' | 'failed';
  title: string;
  /** One line each: who, when, how long. */
  lines: readonly string[];
}

/** One legal day of the strip. Every text is given in words; the strip only draws and folds. */
export interface DayCell {
  /** The legal day, `2026-10-09`. */
  key: string;
  kind: 'start' | 'done' | 'counting' | 'ahead' | 'off' | 'pause' | 'late';
  /** 1 Monday … 7 Sunday. */
  weekday: number;
  date: string;
  week: string;
  /** Make-up workday mark, “班”. */
  badge?: string;
  number?: number;
  word: string;
  /** The whole cell as one sentence for readers. */
  sentence: string;
  today?: boolean;
  due?: boolean;
  /** Counted by weekday only, as the official calendar is not out yet. */
  provisional?: boolean;
}

/** A run of equal days as one row, for the elder view. */
export interface DayRun {
  key: string;
  kind: DayCell['kind'];
  when: string;
  text: string;
  number?: number;
  today?: boolean;
}

export interface ClockFact {
  term: string;
  value: string;
  note: string;
  tone?: 'late' | 'pause';
}

/** A term of the sum under the strip; `mark` is the key that the strip uses for it. */
export interface StripSum {
  mark: 'counted' | 'off' | 'pause' | 'late' | null;
  strong?: string;
  text: string;
}

export interface DayRow {
  key: string;
  when: string;
  why: string;
  basis: string;
  number: string;
}

export interface PromiseView {
  facts: readonly ClockFact[];
  cells: readonly DayCell[];
  runs: readonly DayRun[];
  sums: readonly StripSum[];
  rows: readonly DayRow[];
}

export interface PromiseWords {
  strip: string;
  expand: (days: number) => string;
  why: string;
  tableLabel: string;
  tableCaption: string;
  columns: { when: string; why: string; number: string };
}

export interface TaskItem {
  key: string;
  title: string;
  /** Absent while the task can't be started. */
  href?: string;
  hint: string;
  status: 'done' | 'doing' | 'todo' | 'blocked' | 'problem';
  statusText: string;
}

export interface TaskGroup {
  key: string;
  heading: string;
  items: readonly TaskItem[];
}

export type UploadState = 'needed' | 'uploading' | 'checking' | 'received' | 'problem' | 'shared';

export interface UploadedPage {
  key: string;
  name: string;
  href: string;
  /** Absent while no preview exists. */
  preview?: string;
}

export interface UploadWords {
  camera: string;
  file: string;
  retry: string;
  remove: (name: string) => string;
  up: (name: string) => string;
  down: (name: string) => string;
  upShort: string;
  downShort: string;
  removeShort: string;
  progress: string;
}

export interface TableColumn {
  key: string;
  label: string;
  numeric?: boolean;
  sortable?: boolean;
  /** On a phone this cell takes a whole line of the card, without its label. */
  wide?: boolean;
  /** On a phone the label is left out. */
  bare?: boolean;
}

export interface TableSort {
  key: string;
  direction: 'ascending' | 'descending';
}

export interface TableGroup<Row> {
  key: string;
  /** Absent: rows without a heading. */
  heading?: string;
  rows: readonly Row[];
}
