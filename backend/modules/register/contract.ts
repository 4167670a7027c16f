import { Type, type Static } from 'typebox';

/**
 * Shapes and closed sets of the register (不动产登记簿) that cross the wire. Browser-safe: no I/O, no mongoose.
 */

const words = <T extends Record<string, string>>(set: T) =>
  Type.Unsafe<T[keyof T]>(Type.String({ enum: Object.values(set) }));

/** 28 characters (GB/T 37346-2019) after folding; input may hold spaces, lower case and full-width characters. */
export const UnitCode = Type.String({ pattern: '^\\d{12}[GJZ][A-Z]\\d{5}[FLQW]\\d{8}$' });
export const UnitCodeInput = Type.String({ minLength: 1, maxLength: 80 });

/** What a new application asks of a unit: the columns of the conflict matrix (domain.md §5.1), 解封 apart from 查封. */
export const REQUEST_KINDS = {
  transfer: 'transfer',
  mortgageFirst: 'mortgageFirst',
  mortgageDischarge: 'mortgageDischarge',
  rename: 'rename',
  areaUseChange: 'areaUseChange',
  cancelOwnership: 'cancelOwnership',
  preNotice: 'preNotice',
  objection: 'objection',
  correction: 'correction',
  seizure: 'seizure',
  /** 解封: ends a seizure; neither waits for anybody nor stops anybody (细则92). */
  seizureRelease: 'seizureRelease',
  /** 续封: lengthens a seizure that stands already; it takes nothing from anybody that the seizure did not take. */
  seizureRenewal: 'seizureRenewal',
  reissue: 'reissue',
  query: 'query',
} as const;
export type RequestKind = (typeof REQUEST_KINDS)[keyof typeof REQUEST_KINDS];

/** What a unit already carries: the rows of the conflict matrix. */
export const EXISTING_STATES = {
  seizure: 'seizure',
  objection: 'objection',
  preNotice: 'preNotice',
  mortgageFree: 'mortgageFree',
  mortgageRestricted: 'mortgageRestricted',
  mortgageBefore2021: 'mortgageBefore2021',
  residence: 'residence',
  easement: 'easement',
  constructionMortgage: 'constructionMortgage',
  correctionPending: 'correctionPending',
  earlierCase: 'earlierCase',
  /** 查封、续封文书已送达，尚未登簿. */
  orderServed: 'orderServed',
  notFirstRegistered: 'notFirstRegistered',
  historic: 'historic',
} as const;
export type ExistingState = (typeof EXISTING_STATES)[keyof typeof EXISTING_STATES];

/** What must be shown before a ◐ cell of the matrix lets a request through. */
export const CONDITIONS = {
  /** 异议期间继续办理、自担风险的书面承诺 (细则84). */
  ownRiskPromise: 'ownRiskPromise',
  /** 预告登记权利人本人受让，或其书面同意 (民法典221). */
  preNoticeHolderConsent: 'preNoticeHolderConsent',
  /** 抵押权人书面同意. */
  mortgageeConsent: 'mortgageeConsent',
  /** 受让人、抵押人、抵押权人三方共同申请 (民法典406, 自然资发〔2021〕54号). */
  mortgageeJoins: 'mortgageeJoins',
  /** 买方、抵押权人已书面知悉居住权. */
  residenceInformed: 'residenceInformed',
  /** 居住权人书面同意. */
  residenceConsent: 'residenceConsent',
  /** 地役权人书面同意. */
  easementConsent: 'easementConsent',
  /** 在建建筑物抵押权人同意，或已办解押. */
  constructionRelease: 'constructionRelease',
  /** 查封机关书面同意. */
  courtConsent: 'courtConsent',
  /** 证明登记簿确有错误的生效法律文书或材料. */
  registerErrorProof: 'registerErrorProof',
  /** 与已登记的异议事由不同 (细则83: 同一事由不得再次申请). */
  differentGround: 'differentGround',
} as const;
export type Condition = (typeof CONDITIONS)[keyof typeof CONDITIONS];

/** `allow` never appears in a list of conflicts unless it carries a note worth telling. */
export const VERDICTS = {
  allow: 'allow',
  refuse: 'refuse',
  condition: 'condition',
  queue: 'queue',
  suspend: 'suspend',
  interrupt: 'interrupt',
  notApplicable: 'notApplicable',
} as const;
export type Verdict = (typeof VERDICTS)[keyof typeof VERDICTS];

