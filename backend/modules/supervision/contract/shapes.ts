import { Type, type Static, type TSchema } from 'typebox';
import { LIGHTS } from '../vocabulary.ts';

/** Small shapes that the parts of the contract are made of. */

export const closed = { additionalProperties: false } as const;
export const Text = Type.Object({ zh: Type.String(), en: Type.String() }, closed);
export type Text = Static<typeof Text>;
export const Id = Type.String({ pattern: '^[0-9a-f]{24}$' });
export const Instant = Type.String({ format: 'date-time' });
export const Day = Type.String({ format: 'date' });
/** A legal month, `2026-10`. */
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });
export const Count = Type.Integer({ minimum: 0 });
/** A part of a whole, 0 to 1; null where the whole is nothing. */
export const Share = Type.Union([Type.Number({ minimum: 0 }), Type.Null()]);
export const TypeCode = Type.String({ pattern: '^[A-Z]{2}[0-9]{2}$' });
export const Key = Type.String({ minLength: 1, maxLength: 60, pattern: '^[A-Za-z0-9-]+$' });
export const Cursor = Type.String({ maxLength: 200 });
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** History that is still being taken over: so many of so many cases are there. Null when nothing is missing. */
export const Filling = nullable(Type.Object({ done: Count, total: Count }, closed));
export type Filling = Static<typeof Filling>;

export const LightName = Type.Enum([...LIGHTS]);

/** An account by id and name. */
export const PersonRef = Type.Object({ id: Type.String(), name: Type.String() }, closed);
export type PersonRef = Static<typeof PersonRef>;

/** How many cases show each light. */
export const LightCounts = Type.Object(
  { black: Count, red: Count, yellow: Count, green: Count, paused: Count, none: Count },
  closed,
);
export type LightCounts = Static<typeof LightCounts>;
