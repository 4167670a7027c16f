import type { EffectKey } from './contract.ts';

interface EffectNeeds {
  /** Slots that must name a role of the type. */
  roles: readonly string[];
  /** Slots that must point at an answer. */
  answers: readonly string[];
  /** Slots that may point at an answer. */
  optionalAnswers: readonly string[];
}

/** What each effect on the register must be told; the loader refuses a type that leaves a slot empty. */
export const EFFECT_NEEDS = {
  'ownership.transfer': {
    roles: ['from', 'to'],
    answers: ['coOwnership'],
    optionalAnswers: ['priceYuan', 'contractNo'],
  },
  'ownership.rename': {
    roles: ['holder'],
    answers: ['changeKind'],
    optionalAnswers: ['newName', 'newIdKind', 'newIdNumber', 'newAddress'],
  },
  'mortgage.create': {
    roles: ['mortgagor', 'mortgagee'],
    answers: ['amountYuan', 'debtFrom', 'debtUntil', 'scope', 'transferRestricted'],
    optionalAnswers: ['contractNo'],
  },
  'mortgage.discharge': { roles: ['mortgagee'], answers: ['certificateNo'], optionalAnswers: ['cause'] },
  'seizure.create': {
    roles: ['court'],
    answers: ['docNo', 'termMonths', 'preSeizure'],
    optionalAnswers: ['executedName', 'heldAs'],
  },
  'seizure.lift': { roles: ['court'], answers: ['docNo'], optionalAnswers: ['liftDocNo', 'originalCourt'] },
  'seizure.renew': {
    roles: ['court'],
    answers: ['docNo', 'renewalDocNo', 'termMonths'],
    optionalAnswers: ['originalCourt'],
  },
} as const satisfies Record<EffectKey, EffectNeeds>;
