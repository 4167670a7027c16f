import type {
  CalendarEffect,
  CalendarList,
  CalendarYear,
} from '../../../backend/modules/applications/contract.ts';
import type { CalendarBookings } from '../../../backend/modules/appointments/contract.ts';
import { api, asFailure } from '../../app/api.ts';
import type { AppFailure } from '../../app/failure.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import { holidayName } from './words.ts';

type Name = CalendarYear['off'][number]['name'];

export const HOLIDAY_KEYS = [
  'newYear',
  'springFestival',
  'tombSweeping',
  'labourDay',
  'dragonBoat',
  'midAutumn',
  'nationalDay',
  'victoryDay70',
] as const satisfies readonly Name[];

const BLANK: CalendarYear = {
  year: 0,
  publishedOn: '',
  notice: { title: '', number: '' },
  off: HOLIDAY_KEYS.slice(0, 7).map((name) => ({ from: '', to: '', name })),
  makeUp: [],
};

/** Takes the newest version out of a file of `seeds/reference/calendars`, or a year by itself. Null: not a calendar. */
export function calendarOfFile(text: string): CalendarYear | null {
  try {
    const file = JSON.parse(text) as Partial<CalendarYear> & {
      versions?: (Omit<CalendarYear, 'year'> & { version: number })[];
    };
    const found = file.versions
      ? file.versions.reduce((a, b) => (b.version > a.version ? b : a))
      : (file as CalendarYear);
    const { publishedOn, notice, off, makeUp } = found;
    if (typeof file.year !== 'number' || !notice || !Array.isArray(off) || !Array.isArray(makeUp))
      return null;
    return { year: file.year, publishedOn, notice, off, makeUp };
  } catch {
    return null;
  }
}

/** A year being prepared: typed or from a file, looked at, then published as it was looked at. */
export class CalendarDraft {
  year = $state<CalendarYear>(structuredClone(BLANK));
  effect = $state.raw<CalendarEffect | null>(null);
  /** What it would do to the halls' bookings; always beside `effect`. */
  bookings = $state.raw<CalendarBookings | null>(null);
  failure = $state.raw<AppFailure | null>(null);
  busy = $state(false);
  attempt = $state(0);
  /** What stands empty, said before anything is sent: the server could only say it of each date alike. */
  #missing = $state.raw<{ id: string; message: string }[]>([]);

  fill(year: CalendarYear): void {
    this.year = structuredClone(year);
    this.changed();
  }

  /** What was looked at is no longer what would be published. */
  changed(): void {
    this.effect = null;
    this.failure = null;
    this.#missing = [];
  }

  get errors(): { id: string | null; message: string }[] {
    if (this.#missing.length > 0) return this.#missing;
    const problems = this.failure?.problems ?? [];
    if (this.failure && problems.length === 0) return [{ id: null, message: this.failure.message }];
    return problems.map(({ pointer, code, message }) => ({
      id: pointer === '/off' ? 'off-0-from' : pointer.replace(/^\//, '').replaceAll('/', '-'),
      message:
        code === 'clock.holiday_missing'
          ? t('admin.calendarMissing') + message.replace(/^.*[：:]\s*/, '')
          : message,
    }));
  }

  errorOf(id: string): string | undefined {
    return this.errors.find((error) => error.id === id)?.message;
  }

  #emptyFields(): { id: string; message: string }[] {
    const { year, notice, publishedOn, off, makeUp } = this.year;
    const dateOf = (key: 'calendarFromMissing' | 'calendarToMissing' | 'calendarOnMissing', name: Name) =>
      t(`admin.${key}`, { name: holidayName(name) });
    return [
      { id: 'year', empty: year === 0, message: t('admin.calendarYearMissing') },
      { id: 'notice-title', empty: !notice.title.trim(), message: t('admin.limitNoticeMissing') },
      { id: 'notice-number', empty: !notice.number.trim(), message: t('admin.limitNumberMissing') },
      { id: 'publishedOn', empty: !publishedOn, message: t('admin.calendarPublishedMissing') },
      ...off.flatMap(({ from, to, name }, at) => [
        { id: `off-${at}-from`, empty: !from, message: dateOf('calendarFromMissing', name) },
        { id: `off-${at}-to`, empty: !to, message: dateOf('calendarToMissing', name) },
      ]),
      ...makeUp.map(({ on, name }, at) => ({
        id: `makeUp-${at}-on`,
        empty: !on,
        message: dateOf('calendarOnMissing', name),
      })),
    ].filter(({ empty }) => empty);
  }

  async preview(): Promise<void> {
    this.#missing = this.#emptyFields();
    if (this.#missing.length > 0) {
      this.attempt += 1;
      return;
    }
    await this.#send(async () => {
      const year = $state.snapshot(this.year);
      const [effect, bookings] = await Promise.all([
        api.post<CalendarEffect>('/api/admin/calendars/preview', year),
        api.post<CalendarBookings>('/api/admin/calendars/preview-bookings', year),
      ]);
      this.bookings = bookings;
      this.effect = effect;
    });
  }

  /** The list as it is afterwards; null when it was refused. */
  async publish(): Promise<CalendarList | null> {
    const { effect } = this;
    if (!effect) return null;
    let list: CalendarList | null = null;
    await this.#send(async () => {
      const body = { ...$state.snapshot(this.year), basedOn: effect.basedOn };
      list = await api.post<CalendarList>('/api/admin/calendars', body);
      this.effect = null;
    });
    return list;
  }

  async #send(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = asFailure(error);
      this.effect = null;
      this.attempt += 1;
    }
    this.busy = false;
  }
}