export const RIGHT_KINDS = {
  /** 国有建设用地使用权/房屋（构筑物）所有权 */
  stateLandAndHouse: 'stateLandAndHouse',
  /** 宅基地使用权/房屋（构筑物）所有权 */
  homesteadAndHouse: 'homesteadAndHouse',
  /** 国有建设用地使用权 */
  stateLand: 'stateLand',
} as const;
export type RightKind = (typeof RIGHT_KINDS)[keyof typeof RIGHT_KINDS];

export const ENCUMBRANCE_KINDS = {
  mortgage: 'mortgage',
  seizure: 'seizure',
  objection: 'objection',
  preNotice: 'preNotice',
  residence: 'residence',
  easement: 'easement',
} as const;
export type EncumbranceKind = (typeof ENCUMBRANCE_KINDS)[keyof typeof ENCUMBRANCE_KINDS];

/** current 现势 · waiting 轮候 · lapsed 到期失效 · historic 注销、解除 */
export const ENCUMBRANCE_STATUSES = {
  current: 'current',
  waiting: 'waiting',
  lapsed: 'lapsed',
  historic: 'historic',
} as const;
export type EncumbranceStatus = (typeof ENCUMBRANCE_STATUSES)[keyof typeof ENCUMBRANCE_STATUSES];

/** future 未首次登记 · active 现势 · cancelled 已注销 */
export const UNIT_STATUSES = { future: 'future', active: 'active', cancelled: 'cancelled' } as const;
export type UnitStatus = (typeof UNIT_STATUSES)[keyof typeof UNIT_STATUSES];

/** 共有方式: 0 单独所有, 1 共同共有, 2 按份共有, 3 其他共有. */
export type CoOwnership = 0 | 1 | 2 | 3;

/** `title` 不动产权证书, `certification` 不动产登记证明. */
export const CERTIFICATE_KINDS = { title: 'title', certification: 'certification' } as const;
export type CertificateKind = (typeof CERTIFICATE_KINDS)[keyof typeof CERTIFICATE_KINDS];

export const SentenceView = Type.Object({ zh: Type.String(), en: Type.String() });

export const ShareView = Type.Object({
  numerator: Type.Integer({ minimum: 1 }),
  denominator: Type.Integer({ minimum: 1 }),
});

export const HolderView = Type.Object({
  name: Type.String(),
  partyKind: Type.Union([Type.Literal('person'), Type.Literal('organisation')]),
  idKind: Type.String(),
  /** Masked: `371502********0019`. */
  idNumberMasked: Type.String(),
  share: Type.Union([ShareView, Type.Null()]),
});
export type HolderView = Static<typeof HolderView>;

export const NaturalView = Type.Object({
  landUse: Type.String(),
  houseUse: Type.String(),
  landNature: Type.String(),
  houseNature: Type.String(),
  structure: Type.String(),
  /** 建筑面积, square metres, two decimals, as text. */
  areaM2: Type.String(),
  innerAreaM2: Type.Union([Type.String(), Type.Null()]),
  sharedAreaM2: Type.Union([Type.String(), Type.Null()]),
  floorsTotal: Type.Union([Type.Integer(), Type.Null()]),
  floor: Type.Union([Type.String(), Type.Null()]),
  completedOn: Type.Union([Type.String(), Type.Null()]),
});

export const RightView = Type.Object({
  id: Type.String(),
  kind: words(RIGHT_KINDS),
  status: Type.Union([Type.Literal('current'), Type.Literal('historic')]),
  holders: Type.Array(HolderView),
  coOwnership: Type.Integer({ minimum: 0, maximum: 3 }),
  certificateNo: Type.Union([Type.String(), Type.Null()]),
  landTermUntil: Type.Union([Type.String(), Type.Null()]),
  registeredOn: Type.String(),
  closedOn: Type.Union([Type.String(), Type.Null()]),
});
export type RightView = Static<typeof RightView>;

const Day = Type.String({ format: 'date' });

/** 异议申请人起诉: the 受理通知书 that was handed in within the fifteen days (民法典220). */
export const RecordSuit = Type.Object({
  institution: Type.String({ minLength: 2, maxLength: 100 }),
  docNo: Type.String({ minLength: 4, maxLength: 60 }),
  docOn: Day,
  handedInOn: Day,
  reason: Type.String({ minLength: 2, maxLength: 500 }),
});
export type RecordSuit = Static<typeof RecordSuit>;

