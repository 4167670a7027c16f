import { Type, type Static } from 'typebox';

/** Shapes of the deadline clock on the wire. Browser-safe: the frontend imports the types only. */

const closed = { additionalProperties: false } as const;
const Sentence = Type.Object({ zh: Type.String(), en: Type.String() }, closed);
export const LegalDay = Type.String({ format: 'date' });
const Instant = Type.String({ format: 'date-time' });

/** workingDay 工作日 · workingHour 办公小时 · day 日 · month 月 (民法典 200–203). */
export const LIMIT_UNITS = ['workingDay', 'workingHour', 'day', 'month'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

export const Limit = Type.Object(
  { amount: Type.Integer({ minimum: 1, maximum: 3660 }), unit: Type.Enum([...LIMIT_UNITS]) },
  closed,
);
export type Limit = Static<typeof Limit>;

/** `late`: a working day after the due day, up to the day of asking or of 登簿; it counts to no limit. */
export const TRACE_KINDS = ['start', 'counted', 'makeUp', 'off', 'paused', 'extended', 'late'] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

/** One legal day from acceptance to the due day, or to today while no due day exists. */
export const TraceRow = Type.Object(
  {
    date: LegalDay,
    /** 1 Monday … 7 Sunday. */
    weekday: Type.Integer({ minimum: 1, maximum: 7 }),
    /**
     * start 受理日（不计） · counted 计 · makeUp 调休上班（计） · off 休 · paused 暂停（不计） · extended 延长（计, past the
     * original limit).
     */
    kind: Type.Enum([...TRACE_KINDS]),
    /** The column that adds up to the limit with its extensions. */
    counted: Type.Enum([0, 1]),
    /** Which counted day it is: 1, 2, 3…; null when not counted. */
    ordinal: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    /** Limits in working hours: office minutes that ran on this day, adding up to the limit; null for other units. */
    minutes: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** Whether the calendar works on this day, whatever the clock does. */
    workday: Type.Boolean(),
    /** A Saturday or Sunday that is worked (调休上班). */
    makeUp: Type.Boolean(),
    /** Name of the holiday, or of the holiday a make-up day belongs to. */
    holiday: Type.Union([Sentence, Type.Null()]),
    /** Reasons of the pauses open at close of the day. */
    pauses: Type.Array(Type.String()),
    due: Type.Boolean(),
    /** The calendar of this year is not announced yet: counted by weekday only. */
    provisional: Type.Boolean(),
    /** Why the day counts or does not, with the article or the notice, as a sentence. */
    basis: Sentence,
  },
  closed,
);
export type TraceRow = Static<typeof TraceRow>;

export const LIGHTS = ['green', 'yellow', 'red', 'black', 'paused', 'done'] as const;
/** green 按期 · yellow 临期 · red 超期 · black 法定超期 · paused 暂停 · done 已办结. In this order of severity: black first. */
export type Light = (typeof LIGHTS)[number];

export const Remaining = Type.Object(
  {
    /** Counted days or calendar days still to come, today included until its close; 0 once past due. */
    days: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** Office minutes still to come, for limits in hours and on the last day; null otherwise. */
    officeMinutes: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  },
  closed,
);
export type Remaining = Static<typeof Remaining>;

/** One of the two clocks of a case: promised 承诺 or statutory 法定. */
export const ClockFace = Type.Object(
  {
    limit: Limit,
    /** Null while paused (no due instant then, only what remains) or when the case ended before. */
    dueOn: Type.Union([LegalDay, Type.Null()]),
    dueAt: Type.Union([Instant, Type.Null()]),
    /** “按现行安排预计”: the count reaches past the last announced calendar. */
    provisional: Type.Boolean(),
    /** Added to the limit by extensions; `remaining` has them in it. */
    extendedByDays: Type.Integer({ minimum: 0 }),
    remaining: Remaining,
    overdue: Type.Boolean(),
    /** Working days past the due day at whose close the clock ran, the day at hand included; 0 while not overdue. */
    lateDays: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type ClockFace = Static<typeof ClockFace>;

/** What a case's page shows: both clocks, the light and the day-by-day sheet of the promise. */
export const DeadlineAnswer = Type.Object(
  {
    promised: ClockFace,
    statutory: ClockFace,
    light: Type.Enum([...LIGHTS]),
    /** running 计时中 · paused 暂停 · stopped 已停止. */
    state: Type.Enum(['running', 'paused', 'stopped']),
    /** The promise was replaced by the statutory limit (e.g. 实地查看 where the city chose so). */
    switchedToStatutory: Type.Boolean(),
    extendedByDays: Type.Integer({ minimum: 0 }),
    acceptedAt: Instant,
    calendarVersion: Type.String(),
    trace: Type.Array(TraceRow),
    computedAt: Instant,
  },
  closed,
);
export type DeadlineAnswer = Static<typeof DeadlineAnswer>;

/** `POST /api/deadlines/calculate`: one limit, either a type's promise or given freely. */
export const CalculateRequest = Type.Object(
  {
    businessType: Type.Optional(Type.String({ maxLength: 8 })),
    limit: Type.Optional(
      Type.Object({ amount: Type.Number(), unit: Type.String({ maxLength: 20 }) }, closed),
    ),
    acceptedAt: Type.String({ maxLength: 40 }),
    pauses: Type.Optional(
      Type.Array(
        Type.Object(
          {
            from: Type.String({ maxLength: 40 }),
            to: Type.Optional(Type.String({ maxLength: 40 })),
            reason: Type.Optional(Type.String({ maxLength: 40 })),
          },
          closed,
        ),
        { maxItems: 50 },
      ),
    ),
  },
  closed,
);
export type CalculateRequest = Static<typeof CalculateRequest>;

export const CalculateAnswer = Type.Object(
  {
    limit: Limit,
    /** Null while a pause without end is open. */
    dueOn: Type.Union([LegalDay, Type.Null()]),
    dueAt: Type.Union([Instant, Type.Null()]),
    provisional: Type.Boolean(),
    /** Counted days left when a pause has no end. */
    remainingDays: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    calendarVersion: Type.String(),
    trace: Type.Array(TraceRow),
  },
  closed,
);
export type CalculateAnswer = Static<typeof CalculateAnswer>;

/** `GET /api/workdays?from&to`. */
export const WorkdayItem = Type.Object(
  {
    date: LegalDay,
    workday: Type.Boolean(),
    name: Type.Optional(Sentence),
    makeUp: Type.Boolean(),
    provisional: Type.Boolean(),
  },
  closed,
);
export type WorkdayItem = Static<typeof WorkdayItem>;
export const WorkdayList = Type.Array(WorkdayItem);

const DueOn = Type.Object({ dueOn: LegalDay, dueAt: Instant, provisional: Type.Boolean() }, closed);

/** `GET /api/business-types/:code/forecast`: “如果今天受理，10月13日（周二）17:00 前办结”. */
export const Forecast = Type.Object(
  {
    code: Type.String(),
    version: Type.Integer(),
    acceptedAt: Instant,
    promised: DueOn,
    statutory: DueOn,
    sentence: Sentence,
  },
  closed,
);
export type Forecast = Static<typeof Forecast>;
