import { Type, type Static } from 'typebox';
import { Limit } from '../../catalogue/contract.ts';
import { MovedCases } from './calendars.ts';
import { Day, Instant } from './shapes.ts';
import { Text } from './parts.ts';

/** 承诺时限 as data: who may publishes a version, sees which open cases move, and a leader decides on longer ones. */

const Code = Type.String({ pattern: '^[A-Z]{2}[0-9]{2}$' });
const written = (minLength: number, maxLength: number) => Type.String({ minLength, maxLength });

export const LimitParams = Type.Object({ code: Code });

/** A promise as it is handed in. Amount and day are judged in words, each at its field. */
export const NewLimit = Type.Object({
  code: Code,
  promised: Type.Object({
    amount: Type.Integer({ minimum: -9999, maximum: 9999 }),
    unit: Limit.properties.unit,
  }),
  validFrom: Type.String({ maxLength: 10 }),
  notice: Type.Object({ title: written(1, 120), number: written(1, 60) }),
  reason: written(4, 500),
});
export type NewLimit = Static<typeof NewLimit>;

export const PublishLimit = Type.Object({
  ...NewLimit.properties,
  /** What the preview compared with. */
  basedOn: Type.String({ maxLength: 60 }),
});
export type PublishLimit = Static<typeof PublishLimit>;

export const LimitVersionView = Type.Object({
  version: Type.Integer(),
  validFrom: Day,
  promised: Limit,
  notice: Type.Object({ title: Type.String(), number: Type.String() }),
  reason: Type.String(),
  publishedAt: Instant,
  publishedBy: Type.String(),
  state: Type.Enum(['inForce', 'coming', 'past']),
});

export const LimitItem = Type.Object({
  code: Type.String(),
  name: Text,
  promised: Limit,
  instant: Type.Boolean(),
  statutory: Limit,
  version: Type.Integer({ description: 'in force today; 0: the catalogue’s own' }),
  /** Newest first. */
  versions: Type.Array(LimitVersionView),
});
export type LimitItem = Static<typeof LimitItem>;

export const LimitList = Type.Object({ items: Type.Array(LimitItem), casesBehind: Type.Integer() });
export type LimitList = Static<typeof LimitList>;

export const LimitEffect = Type.Object({
  code: Type.String(),
  name: Text,
  version: Type.Integer(),
  basedOn: Type.String(),
  validFrom: Day,
  before: Limit,
  after: Limit,
  /** Open cases keep what they were promised. */
  longer: Type.Boolean(),
  cases: MovedCases,
  computedAt: Instant,
});
export type LimitEffect = Static<typeof LimitEffect>;

export const DecidePromise = Type.Object({
  version: Type.Integer({
    minimum: 1,
    description: 'in force, and longer than what the cases were promised',
  }),
  caseNos: Type.Array(Type.String({ pattern: '^[0-9]{13,16}$' }), {
    minItems: 1,
    maxItems: 200,
    uniqueItems: true,
  }),
  reason: written(4, 500),
});
export type DecidePromise = Static<typeof DecidePromise>;

export const DecidedPromise = Type.Object({
  id: Type.String(),
  cases: Type.Array(Type.String()),
  moved: Type.Integer(),
});
export type DecidedPromise = Static<typeof DecidedPromise>;
