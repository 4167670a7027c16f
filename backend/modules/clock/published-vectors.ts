import { Type, type Static } from 'typebox';
import { LegalDay, Limit } from './contract.ts';
import published from './vectors.json' with { type: 'json' };

/**
 * Test vectors of the deadline rules (`vectors.json`), for anyone who builds such a clock: the table of domain.md §2.5, the
 * cases that other systems got wrong, and the mid-year changes of the calendar. Our clock and the oracle are held to the same file.
 */
const closed = { additionalProperties: false } as const;
const WallInstant = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:00\\+08:00$' });

export const DeadlineVector = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    /** Article, notice, or the mistake of others that it guards against. */
    basis: Type.String(),
    limit: Limit,
    /** Caps the extension. */
    statutory: Type.Optional(Limit),
    acceptedAt: WallInstant,
    pauses: Type.Array(Type.Object({ from: WallInstant, to: Type.Optional(WallInstant) }, closed)),
    extendedByDays: Type.Integer({ minimum: 0 }),
    /** Only notices published by this day are known; null: all of them. */
    calendarAsOf: Type.Union([LegalDay, Type.Null()]),
    /** Null while a pause without end is open. */
    dueOn: Type.Union([LegalDay, Type.Null()]),
    dueAt: Type.Union([WallInstant, Type.Null()]),
    provisional: Type.Boolean(),
  },
  closed,
);
export type DeadlineVector = Static<typeof DeadlineVector>;

export const DeadlineVectors = Type.Object(
  {
    zone: Type.Literal('Asia/Shanghai'),
    officeHours: Type.Array(Type.Object({ opens: Type.String(), closes: Type.String() }, closed)),
    rule: Type.String(),
    vectors: Type.Array(DeadlineVector),
  },
  closed,
);
export type DeadlineVectors = Static<typeof DeadlineVectors>;

export const deadlineVectors = published as DeadlineVectors;
