import type {
  HallSchedule,
  HallService,
  PublishSchedule,
  ScheduleImpact,
  ScheduleInput,
  ScheduleOutcome,
} from '../../../backend/modules/appointments/contract.ts';
import { api, asFailure } from '../../app/api.ts';
import type { AppFailure } from '../../app/failure.ts';
import type { FieldError } from '../../app/form-errors.svelte.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import { versionOn } from './versions.ts';
import { parseSegments, segmentsText, wallTime } from './segments.ts';

export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const POOLS = ['public', 'phone', 'organisation', 'staff'] as const;

export const weekdayName = (day: Weekday): string =>
  ({
    '1': t('halls.mon'),
    '2': t('halls.tue'),
    '3': t('halls.wed'),
    '4': t('halls.thu'),
    '5': t('halls.fri'),
    '6': t('halls.sat'),
    '7': t('halls.sun'),
  })[day];

export const poolName = (pool: (typeof POOLS)[number]): string =>
  ({
    public: t('halls.poolPublic'),
    phone: t('halls.poolPhone'),
    organisation: t('halls.poolOrganisation'),
    staff: t('halls.poolStaff'),
  })[pool];

/** Rules that are numbers, with what the server takes. */
export const NUMBERS = {
  aheadWorkdays: [1, 30],
  mostPerPerson: [1, 5],
  noShows: [1, 20],
  suspendDays: [1, 366],
  offerMinutes: [1, 1440],
  walkInTickets: [0, 5000],
} as const;
export type NumberRule = keyof typeof NUMBERS;

interface SpecialDay {
  on: string;
  times: string;
  why: string;
  whyEn: string;
}

interface ServiceRow {
  code: string;
  name: HallService['name'];
  /** Whether the hall takes it. */
  on: boolean;
  minutes: string;
  /** What it takes in the other halls. */
  usual: number;
}

/** A hall's next schedule while it is typed: text as it stands in the fields, checked and sent on demand. */
export class ScheduleDraft {
  validFrom = $state('');
  hours = $state<Record<Weekday, string>>({ '1': '', '2': '', '3': '', '4': '', '5': '', '6': '', '7': '' });
  makeUp = $state('');
  specials = $state<SpecialDay[]>([]);
  seats = $state<Record<(typeof POOLS)[number], string>>({
    public: '',
    phone: '',
    organisation: '',
    staff: '',
  });
  services = $state<ServiceRow[]>([]);
  desks = $state<{ no: string; services: string[] }[]>([]);
  bands = $state<{ from: string; to: string; pool: string; seats: string }[]>([]);
  numbers = $state<Record<NumberRule, string>>({
    aheadWorkdays: '',
    mostPerPerson: '',
    noShows: '',
    suspendDays: '',
    offerMinutes: '',
    walkInTickets: '',
  });
  releaseAt = $state('');
  release = $state<'firstCome' | 'draw' | ''>('firstCome');
  cancelUntil = $state('');

  displaced = $state<PublishSchedule['displaced']>('move');
  reason = $state('');

  errors = $state.raw<readonly FieldError[]>([]);
  attempt = $state(0);
  failure = $state.raw<AppFailure | null>(null);
  busy = $state(false);
  impact = $state.raw<ScheduleImpact | null>(null);
  readonly #hall: string;
  /** The version that the fields were filled from. */
  base = $state.raw<HallSchedule | null>(null);
  /** The newest version: what is published has to follow it. */
  #newest = 0;

  constructor(hall: string) {
    this.#hall = hall;
  }

