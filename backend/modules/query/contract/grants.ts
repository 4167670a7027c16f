import { Type, type Static } from 'typebox';
import { DisclosedUnit } from './disclosed.ts';

/** 授权查看 on the wire: an owner lets somebody look at one unit, for a purpose and a time. Browser-safe. */

const closed = { additionalProperties: false } as const;
const Text = Type.Object({ zh: Type.String(), en: Type.String() }, closed);
const Id = Type.String({ pattern: '^[0-9a-f]{24}$' });
const Instant = Type.String({ format: 'date-time' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** What the look is for; whoever uses it is told the same words. */
export const GRANT_PURPOSES = ['mortgage', 'purchase', 'lease', 'other'] as const;
export type GrantPurpose = (typeof GRANT_PURPOSES)[number];

/** `ended`: the register has changed since; `used`: as often as it was allowed. */
export const GRANT_STATES = ['active', 'revoked', 'expired', 'used', 'ended'] as const;
export type GrantState = (typeof GRANT_STATES)[number];

export const LONGEST_GRANT_DAYS = 30;
export const MOST_USES = 50;

/** `POST /api/me/units/:code/grants` */
export const GiveGrant = Type.Object({
  purpose: Type.Enum([...GRANT_PURPOSES]),
  /** For whom, in the owner's own words, as `农业银行 王经理`; only the owners read it. */
  forWhom: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S', format: 'oneLine' }),
  days: Type.Integer({ minimum: 1, maximum: LONGEST_GRANT_DAYS }),
  /** How many looks; null: as many as wanted until it ends. */
  uses: nullable(Type.Integer({ minimum: 1, maximum: MOST_USES })),
});
export type GiveGrant = Static<typeof GiveGrant>;

export const GrantView = Type.Object(
  {
    id: Id,
    state: Type.Enum([...GRANT_STATES]),
    purpose: Type.Enum([...GRANT_PURPOSES]),
    purposeWords: Text,
    forWhom: Type.String(),
    /** Name of the owner who gave it, masked unless it is the reader. */
    givenBy: Type.String(),
    own: Type.Boolean(),
    givenAt: Instant,
    until: Instant,
    usesAllowed: nullable(Type.Integer()),
    uses: Type.Integer({ minimum: 0 }),
    lastUsedAt: nullable(Instant),
    revokedAt: nullable(Instant),
    /** To whoever gave it, while it holds: the address with the token behind `#`, so that no server log sees it. */
    link: nullable(Type.String()),
  },
  closed,
);
export type GrantView = Static<typeof GrantView>;

/** `GET /api/me/units/:code/grants`, newest first: of all owners, every one that is active, and the last hundred. */
export const GrantList = Type.Object({ items: Type.Array(GrantView) }, closed);
export type GrantList = Static<typeof GrantList>;

export const GrantParams = Type.Object({ id: Id });

/** `POST /api/authorised-looks`: the token stands in the body, never in an address. */
export const UseGrant = Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) });
export type UseGrant = Static<typeof UseGrant>;

export const AuthorisedLook = Type.Object(
  {
    unit: DisclosedUnit,
    purposeWords: Text,
    until: Instant,
    usesLeft: nullable(Type.Integer({ minimum: 0 })),
  },
  closed,
);
export type AuthorisedLook = Static<typeof AuthorisedLook>;
