import type { DemoType } from '../cases/answers.ts';

/**
 * The bureau of the demo year: what comes in, who works on it and how long it takes. Chosen to look like a city's year, and for
 * nothing else: whoever forecasts from it knows none of these figures.
 */

/** Of all cases; the rest of the catalogue is left to be tried by hand. */
export const TYPE_MIX = {
  ZY02: 0.34,
  DY01: 0.3,
  DY06: 0.18,
  BG01: 0.12,
  CF01: 0.06,
} as const satisfies Record<DemoType, number>;

export const OFFICE_MIX = { 'liaocheng-centre': 0.52, linqing: 0.2, chiping: 0.16, yanggu: 0.12 } as const;
export type OfficeId = keyof typeof OFFICE_MIX;
export const OFFICE_IDS = Object.keys(OFFICE_MIX) as OfficeId[];

/** Districts whose property the hall registers; those without a hall of their own come to the centre (条例7). */
export const OFFICE_OF_DISTRICT: Readonly<Record<string, OfficeId>> = {
  '371503': 'chiping',
  '371581': 'linqing',
  '371521': 'yanggu',
};

/** Monday first; on days off only what is filed online. */
export const WEEKDAYS = [1.16, 1.06, 1, 0.97, 0.9] as const;
export const DAY_OFF = 0.1;
/** January first: quiet before the Spring Festival, busy towards the end of the year. */
export const MONTHS = [0.92, 0.74, 1.06, 1.04, 0.98, 1.1, 0.95, 0.93, 1.06, 1, 1.08, 1.18] as const;

export const POSTS = ['acceptance', 'firstReview', 'secondReview', 'registrar', 'issuance'] as const;
export type Post = (typeof POSTS)[number];

/** Clerks at each post. */
export const CLERKS: Readonly<Record<OfficeId, Readonly<Record<Post, number>>>> = {
  'liaocheng-centre': { acceptance: 4, firstReview: 7, secondReview: 3, registrar: 3, issuance: 1 },
  linqing: { acceptance: 2, firstReview: 3, secondReview: 2, registrar: 2, issuance: 1 },
  chiping: { acceptance: 2, firstReview: 3, secondReview: 2, registrar: 2, issuance: 1 },
  yanggu: { acceptance: 2, firstReview: 2, secondReview: 2, registrar: 2, issuance: 1 },
};

/** How much of the clerks' time cases take in an ordinary week; windows, phones and meetings take the rest. */
export const BUSY: Readonly<Record<OfficeId, number>> = {
  'liaocheng-centre': 0.7,
  linqing: 0.64,
  chiping: 0.68,
  yanggu: 0.62,
};

/** Median office minutes at each post, and the spread on the logarithm. */
export const WORK: Readonly<Record<DemoType, Readonly<Partial<Record<Post, readonly [number, number]>>>>> = {
  ZY02: {
    acceptance: [9, 0.5],
    firstReview: [17, 0.65],
    secondReview: [14, 0.6],
    registrar: [8, 0.5],
  },
  DY01: { acceptance: [7, 0.45], firstReview: [11, 0.55], registrar: [6, 0.5] },
  DY06: { acceptance: [4, 0.4], firstReview: [6, 0.5], registrar: [3, 0.4] },
  BG01: { acceptance: [5, 0.45], firstReview: [9, 0.7], registrar: [4, 0.5] },
  CF01: { acceptance: [4, 0.4], firstReview: [6, 0.5], registrar: [3, 0.4] },
};

/** What stops a case at the first review: probability, median days and spread, and the planned days. */
export const STOPS: Readonly<
  Record<
    DemoType,
    readonly {
      reason: 'supplement' | 'waitTax' | 'inquiry' | 'siteCheck';
      chance: number;
      days: number;
      sigma: number;
      planned: number;
    }[]
  >
> = {
  ZY02: [
    { reason: 'supplement', chance: 0.045, days: 3, sigma: 0.8, planned: 15 },
    { reason: 'waitTax', chance: 0.06, days: 4, sigma: 0.9, planned: 10 },
    { reason: 'inquiry', chance: 0.008, days: 6, sigma: 0.6, planned: 10 },
    { reason: 'siteCheck', chance: 0.006, days: 5, sigma: 0.5, planned: 7 },
  ],
  DY01: [
    { reason: 'supplement', chance: 0.035, days: 2, sigma: 0.8, planned: 15 },
    { reason: 'inquiry', chance: 0.004, days: 5, sigma: 0.6, planned: 10 },
  ],
  DY06: [{ reason: 'supplement', chance: 0.015, days: 2, sigma: 0.8, planned: 15 }],
  BG01: [
    { reason: 'supplement', chance: 0.05, days: 3, sigma: 0.9, planned: 15 },
    { reason: 'inquiry', chance: 0.01, days: 7, sigma: 0.6, planned: 10 },
  ],
  CF01: [],
};

/** 补正 before acceptance, 不予受理, 不予登记, 撤回: parts of the cases that come that far. */
export const CORRECTED = 0.055;
export const CORRECTION_UNANSWERED = 0.06;
export const DECLINED = 0.008;
export const REFUSED = 0.007;
export const WITHDRAWN = 0.006;

/** A case still in work for this many. */
export const OPEN_PART = 3_000 / 63_000;
export const YEAR_CASES = 63_000;