  /** Fills the fields from the version in force on a day, so that nothing of a later one begins earlier by mistake. */
  fill(versions: readonly HallSchedule[], validFrom: string, known: readonly HallService[]): void {
    const base = versionOn(versions, validFrom);
    if (!base) return;
    this.base = base;
    this.#newest = Math.max(...versions.map(({ version }) => version));
    this.validFrom = validFrom;
    for (const day of WEEKDAYS) this.hours[day] = segmentsText(base.hours[day]);
    this.makeUp = segmentsText(base.makeUpHours);
    this.specials = base.specials.map(({ on, segments, why }) => ({
      on,
      times: segmentsText(segments),
      why: why.zh,
      whyEn: why.en,
    }));
    for (const pool of POOLS) this.seats[pool] = String(base.capacity[pool]);
    // Those of the hall first, in its order: the letter of a ticket is the place in this list.
    const order = [...new Set([...base.services, ...known.map(({ code }) => code)])];
    this.services = order.flatMap((code) => {
      const service = known.find((one) => one.code === code);
      if (!service) return [];
      const own = base.serviceMinutes?.find((one) => one.service === code)?.minutes;
      const { name, minutes: usual } = service;
      return [{ code, name, on: base.services.includes(code), minutes: String(own ?? usual), usual }];
    });
    this.desks = base.desks.map(({ no, services }) => ({ no: String(no), services: [...services] }));
    this.bands = base.capacityAt.map(({ seats, ...band }) => ({ ...band, seats: String(seats) }));
    const { rules } = base;
    this.numbers = {
      aheadWorkdays: String(rules.aheadWorkdays),
      mostPerPerson: String(rules.mostPerPerson),
      noShows: String(rules.noShow.count),
      suspendDays: String(rules.noShow.suspendDays),
      offerMinutes: String(rules.offerMinutes),
      walkInTickets: String(rules.walkInTickets),
    };
    this.releaseAt = rules.releaseAt;
    this.release = rules.release ?? 'firstCome';
    this.cancelUntil = rules.cancelUntil;
    this.changed();
  }

  /** What was worked out no longer holds. */
  changed(): void {
    this.impact = null;
    this.failure = null;
  }

  errorOf(id: string): string | undefined {
    return this.errors.find((error) => error.id === id)?.message;
  }

