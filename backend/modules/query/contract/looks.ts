import { Type, type Static } from 'typebox';

/** 谁查过我, 反映 and 依法暂缓告知 on the wire. Browser-safe. */

const closed = { additionalProperties: false } as const;
const Text = Type.Object({ zh: Type.String(), en: Type.String() }, closed);
const Id = Type.String({ pattern: '^[0-9a-f]{24}$' });
const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const UnitCode = Type.String({ pattern: '^\\d{12}[GJZ][A-Z]\\d{5}[FLQW]\\d{8}$' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** `anonymous`: whoever verified a certificate without signing in. */
export const LOOKER_KINDS = ['staff', 'organisation', 'citizen', 'anonymous'] as const;

export const LookerView = Type.Object(
  {
    kind: Type.Enum([...LOOKER_KINDS]),
    /** Masked, as 周*; null for another authority's system and for whoever was not signed in. */
    name: nullable(Type.String()),
    /** Post of a member of staff. */
    role: nullable(Text),
    /** Hall of a member of staff, or the organisation. */
    place: nullable(Text),
  },
  closed,
);
export type LookerView = Static<typeof LookerView>;

/** What is known of a 反映 about one look. `outcome` says whether there was a ground for the look. */
export const COMPLAINT_OUTCOMES = ['grounded', 'groundless'] as const;
export type ComplaintOutcome = (typeof COMPLAINT_OUTCOMES)[number];

export const ComplaintAnswer = Type.Object(
  { at: Instant, outcome: Type.Enum([...COMPLAINT_OUTCOMES]), text: Type.String() },
  closed,
);

/** What was added once, until the answer. */
const Supplement = nullable(Type.Object({ at: Instant, text: Type.String() }, closed));

export const OwnComplaint = Type.Object(
  {
    at: Instant,
    dueOn: Day,
    text: Type.String(),
    supplement: Supplement,
    answer: nullable(ComplaintAnswer),
  },
  closed,
);
export type OwnComplaint = Static<typeof OwnComplaint>;

/** 事项编码 and 办件编号 in the books of whoever looked, as another authority's system gave them. */
const LookReference = nullable(
  Type.Object({ matterCode: nullable(Type.String()), caseNo: nullable(Type.String()) }, closed),
);

export const LookView = Type.Object(
  {
    id: Id,
    at: Instant,
    /** The reader's own look. */
    own: Type.Boolean(),
    who: LookerView,
    why: Text,
    what: Type.Array(Text),
    basis: Text,
    /** The property and the case that it was about, where there is one. */
    property: nullable(Type.Object({ code: UnitCode, address: Type.String() }, closed)),
    caseNo: nullable(Type.String()),
    reference: LookReference,
    /** 文号 under which a state organ looked; null of other looks. */
    letterNo: nullable(Type.String()),
    /** Told late by law (个人信息保护法35): when that ended, and on which ground. */
    toldLate: nullable(Type.Object({ at: Instant, ground: Text }, closed)),
    complaint: nullable(OwnComplaint),
  },
  closed,
);
export type LookView = Static<typeof LookView>;

/** `GET /api/me/access-log`, newest first. */
export const LookQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  /** Only looks at this property. */
  unit: Type.Optional(UnitCode),
});
export type LookQuery = Static<typeof LookQuery>;

export const LookList = Type.Object(
  { items: Type.Array(LookView), nextCursor: nullable(Type.String()) },
  closed,
);
export type LookList = Static<typeof LookList>;

export const LookParams = Type.Object({ id: Id });

/** `POST /api/me/access-log/:id/complaints`: one for a look; the same text again is the same complaint, another one adds to it once. */
export const ComplainInput = Type.Object({
  text: Type.String({ minLength: 4, maxLength: 1000, pattern: '\\S', format: 'plainText' }),
});
export type ComplainInput = Static<typeof ComplainInput>;

/** To a supervisor: the row as evidence, with the full name of whoever looked. */
export const ComplaintView = Type.Object(
  {
    id: Id,
    revision: Type.Integer(),
    at: Instant,
    dueOn: Day,
    overdue: Type.Boolean(),
    /** Masked: who complains matters less than what was done. */
    by: Type.String(),
    text: Type.String(),
    supplement: Supplement,
    look: Type.Object(
      {
        id: Id,
        at: Instant,
        who: LookerView,
        /** In full, for the inquiry. */
        whoName: nullable(Type.String()),
        why: Text,
        what: Type.Array(Text),
        basis: Text,
        address: nullable(Type.String()),
        caseNo: nullable(Type.String()),
        reference: LookReference,
        requestId: nullable(Type.String()),
      },
      closed,
    ),
    answer: nullable(ComplaintAnswer),
  },
  closed,
);
export type ComplaintView = Static<typeof ComplaintView>;

