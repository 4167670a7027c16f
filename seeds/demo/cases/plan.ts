import type { DemoType } from './answers.ts';

/** How far a demo case has come. */
export type Reached =
  | 'draft'
  | 'waitingConsent'
  | 'signed'
  | 'submitted'
  | 'claimed'
  | 'correction'
  | 'declined'
  | 'accepted'
  | 'firstReview'
  | 'secondReview'
  | 'approval'
  | 'supplement'
  | 'waitTax'
  | 'siteCheck'
  | 'approved'
  | 'registered'
  | 'archived'
  | 'refused'
  | 'withdrawn'
  | 'withdrawalAsked';

export interface DemoCase {
  type: DemoType;
  reached: Reached;
  /** Working days since it was filed. */
  age: number;
  /** Another buyer than 孙晓岚, so that not every home is hers. */
  buyer?: 'buyer' | 'spouse' | 'elder';
  /** The same home as the case before: what a seizure interrupts. */
  sameHome?: true;
  /** Whether somebody has the current step on their desk. */
  held?: true;
}

/** In order of filing; a case that has come far was filed earlier. Some are late on purpose. */
export const DEMO_CASES: readonly DemoCase[] = [
  { type: 'ZY02', reached: 'archived', age: 12, buyer: 'spouse' },
  { type: 'BG01', reached: 'archived', age: 11 },
  { type: 'DY06', reached: 'archived', age: 10 },
  { type: 'DY01', reached: 'archived', age: 10 },
  { type: 'ZY02', reached: 'refused', age: 9, buyer: 'elder' },
  { type: 'ZY02', reached: 'withdrawn', age: 8, buyer: 'elder' },
  { type: 'DY01', reached: 'registered', age: 7 },
  { type: 'BG01', reached: 'registered', age: 7 },
  { type: 'ZY02', reached: 'registered', age: 6, buyer: 'buyer' },
  { type: 'DY06', reached: 'registered', age: 6 },
  { type: 'DY01', reached: 'registered', age: 5 },
  { type: 'ZY02', reached: 'secondReview', age: 5, buyer: 'elder' },
  { type: 'ZY02', reached: 'waitTax', age: 5, buyer: 'spouse' },
  { type: 'ZY02', reached: 'siteCheck', age: 4, buyer: 'elder' },
  { type: 'ZY02', reached: 'approval', age: 4, buyer: 'spouse' },
  { type: 'BG01', reached: 'firstReview', age: 4 },
  { type: 'ZY02', reached: 'accepted', age: 4, buyer: 'elder' },
  { type: 'CF01', reached: 'registered', age: 3, sameHome: true },
  { type: 'ZY02', reached: 'approved', age: 3, buyer: 'spouse', held: true },
  { type: 'ZY02', reached: 'supplement', age: 3, buyer: 'buyer' },
  { type: 'ZY02', reached: 'secondReview', age: 3, buyer: 'buyer', held: true },
  { type: 'ZY02', reached: 'withdrawalAsked', age: 3, buyer: 'elder' },
  { type: 'DY01', reached: 'approval', age: 2 },
  { type: 'DY01', reached: 'firstReview', age: 2, held: true },
  { type: 'ZY02', reached: 'firstReview', age: 2, buyer: 'spouse' },
  { type: 'BG01', reached: 'correction', age: 2 },
  { type: 'ZY02', reached: 'correction', age: 2, buyer: 'elder' },
  { type: 'BG01', reached: 'declined', age: 2 },
  { type: 'ZY02', reached: 'firstReview', age: 1, buyer: 'elder', held: true },
  { type: 'DY01', reached: 'accepted', age: 1 },
  { type: 'BG01', reached: 'accepted', age: 1 },
  { type: 'ZY02', reached: 'submitted', age: 2, buyer: 'elder' },
  { type: 'DY06', reached: 'submitted', age: 1 },
  { type: 'DY01', reached: 'claimed', age: 1 },
  { type: 'ZY02', reached: 'submitted', age: 0, buyer: 'spouse' },
  { type: 'BG01', reached: 'submitted', age: 0 },
  { type: 'CF01', reached: 'submitted', age: 0 },
  { type: 'ZY02', reached: 'waitingConsent', age: 0, buyer: 'buyer' },
  { type: 'DY01', reached: 'waitingConsent', age: 0 },
  { type: 'ZY02', reached: 'signed', age: 0, buyer: 'spouse' },
  { type: 'ZY02', reached: 'draft', age: 0, buyer: 'buyer' },
  { type: 'DY06', reached: 'draft', age: 0 },
];