  #takes(code: string): boolean {
    return this.services.some((one) => one.code === code && one.on);
  }

  #checks(): FieldError[] {
    const wrong: FieldError[] = [];
    const must = (id: string, holds: boolean, message: () => string) => {
      if (!holds) wrong.push({ id, message: message() });
    };
    must('validFrom', this.validFrom !== '', () => t('halls.scheduleOnWrong'));
    for (const day of WEEKDAYS)
      must(`hours-${day}`, parseSegments(this.hours[day]) !== null, () =>
        t('halls.scheduleHoursWrong', { day: weekdayName(day) }),
      );
    must('makeUp', parseSegments(this.makeUp) !== null, () =>
      t('halls.scheduleHoursWrong', { day: t('halls.scheduleMakeUp') }),
    );
    this.specials.forEach(({ on, times, why }, at) => {
      must(`special-${at}-on`, on !== '', () => t('halls.scheduleOnWrong'));
      must(`special-${at}-times`, parseSegments(times) !== null, () =>
        t('halls.scheduleHoursWrong', { day: on }),
      );
      must(`special-${at}-why`, why.trim().length >= 2, () => t('halls.scheduleWhyWrong'));
    });
    const number = (id: string, text: string, [from, to]: readonly [number, number]) =>
      must(id, /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to, () =>
        t('halls.scheduleNumberWrong', { from, to }),
      );
    for (const pool of POOLS) number(`seats-${pool}`, this.seats[pool], [0, 100]);
    for (const { code, on, minutes } of this.services) {
      if (!on) continue;
      number(`minutes-${code}`, minutes, [1, 480]);
      must(
        `service-${code}`,
        this.desks.some(({ services }) => services.includes(code)),
        () => t('halls.scheduleServiceUnserved'),
      );
    }
    this.desks.forEach(({ no, services }, at) => {
      number(`desk-${at}-no`, no, [1, 200]);
      must(`desk-${at}-no`, this.desks.findIndex((one) => Number(one.no) === Number(no)) === at, () =>
        t('halls.scheduleDeskTwice', { no }),
      );
      must(
        `desk-${at}-no`,
        services.some((code) => this.#takes(code)),
        () => t('halls.scheduleDeskIdle', { no }),
      );
    });
    this.bands.forEach(({ from, to, pool, seats }, at) => {
      const [begins, ends] = [wallTime(from), wallTime(to)];
      must(`band-${at}-from`, begins !== null, () => t('halls.ruleTimeWrong'));
      must(`band-${at}-to`, ends !== null, () => t('halls.ruleTimeWrong'));
      must(`band-${at}-to`, !begins || !ends || begins < ends, () => t('halls.scheduleBandWrong'));
      must(`band-${at}-pool`, pool !== '', () => t('halls.scheduleBandPoolMissing'));
      number(`band-${at}-seats`, seats, [0, 100]);
    });
    for (const [rule, range] of Object.entries(NUMBERS))
      number(`rule-${rule}`, this.numbers[rule as NumberRule], range);
    must('releaseAt', wallTime(this.releaseAt) !== null, () => t('halls.ruleTimeWrong'));
    must('cancelUntil', wallTime(this.cancelUntil) !== null, () => t('halls.ruleTimeWrong'));
    return wrong;
  }

  /** Null, with the errors shown, when something is not clear. */
  #input(): ScheduleInput | null {
    this.errors = this.#checks();
    this.attempt += 1;
    const { base } = this;
    if (this.errors.length > 0 || !base) return null;
    const { hall: _hall, version: _version, serviceMinutes: _minutes, ...kept } = base;
    const taken = this.services.filter(({ on }) => on);
    const differing = taken.filter(({ minutes, usual }) => Number(minutes) !== usual);
    const spans = (text: string) => parseSegments(text) ?? [];
    const number = (rule: NumberRule) => Number(this.numbers[rule]);
    return {
      ...kept,
      validFrom: this.validFrom,
      hours: {
        '1': spans(this.hours['1']),
        '2': spans(this.hours['2']),
        '3': spans(this.hours['3']),
        '4': spans(this.hours['4']),
        '5': spans(this.hours['5']),
        '6': spans(this.hours['6']),
        '7': spans(this.hours['7']),
      },
      makeUpHours: spans(this.makeUp),
      specials: this.specials.map(({ on, times, why, whyEn }) => ({
        on,
        segments: spans(times),
        why: { zh: why.trim(), en: whyEn.trim() || why.trim() },
      })),
      services: taken.map(({ code }) => code),
      ...(differing.length > 0
        ? {
            serviceMinutes: differing.map(({ code, minutes }) => ({
              service: code,
              minutes: Number(minutes),
            })),
          }
        : {}),
      desks: this.desks.map(({ no, services }) => ({
        no: Number(no),
        services: services.filter((code) => this.#takes(code)),
      })),
      capacityAt: this.bands.map(({ from, to, pool, seats }) => ({
        from: wallTime(from) ?? from,
        to: wallTime(to) ?? to,
        pool: pool as (typeof POOLS)[number],
        seats: Number(seats),
      })),
      capacity: {
        public: Number(this.seats.public),
        phone: Number(this.seats.phone),
        organisation: Number(this.seats.organisation),
        staff: Number(this.seats.staff),
      },
      rules: {
        ...kept.rules,
        aheadWorkdays: number('aheadWorkdays'),
        mostPerPerson: number('mostPerPerson'),
        offerMinutes: number('offerMinutes'),
        walkInTickets: number('walkInTickets'),
        noShow: { ...kept.rules.noShow, count: number('noShows'), suspendDays: number('suspendDays') },
        release: this.release || 'firstCome',
        releaseAt: wallTime(this.releaseAt) ?? kept.rules.releaseAt,
        cancelUntil: wallTime(this.cancelUntil) ?? kept.rules.cancelUntil,
      },
    };
  }

  async #send<T>(ask: () => Promise<T>): Promise<T | null> {
    if (this.busy) return null;
    this.busy = true;
    this.failure = null;
    try {
      return await ask();
    } catch (error) {
      this.failure = asFailure(error);
      return null;
    } finally {
      this.busy = false;
    }
  }

  async preview(): Promise<void> {
    const schedule = this.#input();
    if (!schedule) return;
    this.impact = await this.#send(() =>
      api.post<ScheduleImpact>(`/api/offices/${this.#hall}/schedules/preview`, { schedule }, { reads: true }),
    );
  }

  async publish(): Promise<ScheduleOutcome | null> {
    const schedule = this.#input();
    const reason = this.reason.trim();
    if (schedule && reason.length < 2) this.errors = [{ id: 'reason', message: t('halls.reasonWrong') }];
    if (!schedule || this.errors.length > 0 || !this.base) return null;
    const body: PublishSchedule = {
      schedule,
      basedOn: this.#newest,
      displaced: this.displaced,
      reason: { zh: reason, en: reason },
    };
    return this.#send(() => api.post<ScheduleOutcome>(`/api/offices/${this.#hall}/schedules`, body));
  }
}