/** What is not asked for is not looked at: reading an answered one again is told to whoever complained. */
export const ComplaintQuery = Type.Object({
  state: Type.Optional(Type.Union([Type.Literal('waiting'), Type.Literal('answered')])),
});

/** `GET /api/look-complaints`: those that wait, the first due first; or the last fifty that were answered. */
export const ComplaintList = Type.Object({ items: Type.Array(ComplaintView) }, closed);
export type ComplaintList = Static<typeof ComplaintList>;

export const AnswerComplaint = Type.Object({
  revision: Type.Integer({ minimum: 0 }),
  outcome: Type.Enum([...COMPLAINT_OUTCOMES]),
  text: Type.String({ minLength: 4, maxLength: 1000, pattern: '\\S', format: 'plainText' }),
});
export type AnswerComplaint = Static<typeof AnswerComplaint>;

/**
 * 依法暂缓告知: grounds of 个人信息保护法 18 and 35. `enforcement` and `preservation` (民事诉讼法 103 ff., 252 ff.): a debtor who is warned
 * moves what is to be seized; `duty` is 35's own "告知将妨碍国家机关履行法定职责".
 */
export const DELAY_GROUNDS = [
  'enforcement',
  'preservation',
  'crime',
  'discipline',
  'security',
  'emergency',
  'duty',
] as const;
export type DelayGround = (typeof DELAY_GROUNDS)[number];
export const DELAY_STATES = ['asked', 'inForce', 'refused', 'ended'] as const;
export type DelayState = (typeof DELAY_STATES)[number];

/** The longest delay, in days; a longer inquiry asks again before it ends. */
export const LONGEST_DELAY_DAYS = 180;
/** 个人信息保护法 18(2): once an emergency is over, people are told in good time. */
const LONGEST_EMERGENCY_DAYS = 7;

export const longestDelayDays = (ground: DelayGround): number =>
  ground === 'emergency' ? LONGEST_EMERGENCY_DAYS : LONGEST_DELAY_DAYS;

export const AskDelay = Type.Object({
  /** Of the person who is not to be told yet. */
  idNumber: Type.String({ minLength: 1, maxLength: 60 }),
  /** 统一社会信用代码 of the organ whose looks are withheld. */
  creditCode: Type.String({ minLength: 1, maxLength: 60 }),
  ground: Type.Enum([...DELAY_GROUNDS]),
  /** Number of the organ's written request (公函). */
  docNo: Type.String({ minLength: 4, maxLength: 60 }),
  reason: Type.String({ minLength: 4, maxLength: 500, pattern: '\\S' }),
  /** Last day of the delay. */
  untilOn: Day,
});
export type AskDelay = Static<typeof AskDelay>;

export const DelayView = Type.Object(
  {
    id: Id,
    revision: Type.Integer(),
    state: Type.Enum([...DELAY_STATES]),
    organisation: Type.String(),
    ground: Type.Enum([...DELAY_GROUNDS]),
    docNo: Type.String(),
    reason: Type.String(),
    untilOn: Day,
    /** Last day on which a leader may decide it; the request withholds so long and no longer. Null of the oldest. */
    decideByOn: nullable(Day),
    askedBy: Type.String(),
    askedAt: Instant,
    decidedBy: nullable(Type.String()),
    decidedAt: nullable(Instant),
    endedAt: nullable(Instant),
    /** Whether the reader may decide it: a second person does. */
    decidable: Type.Boolean(),
    liftable: Type.Boolean(),
    /** Leader and number of the organ's written release. */
    releasedBy: nullable(Type.String()),
  },
  closed,
);
export type DelayView = Static<typeof DelayView>;

export const DelayList = Type.Object({ items: Type.Array(DelayView) }, closed);
export type DelayList = Static<typeof DelayList>;

export const DecideDelay = Type.Object({
  revision: Type.Integer({ minimum: 0 }),
  granted: Type.Boolean(),
});
export type DecideDelay = Static<typeof DecideDelay>;
/** By the organ's written release, whose number this is. */
export const LiftDelay = Type.Object({
  revision: Type.Integer({ minimum: 0 }),
  docNo: Type.String({ minLength: 4, maxLength: 60, pattern: '\\S' }),
});
export type LiftDelay = Static<typeof LiftDelay>;

/** `GET /api/look-delays/figures`, for everybody: years that are over, nothing of what is kept now. */
export const DelayFigures = Type.Object(
  {
    /** The latest first. */
    years: Type.Array(
      Type.Object(
        {
          year: Type.String(),
          /** Told since; null: fewer than five. */
          total: nullable(Type.Integer({ minimum: 5 })),
          /** Of five or more. */
          grounds: Type.Array(Type.Object({ label: Text, count: Type.Integer({ minimum: 5 }) }, closed)),
          others: Type.Integer({ minimum: 0 }),
        },
        closed,
      ),
    ),
    longestDays: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type DelayFigures = Static<typeof DelayFigures>;
