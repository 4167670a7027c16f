/** The closed sets of the catalogue: data may use these words and no others. Pure and browser-safe. */

/** Registration kinds (登记类型) by their official codes. */
export const REGISTRATION_KINDS = {
  first: '100',
  transfer: '200',
  alteration: '300',
  discharge: '400',
  correction: '500',
  objection: '600',
  advanceNotice: '700',
  seizure: '800',
  other: '900',
} as const;
export type RegistrationKind = keyof typeof REGISTRATION_KINDS;

/** Column names of the conflict matrix (`domain.md` §5.1), and 解封, 续封. */
export const REQUEST_KINDS = [
  'transfer',
  'mortgageFirst',
  'mortgageDischarge',
  'rename',
  'areaUseChange',
  'cancelOwnership',
  'preNotice',
  'objection',
  'correction',
  'seizure',
  'seizureRelease',
  'seizureRenewal',
  'reissue',
  'query',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const LIFE_EVENTS = [
  'buyNewHome',
  'buySecondHand',
  'mortgage',
  'payOffLoan',
  'inherit',
  'marriage',
  'lostCertificate',
  'identityChange',
  'business',
  'court',
] as const;
export type LifeEvent = (typeof LIFE_EVENTS)[number];

/** What the register must say of a party: checked by the module that knows the register. */
export const PARTY_RELATIONS = [
  /** 现权利人: every current holder of the right that is disposed of. */
  'currentHolder',
  /** 受让人: becomes holder. */
  'incomingHolder',
  /** 登记簿上的抵押权人. */
  'currentMortgagee',
  /** 将登记为抵押权人. */
  'incomingMortgagee',
  /** 嘱托机关: a court or another organ that entrusts the registration. */
  'entrustingAuthority',
] as const;
export type PartyRelation = (typeof PARTY_RELATIONS)[number];

/**
 * What a condition may read beside the answers, at `/facts/<key>`: established by the register or by the clerk, never
 * by the applicant's word.
 */
export const FACTS = [
  /** A current mortgage records 禁止或限制转让抵押不动产的约定. */
  'mortgageRestricted',
  /** A current mortgage was registered before 2021-01-01. */
  'mortgageBefore2021',
  'mortgaged',
  'seized',
  'objection',
  'preNotice',
  /** A 预告登记 is in force whose holder has to consent: is neither who disposes nor who acquires (民法典221). */
  'preNoticeOfOther',
  'residenceRight',
  /** Someone acts for a party: 委托代理 · 监护. Only at the counter. */
  'agent',
  'guardian',
] as const;
export type FactKey = (typeof FACTS)[number];
export type Facts = Readonly<Partial<Record<FactKey, boolean>>>;

/**
 * Where data comes from without the applicant. Which of them are connected is a deployment's data
 * (seeds/reference/sharing.json): a service that is not connected exempts nobody.
 */
export const SHARING_SERVICES = [
  'realName',
  'ownRegister',
  'signedOnline',
  'marketRegistration',
  'housingContracts',
  'taxProofs',
  'publicSecurity',
] as const;
export type SharingService = (typeof SHARING_SERVICES)[number];

export const WIDGETS = [
  'text',
  'textarea',
  'date',
  'money',
  'choice',
  'yesNo',
  'statement',
  'parties',
  'unitCode',
  'certificateNumber',
  'number',
] as const;
export type Widget = (typeof WIDGETS)[number];

/** Rules between fields that JSON Schema cannot say; one function each in answer-rules.ts. */
export const ANSWER_RULES = [
  'sharesSumToOne',
  'sharesMatchCoOwnership',
  'distinctParties',
  'notBefore',
  'withinYears',
  'notInFuture',
  'differs',
] as const;

export const STAFF_STEP_ROLES = [
  'acceptance',
  'firstReview',
  'secondReview',
  'registrar',
  'issuance',
] as const;

export const LIMIT_UNITS = ['workingDay', 'workingHour', 'day', 'month'] as const;

export const PAUSE_REASONS = [
  'supplement',
  'siteCheck',
  'notice',
  'waitTax',
  'waitFee',
  'suspendedByLaw',
  'inquiry',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export const FEE_RULES = ['F0', 'F10', 'F80', 'F550', 'F80/F550', 'FH'] as const;
export type FeeRuleKey = (typeof FEE_RULES)[number];

/**
 * What recording does to the register. Each effect names the roles and answers that it needs
 * (`EFFECT_NEEDS` in effects.ts); the register has one function for each.
 */
export const EFFECTS = [
  'ownership.transfer',
  'ownership.rename',
  'mortgage.create',
  'mortgage.discharge',
  'seizure.create',
  'seizure.lift',
  'seizure.renew',
] as const;
export type EffectKey = (typeof EFFECTS)[number];

/**
 * 协助执行: why an order of a court may be sent back; an office that assists examines nothing else (法发〔2004〕5号 art. 3).
 * unitUnknown: what is to be entered cannot be told · notOwner: the register names another holder than the person executed
 * upon · seizureUnknown: the seizure meant does not stand in the register · papersIncomplete: a paper or a seal is missing.
 */
export const RETURN_GROUNDS = ['unitUnknown', 'notOwner', 'seizureUnknown', 'papersIncomplete'] as const;
export type ReturnGround = (typeof RETURN_GROUNDS)[number];

export const BLOCK_STATES = [
  'seizure',
  'objection',
  'preNotice',
  'mortgageRestricted',
  'mortgageBefore2021',
  'mortgage',
  'residence',
  'correctionPending',
  'earlierCase',
  'notRegistered',
  'cancelled',
  'taxUnpaid',
  'ownershipDispute',
  'coOwnerMissing',
  'waitingSeizure',
] as const;

export const BUSINESS_TYPE_CODE = '^[A-Z]{2}\\d{2}$';