export const EncumbranceView = Type.Object({
  id: Type.String(),
  kind: words(ENCUMBRANCE_KINDS),
  status: words(ENCUMBRANCE_STATUSES),
  rank: Type.Integer({ minimum: 1 }),
  holders: Type.Array(HolderView),
  amountFen: Type.Union([Type.Integer(), Type.Null()]),
  transferRestricted: Type.Union([Type.Boolean(), Type.Null()]),
  court: Type.Union([Type.String(), Type.Null()]),
  docNo: Type.Union([Type.String(), Type.Null()]),
  certificateNo: Type.Union([Type.String(), Type.Null()]),
  registeredOn: Type.String(),
  from: Type.Union([Type.String(), Type.Null()]),
  until: Type.Union([Type.String(), Type.Null()]),
  inForce: Type.Boolean(),
  /** Of an objection, to staff. */
  suit: Type.Union([RecordSuit, Type.Null()]),
  closedOn: Type.Union([Type.String(), Type.Null()]),
});
export type EncumbranceView = Static<typeof EncumbranceView>;

/** 公开的限制状况: what anybody who may query the unit is told, without names (domain.md §6.1). */
export const UnitFlags = Type.Object({
  coOwned: Type.Boolean(),
  mortgaged: Type.Boolean(),
  preNotice: Type.Boolean(),
  objection: Type.Boolean(),
  seized: Type.Boolean(),
  residence: Type.Boolean(),
});
export type UnitFlags = Static<typeof UnitFlags>;

const unitHead = {
  code: UnitCode,
  /** The code in its printed groups, `371502 001001 GB00001 F00010001`. */
  codeGrouped: Type.String(),
  status: words(UNIT_STATUSES),
  district: Type.Object({ code: Type.String(), name: SentenceView }),
  address: Type.String(),
  natural: NaturalView,
  flags: UnitFlags,
};

/** The public minimum: no names, no numbers. */
export const UnitSummaryView = Type.Object(unitHead);
export type UnitSummaryView = Static<typeof UnitSummaryView>;

export const PendingView = Type.Object({
  caseId: Type.String(),
  caseNo: Type.String(),
  businessType: Type.String(),
  request: words(REQUEST_KINDS),
  order: Type.Integer(),
  acceptedAt: Type.String(),
  dueOn: Type.Union([Type.String(), Type.Null()]),
});
export type PendingView = Static<typeof PendingView>;

/** To an owner: own right and encumbrances in force. To staff: history and the queue of pending cases as well. */
export const UnitView = Type.Object({
  ...unitHead,
  rights: Type.Array(RightView),
  encumbrances: Type.Array(EncumbranceView),
  pending: Type.Array(PendingView),
});
export type UnitView = Static<typeof UnitView>;

export const MyUnitsView = Type.Object({
  items: Type.Array(UnitView),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

export const ConflictView = Type.Object({
  /** `register.conflict.<state>` or `register.effect.<reason>`. */
  code: Type.String(),
  verdict: words(VERDICTS),
  /** What must be shown when the verdict is `condition`. */
  condition: Type.Union([words(CONDITIONS), Type.Null()]),
  /** Whether that was shown already. */
  met: Type.Boolean(),
  sentence: SentenceView,
  basis: SentenceView,
});
export type ConflictView = Static<typeof ConflictView>;

/** A draft asks whether a unit can take a request. Nothing is told unless a certificate number or an owner's name fits. */
export const UnitCheckInput = Type.Object({
  unitCode: UnitCodeInput,
  certificateNo: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  ownerName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  request: words(REQUEST_KINDS),
});
export type UnitCheckInput = Static<typeof UnitCheckInput>;

export const UnitCheckView = Type.Object({
  matched: Type.Boolean(),
  /** One sentence for the form, whatever the result; the same for "not found" and "not matching". */
  sentence: SentenceView,
  unit: Type.Union([UnitSummaryView, Type.Null()]),
  conflicts: Type.Array(ConflictView),
});
export type UnitCheckView = Static<typeof UnitCheckView>;

/** What somebody types of an address; anything longer is no address. */
export const AddressSearchInput = Type.Object({ text: Type.String({ minLength: 1, maxLength: 100 }) });
export type AddressSearchInput = Static<typeof AddressSearchInput>;

export const AddressHitView = Type.Object({
  /** As far as the building, or with the door that was typed. */
  address: Type.String(),
  district: Type.Object({ code: Type.String(), name: SentenceView }),
  /** Stands for the unit in a query, for a day and for this account; null for a building, of which the door is still to be typed. */
  hit: Type.Union([Type.String(), Type.Null()]),
});
export type AddressHitView = Static<typeof AddressHitView>;

export const AddressSearchView = Type.Object({
  items: Type.Array(AddressHitView, { maxItems: 20 }),
  /** There are others: to be found by typing more. */
  more: Type.Boolean(),
  /** Whether the door that was typed was found; null where none was. If not, `items` are buildings that it might be in. */
  doorFound: Type.Union([Type.Boolean(), Type.Null()]),
});
export type AddressSearchView = Static<typeof AddressSearchView>;
